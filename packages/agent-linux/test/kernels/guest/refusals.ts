import { readFileSync } from "node:fs";
import { readBpfObject } from "../../../src/bpf/bpf-object.js";
import { loadObject } from "../../../src/bpf/load-object.js";
import { packageFile } from "../../../src/package-file.js";

/** What this kernel says of each program that it does not load. */
export function readRefusals(): string[] {
  const capture = loadObject(readObject("capture"), { ring: 1 << 20 });
  const block = loadObject(readObject("block"), { ring: 1 << 20, shared: capture.maps });
  block.close();
  capture.close();
  return [...capture.refused.values(), ...block.refused.values()].map(({ message }) => message);
}

function readObject(name: "capture" | "block") {
  return readBpfObject(readFileSync(packageFile(`bpf/objects/${name}.${process.arch}.bpf.o`)));
}
