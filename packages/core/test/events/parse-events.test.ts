import { describe, expect, it } from "vitest";
import { parseEvents } from "../../src/events/parse-events.js";

const exec = {
  id: "e1",
  time: 1_700_000_000_000,
  type: "process.exec",
  process: { pid: 7, parent: { pid: 1 }, executable: "/usr/bin/curl", args: ["curl", "x"] },
};
const connect = {
  id: "e2",
  time: 1_700_000_000_001,
  type: "network.connect",
  connection: { id: "c1" },
  process: { pid: 7 },
  destination: { ip: "192.0.2.1", port: 443 },
  network: { transport: "tcp" },
};

describe("parseEvents", () => {
  it("takes good events and names the field of each bad one", () => {
    const { events, rejected } = parseEvents([
      exec,
      { ...connect, destination: { ip: "192.0.2.1", port: 70_000 } },
      { ...connect, destination: { ip: "not an ip", port: 1 } },
      { ...exec, process: { pid: 7, args: ["a", 2] } },
      { ...exec, type: "process.explode" },
      "nonsense",
      null,
      connect,
    ]);
    expect(events.map((event) => event.id)).toEqual(["e1", "e2"]);
    expect(rejected.map(({ index, field }) => [index, field])).toEqual([
      [1, "destination.port"],
      [2, "destination.ip"],
      [3, "process.args[1]"],
      [4, "type"],
      [5, ""],
      [6, ""],
    ]);
    for (const { message } of rejected) expect(message.length).toBeGreaterThan(5);
  });

  it("asks a connect for an address or a name", () => {
    const { rejected } = parseEvents([{ ...connect, destination: { port: 443 } }]);
    expect(rejected).toEqual([
      { index: 0, field: "destination.ip", message: "needs an ip or a domain" },
    ]);
  });

  it.each([
    ["id", { ...exec, id: "x".repeat(129) }],
    ["time", { ...exec, time: Number.NaN }],
    ["time", { ...exec, time: 1e300 }],
    ["process.pid", { ...exec, process: { pid: -1 } }],
    ["process.pid", { ...exec, process: { pid: 1.5 } }],
  ])("bounds %s", (field, event) => {
    expect(parseEvents([event]).rejected[0]?.field).toBe(field);
  });

  it("cuts an overlong command rather than lose its call", () => {
    const process = { pid: 7, args: Array(9000).fill("x"), executable: "/".repeat(5000) };
    const long = { ...process, args: ["x".repeat(200_000)] };
    const { events, rejected } = parseEvents([
      { ...connect, process },
      { ...connect, process: long },
    ]);
    expect(rejected).toEqual([]);
    expect(events).toMatchObject([
      { process: { args_truncated: true, executable: "/".repeat(4096) } },
      { process: { args_truncated: true } },
    ]);
  });

  it.each([
    ["monotonic_time", { monotonic_time: -1 }],
    ["container.id", { container: { id: "x".repeat(129) } }],
    ["network.namespace", { network: { transport: "tcp", namespace: "4".repeat(65) } }],
    ["process.start", { process: { pid: 7, start: Number.NaN } }],
  ])("refuses a %s that none can be", (field, wrong) => {
    expect(parseEvents([{ ...connect, ...wrong }]).rejected).toMatchObject([{ field }]);
  });

  it("masks secrets before anything is done with the event", () => {
    const { events } = parseEvents([
      { ...exec, process: { pid: 7, args: ["curl", "--token", "abc"] } },
      {
        id: "e3",
        time: 1,
        type: "http.request",
        connection: { id: "c1" },
        http: { request: { method: "GET" } },
        url: { path: "/a?key=abc" },
      },
    ]);
    expect(JSON.stringify(events)).not.toContain("abc");
  });

  it("drops fields it does not know", () => {
    const { events } = parseEvents([{ ...exec, surprise: 1, process: { pid: 7, env: ["A=1"] } }]);
    expect(events).toEqual([{ id: "e1", time: exec.time, type: exec.type, process: { pid: 7 } }]);
  });
});
