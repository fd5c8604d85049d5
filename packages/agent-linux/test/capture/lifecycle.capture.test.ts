import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { createRunCgroup, linuxAgent } from "../../src/index.js";
import { packageFile } from "../../src/package-file.js";
import { requireRoot } from "./record.js";

const openFiles = () => readdirSync("/proc/self/fd").length;
const ringMappings = () =>
  readFileSync("/proc/self/maps", "utf8").match(/bpf-map|bpf_ringbuf/g)?.length ?? 0;

/** The probes on TLS libraries are taken off in the background. */
const allGivenBack = (before: readonly number[]) =>
  expect.poll(() => [openFiles(), ringMappings()], { timeout: 30_000 }).toEqual(before);

describe("a capture begins and ends", () => {
  beforeAll(requireRoot);

  it("gives everything back when it is aborted", async () => {
    const before = [openFiles(), ringMappings()];
    const stop = new AbortController();
    const types: string[] = [];
    for await (const { type } of linuxAgent({ ringBytes: 65_536 }).capture(stop.signal)) {
      types.push(type);
      if (type === "capture.started") {
        expect(openFiles()).toBeGreaterThan(before[0] ?? 0);
        stop.abort();
      }
    }
    expect(types[0]).toBe("capture.started");
    await allGivenBack(before);
  });

  it("gives everything back when nobody wants its events any more", async () => {
    const before = [openFiles(), ringMappings()];
    for await (const event of linuxAgent({ ringBytes: 65_536 }).capture(
      new AbortController().signal,
    )) {
      expect(event.type).toBe("capture.started");
      break;
    }
    await allGivenBack(before);
  });

  it("does not keep Node alive", () => {
    const script = `
      import { linuxAgent } from ${JSON.stringify(pathToFileURL(packageFile("src/index.ts")).href)};
      const stop = new AbortController();
      for await (const { type } of linuxAgent({ ringBytes: 65536 }).capture(stop.signal)) {
        if (type === "capture.started") setTimeout(() => stop.abort(), 50);
      }
      console.log("ended");`;
    const file = packageFile("node_modules/.ends-by-itself.mts");
    writeFileSync(file, script);
    const tsx = packageFile("../../node_modules/.bin/tsx");
    try {
      const args = ["--conditions=@straycall/source", file];
      expect(execFileSync(tsx, args, { timeout: 60_000 }).toString()).toBe("ended\n");
    } finally {
      rmSync(file);
    }
  });

  it("is refused for a cgroup that is not there", async () => {
    const capture = linuxAgent({ cgroup: "/sys/fs/cgroup/no-such-cgroup" }).capture(
      new AbortController().signal,
    );
    await expect(capture[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: "CONFIG_INVALID",
      field: "cgroup",
    });
  });

  it("sees nothing of processes outside its cgroup", async () => {
    const cgroup = createRunCgroup(`test-scope-${process.pid}`);
    const stop = new AbortController();
    const pids: number[] = [];
    for await (const event of linuxAgent({ cgroup: cgroup.path }).capture(stop.signal)) {
      if (event.type === "capture.started") {
        execFileSync("/bin/bash", ["-c", "exec 3<>/dev/udp/127.0.0.1/9; echo x >&3"]);
        sleep(100).then(() => stop.abort());
      }
      if (event.type === "network.connect") pids.push(event.process.pid);
    }
    cgroup.remove();
    expect(pids).toEqual([]);
  });

  it("watches the whole machine unless told otherwise", async () => {
    const stop = new AbortController();
    const ports: number[] = [];
    for await (const event of linuxAgent().capture(stop.signal)) {
      if (event.type === "capture.started") {
        execFileSync("/bin/bash", ["-c", "exec 3<>/dev/udp/127.0.0.1/5012; echo x >&3"]);
        sleep(100).then(() => stop.abort());
      }
      if (event.type === "network.connect") ports.push(event.destination.port);
    }
    expect(ports).toContain(5012);
  });
});

describe("a cgroup for a run", () => {
  it("is removed though processes are left in it", () => {
    const cgroup = createRunCgroup(`test/left over ${process.pid}`);
    expect(cgroup.path).toMatch(/straycall\/test_left_over_\d+$/);
    cgroup.add(process.pid);
    expect(cgroup.pids()).toEqual([process.pid]);
    cgroup.remove();
    expect(() => readFileSync(join(cgroup.path, "cgroup.procs"))).toThrow("ENOENT");
  });
});
