import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cgroupNames, namedCgroups } from "../../src/cgroup/cgroup-tree.js";

/** Longer than the time in which the tree is walked through no second time. */
const untilRereadMs = 20;

describe("the name of a cgroup", () => {
  let mount: string;
  beforeEach(() => {
    mount = mkdtempSync(join(tmpdir(), "straycall-cgroups-"));
    mkdirSync(join(mount, "run"));
  });
  afterEach(() => rmSync(mount, { recursive: true }));

  const namesBelow = () => cgroupNames(() => namedCgroups(join(mount, "run"), mount));
  const make = (name: string) => {
    mkdirSync(join(mount, name));
    return statSync(join(mount, name), { bigint: true }).ino;
  };
  /** Unlike the numbers of cgroups, those of folders are used again as soon as one is gone: it only leaves the tree. */
  const remove = (name: string) => renameSync(join(mount, name), join(mount, "removed"));

  it("is its path below the mount, for one made after the first was asked for too", async () => {
    const { nameOf } = namesBelow();
    expect(nameOf(make("run/first"))).toBe("/run/first");
    await sleep(untilRereadMs);
    expect(nameOf(make("run/second"))).toBe("/run/second");
  });

  it("stays known when the cgroup is gone", async () => {
    const { nameOf } = namesBelow();
    const gone = make("run/gone");
    expect(nameOf(gone)).toBe("/run/gone");
    remove("run/gone");
    await sleep(untilRereadMs);
    expect(nameOf(make("run/next"))).toBe("/run/next");
    expect(nameOf(gone)).toBe("/run/gone");
  });

  it("is what somebody else knew, where it was gone before", () => {
    const names = namesBelow();
    names.learn(4711n, "/run/short");
    expect(names.nameOf(4711n)).toBe("/run/short");
  });

  it("is its number where it was gone before", () => {
    const gone = make("run/gone");
    remove("run/gone");
    expect(namesBelow().nameOf(gone)).toBe(String(gone));
  });
});
