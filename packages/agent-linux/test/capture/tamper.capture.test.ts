import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readlinkSync, rmdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { linuxAgent } from "../../src/index.js";
import { bpftool, linkOf, ownMap } from "./bpftool.js";
import { type CaptureUnderWay, captureUnderWay } from "./capture-under-way.js";
import { spawnInside } from "./record.js";
import { attachRival } from "./rival-program.js";

const connect4 = "cgroup_inet4_connect";
const open: CaptureUnderWay[] = [];
const start = async () => {
  const capture = await captureUnderWay();
  open.push(capture);
  return capture;
};
afterEach(async () => {
  for (const capture of open.splice(0)) await capture.stop();
});

const reason = (capture: CaptureUnderWay, words: RegExp) =>
  vi.waitFor(
    () => {
      const found = capture.reasons().filter((each) => words.test(each));
      expect(found).toHaveLength(1);
      return found[0];
    },
    { timeout: 20_000, interval: 50 },
  );

describe("somebody with root rights", () => {
  it("does nothing: nothing is told as lost, and the agent says that it is alive", async () => {
    const capture = await start();
    await vi.waitFor(
      () => {
        const beats = capture.events.filter(({ type }) => type === "capture.heartbeat");
        expect(beats.length).toBeGreaterThan(4);
      },
      { timeout: 20_000, interval: 50 },
    );
    expect(capture.reasons()).toEqual([]);
  });

  it("detaches a program by the number of its link: told once, by name", async () => {
    const capture = await start();
    const { id } = linkOf(capture.cgroup.path, connect4);
    expect(bpftool("link", "detach", "id", String(id)).status).toBe(0);
    const told = await reason(capture, /detached/);
    expect(told).toMatch(/^Somebody detached the kernel program on_connect4, after 2.* UTC: what/);
    await sleep(300);
    expect(capture.reasons()).toEqual([told]);
  });

  it("detaches a program just before the end: the last look finds it", async () => {
    const capture = await captureUnderWay({ heartbeatMs: 3_600_000 });
    const { id } = linkOf(capture.cgroup.path, connect4);
    expect(bpftool("link", "detach", "id", String(id)).status).toBe(0);
    await capture.stop();
    expect(capture.reasons().join()).toMatch(/detached the kernel program on_connect4/);
  });

  it("removes the cgroup: every program that hung on it is told", async () => {
    const capture = await captureUnderWay();
    rmdirSync(capture.cgroup.path);
    const told = await reason(capture, /detached/);
    for (const name of ["on_connect4", "on_connect6", "on_egress", "on_release"]) {
      expect(told).toContain(name);
    }
    await capture.stop().catch((error: NodeJS.ErrnoException) => expect(error.code).toBe("ENOENT"));
  });

  it("cannot take the watched cgroup away, nor wipe the counts of what was lost", async () => {
    const capture = await start();
    for (const map of ["scope", "scope_number", "lost"]) {
      const id = String(ownMap(map));
      const deleted = bpftool("map", "delete", "id", id, "key", "0", "0", "0", "0");
      expect(deleted.complaint).toMatch(/Operation not permitted/);
      expect(deleted.status).not.toBe(0);
    }
    const child = spawnInside(capture.cgroup.path, ["/bin/true"]);
    await once(child, "close");
    await vi.waitFor(() =>
      expect(capture.events.some((event) => event.type === "process.exec")).toBe(true),
    );
  });

  it("attaches a program after ours that could send calls elsewhere: told once, by name", async () => {
    const capture = await start();
    const detach = attachRival(dirname(capture.cgroup.path));
    try {
      const told = await reason(capture, /somebody else/);
      expect(told).toMatch(
        /^The BPF program "rival" \(\d+\) of somebody else runs at connect4 after/,
      );
      await sleep(300);
      expect(capture.reasons()).toEqual([told]);
    } finally {
      detach();
    }
  });

  it("watches the cgroup above with a capture of its own: that is no rival", async () => {
    const capture = await start();
    const stop = new AbortController();
    const agent = linuxAgent({ cgroup: dirname(capture.cgroup.path) });
    for await (const { type } of agent.capture(stop.signal)) {
      if (type !== "capture.started") continue;
      await sleep(300);
      expect(capture.reasons()).toEqual([]);
      stop.abort();
    }
  });

  it("takes the descriptor of a perf event and switches it off: told, by name", async () => {
    const capture = await start();
    const switchedOff = spawnSync("python3", ["-c", disablePerfEvents, String(process.pid)], {
      encoding: "utf8",
    });
    expect(switchedOff.stderr).toBe("");
    expect(perfEvents()).toBeGreaterThan(0);
    expect(await reason(capture, /detached/)).toMatch(/on_setsockopt/);
  });

  it("moves a process out of the cgroup: told, by its pid", async () => {
    const capture = await start();
    const child = spawn("/bin/sleep", ["60"]);
    try {
      capture.cgroup.add(child.pid ?? 0);
      await sleep(300);
      writeFileSync(join(dirname(capture.cgroup.path), "cgroup.procs"), String(child.pid));
      const told = await reason(capture, /moved/);
      expect(told).toContain(`moved the process ${child.pid} out of the watched cgroup`);
    } finally {
      child.kill();
    }
  });

  it("lets processes end: nothing is told", async () => {
    const capture = await start();
    const child = spawnInside(capture.cgroup.path, ["/bin/sleep", "0.3"]);
    await once(child, "close");
    await sleep(300);
    expect(capture.reasons()).toEqual([]);
  });
});

const perfEvents = () =>
  readdirSync("/proc/self/fd").filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === "anon_inode:[perf_event]";
    } catch {
      return false;
    }
  }).length;

/** Takes every perf event of a process with pidfd_getfd(2), and disables it. */
const disablePerfEvents = `
import ctypes, fcntl, os, sys
pid = int(sys.argv[1])
libc = ctypes.CDLL(None, use_errno=True)
pidfd = os.pidfd_open(pid)
for fd in os.listdir(f"/proc/{pid}/fd"):
    if os.readlink(f"/proc/{pid}/fd/{fd}") != "anon_inode:[perf_event]":
        continue
    taken = libc.syscall(438, pidfd, int(fd), 0)
    assert taken >= 0, os.strerror(ctypes.get_errno())
    fcntl.ioctl(taken, 0x2401, 0)
`;
