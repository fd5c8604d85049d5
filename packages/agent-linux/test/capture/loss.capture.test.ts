import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Listening, listenTcp } from "./listen.js";
import { callsTo, ofType, recordPython, requireRoot, resultsOf } from "./record.js";

describe("nothing is lost silently", () => {
  let server: Listening;

  beforeAll(async () => {
    requireRoot();
    server = await listenTcp("127.0.0.1", (socket) => socket.resume());
  });
  afterAll(() => server.close());

  it("sees 500 short processes, and everything about them is right", async () => {
    const count = 500;
    const recording = await recordPython(`
import os, json
told = []
for i in range(${count}):
  args = ["/bin/bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${server.port}; true", f"number-{i}"]
  env = {"GITHUB_ACTION": f"step-{i}"}
  pid = os.posix_spawn(args[0], args, env)
  told.append([pid, i])
  if i % 4 == 3:
    for _ in range(4): os.wait()
print(json.dumps(told))`);
    expect(ofType(recording, "capture.lost")).toEqual([]);
    const told: [pid: number, number: number][] = JSON.parse(recording.output);
    const execs = ofType(recording, "process.exec");
    const calls = callsTo(recording, server.port);
    const seen = told.map(([pid, number]) => {
      const exec = execs.find(({ process }) => process.args?.[3] === `number-${number}`);
      const call = calls.find(({ process }) => process.entity_id === exec?.process.entity_id);
      return {
        pid: exec?.process.pid === pid,
        parent: exec?.process.parent?.pid === recording.pid,
        step: exec?.step?.id === `step-${number}`,
        result: call && resultsOf(recording, call)[0]?.result,
      };
    });
    const right = { pid: true, parent: true, step: true, result: "established" };
    expect(seen.filter((each) => JSON.stringify(each) !== JSON.stringify(right))).toEqual([]);
    expect(calls).toHaveLength(count);
    const exits = ofType(recording, "process.exit");
    expect(exits.filter(({ process }) => process.parent?.pid === recording.pid)).toHaveLength(
      count,
    );
  });

  it("counts exactly what a full buffer had no room for", async () => {
    const sent = 2_000;
    const recording = await recordPython(
      `
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for i in range(${sent}): s.sendto(b"x", (f"127.1.{i // 250}.{i % 250 + 1}", 5011))`,
      { ringBytes: 16_384, holdUntilExit: true },
    );
    const seen = callsTo(recording, 5011).length;
    const lost = ofType(recording, "capture.lost")
      .filter(({ lost: { reason } }) => reason === "kernel ring buffer full: calls")
      .reduce((sum, { lost: { count } }) => sum + count, 0);
    expect(seen).toBeGreaterThan(0);
    expect(lost).toBeGreaterThan(0);
    expect(seen + lost).toBe(sent);
  });

  it("loses nothing while a consumer that is slow leaves room", async () => {
    const sent = 2_000;
    const recording = await recordPython(
      `
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for i in range(${sent}): s.sendto(b"x", (f"127.1.{i // 250}.{i % 250 + 1}", 5011))`,
      { holdUntilExit: true },
    );
    expect(callsTo(recording, 5011)).toHaveLength(sent);
    expect(ofType(recording, "capture.lost")).toEqual([]);
  });
});
