import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { createRunCgroup, linuxAgent } from "../../src/index.js";
import { packageFile } from "../../src/package-file.js";
import { readerId } from "../../src/reader/lock-down.js";
import { requireRoot } from "./record.js";

const readerName = "straycall-reade";

/** The reading processes of this process, or of another. */
function readersOf(pid: number): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((each) => each > 0 && statusOf(each).Name === readerName)
    .filter((each) => Number(statusOf(each).PPid) === pid);
}

function statusOf(pid: number, thread = pid): Record<string, string> {
  try {
    const text = readFileSync(`/proc/${pid}/task/${thread}/status`, "latin1");
    return Object.fromEntries(text.split("\n").map((line) => line.split(/:\s*/)));
  } catch {
    return {};
  }
}

const noCapability = "0".repeat(16);
const four = (id: number) => Array(4).fill(id).join("\t");

describe("the process that looks into bytes of the job", () => {
  beforeAll(requireRoot);

  it("has no user, no group, no capability, and only the system calls it needs", async () => {
    const stop = new AbortController();
    const threads: Record<string, string>[] = [];
    for await (const { type } of linuxAgent().capture(stop.signal)) {
      if (type !== "capture.started") continue;
      for (const reader of readersOf(process.pid)) {
        const numbers = readdirSync(`/proc/${reader}/task`).map(Number);
        threads.push(...numbers.map((thread) => statusOf(reader, thread)));
      }
      stop.abort();
    }
    expect(threads.length).toBeGreaterThan(1);
    for (const status of threads) {
      expect(status).toMatchObject({
        Uid: four(readerId),
        Gid: four(readerId),
        Groups: "",
        CapInh: noCapability,
        CapPrm: noCapability,
        CapEff: noCapability,
        CapAmb: noCapability,
        NoNewPrivs: "1",
        Seccomp: "2",
      });
    }
  });

  it("cannot be looked into, and is none of the processes that are told of", async () => {
    const stop = new AbortController();
    const told: number[] = [];
    let readers: number[] = [];
    for await (const event of linuxAgent().capture(stop.signal)) {
      if (event.type === "process.exec") told.push(event.process.pid);
      if (event.type !== "capture.started") continue;
      readers = readersOf(process.pid);
      expect(readers).toHaveLength(1);
      const nobody = ["--reuid", String(readerId), "--regid", String(readerId), "--clear-groups"];
      const look = ["cat", `/proc/${readers[0]}/environ`];
      expect(() => execFileSync("setpriv", [...nobody, ...look], { stdio: "pipe" })).toThrow(
        "Permission denied",
      );
      setTimeout(() => stop.abort(), 200);
    }
    expect(told.length).toBeGreaterThan(0);
    expect(told).not.toContain(readers[0]);
    expect(readersOf(process.pid)).toEqual([]);
  });

  it("breaks the capture when it is killed", async () => {
    const cgroup = createRunCgroup(`test-killed-${process.pid}`);
    const follow = async () => {
      const { signal } = new AbortController();
      for await (const { type } of linuxAgent({ cgroup: cgroup.path }).capture(signal)) {
        if (type !== "capture.started") continue;
        for (const reader of readersOf(process.pid)) process.kill(reader, "SIGKILL");
      }
    };
    await expect(follow()).rejects.toMatchObject({
      code: "CAPTURE_FAILED",
      // It may be killed while it is handed a file.
      message: expect.stringMatching(/SIGKILL|handed/),
    });
    cgroup.remove();
  });

  it("ends with the agent, however that ends", async () => {
    const script = `
      import { linuxAgent } from ${JSON.stringify(pathToFileURL(packageFile("src/index.ts")).href)};
      for await (const { type } of linuxAgent().capture(new AbortController().signal)) console.log(type);`;
    const file = packageFile("node_modules/.is-killed.mts");
    writeFileSync(file, script);
    const tsx = ["--conditions=@straycall/source", "--import", import.meta.resolve("tsx")];
    const agent = spawn(process.execPath, [...tsx, file], { stdio: ["ignore", "pipe", "inherit"] });
    try {
      await once(agent.stdout, "data");
      const [reader = 0] = readersOf(agent.pid ?? 0);
      expect(reader).toBeGreaterThan(0);
      agent.kill("SIGKILL");
      while (existsSync(`/proc/${reader}`)) await sleep(10);
    } finally {
      agent.kill("SIGKILL");
      rmSync(file);
    }
  });
});

it("without isolation there is no other process, and the same is told", async () => {
  const cgroup = createRunCgroup(`test-alone-${process.pid}`);
  const stop = new AbortController();
  const ports: number[] = [];
  const agent = linuxAgent({ cgroup: cgroup.path, isolation: "none" });
  for await (const event of agent.capture(stop.signal)) {
    if (event.type === "network.connect") ports.push(event.destination.port);
    if (event.type !== "capture.started") continue;
    expect(readersOf(process.pid)).toEqual([]);
    const call = `echo $$ > ${cgroup.path}/cgroup.procs; echo x > /dev/udp/127.0.0.1/5016`;
    execFileSync("/bin/bash", ["-c", call]);
    stop.abort();
  }
  cgroup.remove();
  expect(ports).toEqual([5016]);
});
