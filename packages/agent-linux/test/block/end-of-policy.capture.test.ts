import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BlockPolicy, createRunCgroup, linuxAgent, type RunCgroup } from "../../src/index.js";
import { spawnInside } from "../capture/record.js";
import { type OwnNetwork, wiredNetwork } from "./own-network.js";
import { pins } from "./pins.js";

let network: OwnNetwork;
let runs = 0;
beforeAll(async () => {
  network = await wiredNetwork();
});
afterAll(() => network?.close());

const nothing: BlockPolicy = { allow: [], resolvers: [], loopback: false };

/** What a call inside the cgroup comes to, and how many of its packets arrived. */
async function callInside(cgroup: RunCgroup): Promise<[said: string, connections: number]> {
  const script = `
import socket
try: socket.create_connection(("${network.ipv4}", ${network.port}), 2)
except PermissionError: print("denied")
else: print("reached")`;
  const child = spawnInside(cgroup.path, [...network.enter, "/usr/bin/python3", "-c", script]);
  let said = "";
  child.stdout.on("data", (data: Buffer) => {
    said += data.toString();
  });
  await once(child, "close");
  return [said.trim(), (await network.arrived()).connections];
}

/** Takes the first event of a capture under the policy, and then no more of it: as where a store fails. */
async function breakOff(
  cgroup: RunCgroup,
  policy: BlockPolicy,
  signal: AbortSignal,
): Promise<void> {
  for await (const _ of linuxAgent({ cgroup: cgroup.path, policy }).capture(signal)) break;
}

async function inRunCgroup(act: (cgroup: RunCgroup, stop: AbortController) => Promise<void>) {
  const cgroup = createRunCgroup(`end-of-policy-${process.pid}-${++runs}`);
  const stop = new AbortController();
  try {
    await act(cgroup, stop);
  } finally {
    stop.abort();
    await cgroup.endAll();
    cgroup.remove();
  }
}

describe("a policy whose capture ends", () => {
  it.each([false, true])(
    "holds on until the signal aborts, if nobody asked for the end (fails closed: %s)",
    (failClosed) =>
      inRunCgroup(async (cgroup, stop) => {
        await breakOff(cgroup, { ...nothing, failClosed }, stop.signal);
        expect(await callInside(cgroup)).toEqual(["denied", 0]);
        stop.abort();
        expect(await callInside(cgroup)).toEqual(["reached", 1]);
      }),
  );

  it("stays pinned if it fails closed and something still runs, until that has ended", () =>
    inRunCgroup(async (cgroup, stop) => {
      const before = pins();
      const policy = { ...nothing, failClosed: true };
      const left = spawnInside(cgroup.path, ["sleep", "60"]);
      for await (const { type } of linuxAgent({ cgroup: cgroup.path, policy }).capture(stop.signal))
        if (type === "capture.started") stop.abort();
      expect(await callInside(cgroup)).toEqual(["denied", 0]);
      const ended = once(left, "exit");
      expect(await cgroup.endAll()).toBe(1);
      await ended;
      const pinned = pins().filter((each) => !before.includes(each));
      expect(pinned).toHaveLength(1);
      await inRunCgroup(async (another, next) => {
        await breakOff(another, policy, next.signal);
        expect(pins()).not.toContain(pinned[0]);
      });
    }));
});
