import { readFileSync } from "node:fs";
import { readBpfObject } from "../../../src/bpf/bpf-object.js";
import { loadObject } from "../../../src/bpf/load-object.js";
import { packageFile } from "../../../src/package-file.js";

/** What this kernel says of each program that it does not load. */
export function readRefusals(): string[] {
  const file = packageFile(`bpf/objects/capture.${process.arch}.bpf.o`);
  const loaded = loadObject(readBpfObject(readFileSync(file)), { ring: 1 << 20 });
  loaded.close();
  return [...loaded.refused.values()].map(({ message }) => message);
}
