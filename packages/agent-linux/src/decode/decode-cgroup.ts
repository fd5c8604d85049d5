import type { CgroupFact, Fact } from "./fact.js";
import { kernelNumber } from "./kernel-number.js";
import { cgroup } from "./record-layout.js";

export function decodeCgroup(fact: Fact, record: Buffer): CgroupFact | undefined {
  if (record.length < cgroup.size) return undefined;
  const length = record.readUInt32LE(cgroup.pathLength);
  if (length > cgroup.pathSize) return undefined;
  return {
    type: "cgroup",
    ...fact,
    cgroup: kernelNumber(record, cgroup.number),
    path: record.toString("utf8", cgroup.path, cgroup.path + length),
  };
}
