import { defineConfig } from "vitest/config";
import base from "./vitest.config.js";

/** The tests that load programs into the real kernel: root only, one at a time. */
export default defineConfig({
  ...base,
  test: {
    include: ["packages/*/test/**/*.capture.test.ts", "test/**/*.capture.test.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
