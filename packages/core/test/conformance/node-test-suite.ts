import { test } from "node:test";
import { storeConformance } from "../../src/conformance/store-conformance.js";
import { memoryStore } from "../../src/memory-store/memory-store.js";

storeConformance({ test, open: () => memoryStore() });
