import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ofType, type Recording, record } from "../capture/record.js";
import { type Arrived, type OwnNetwork, wiredNetwork } from "./own-network.js";

const count = 10_000;
/** TCP, UDP with the address and connected, over IPv4, IPv6 and IPv4 in IPv6; to a port where somebody listens. */
const caller = `
import json, socket, sys
ipv4, ipv6, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
targets = [(socket.AF_INET, ipv4), (socket.AF_INET6, ipv6), (socket.AF_INET6, "::ffff:" + ipv4)]
def connect(s, target): s.connect(target)
def send(s, target): s.sendto(b"x", target)
def send_message(s, target): s.sendmsg([b"x"], [], 0, target)
def connect_and_send(s, target):
  s.connect(target)
  s.send(b"x")
def fast_open(s, target): s.sendto(b"x", 0x20000000, target)
ways = [(socket.SOCK_STREAM, connect), (socket.SOCK_DGRAM, send), (socket.SOCK_DGRAM, send_message),
  (socket.SOCK_DGRAM, connect_and_send), (socket.SOCK_STREAM, fast_open)]
denied = 0
for number in range(${count}):
  kind, call = ways[number % len(ways)]
  family, host = targets[number // len(ways) % len(targets)]
  with socket.socket(family, kind) as s:
    try: call(s, (host, port if number % 2 else 1 + number))
    except PermissionError: denied += 1
print(denied)`;

describe("10 000 calls to denied destinations", () => {
  let network: OwnNetwork;
  let recording: Recording;
  let arrived: Arrived;
  beforeAll(async () => {
    network = await wiredNetwork();
    const { enter, ipv4, ipv6, port } = network;
    const command = [...enter, "/usr/bin/python3", "-c", caller, ipv4, ipv6, String(port)];
    recording = await record(command, { policy: { allow: ["192.0.2.1", "allowed.example"] } });
    arrived = await network.arrived();
  });
  afterAll(() => network?.close());

  it("all fail with EPERM", () => {
    expect(recording.output.trim()).toBe(String(count));
  });

  it("get no packet out: nothing reaches the other end, and nothing its wire", () => {
    expect(arrived).toEqual({ connections: 0, datagrams: 0, packets: [] });
  });

  it("are each told as a call that was blocked", () => {
    const { ipv4, ipv6 } = network;
    const calls = ofType(recording, "network.connect").filter(({ destination }) =>
      [ipv4, ipv6].includes(destination.ip ?? ""),
    );
    expect(calls).toHaveLength(count);
    const results = ofType(recording, "network.result");
    const blocked = new Set(
      results
        .filter(({ result, error }) => result === "blocked" && error?.code === "EPERM")
        .map(({ connection }) => connection.id),
    );
    expect(results).toHaveLength(count);
    expect(calls.filter(({ connection }) => !blocked.has(connection.id))).toEqual([]);
    expect(ofType(recording, "capture.lost")).toEqual([]);
  });

  it("would have been seen at the other end, had one got there", async () => {
    const { enter, ipv4, ipv6, port } = network;
    const command = [...enter, "/usr/bin/python3", "-c", caller, ipv4, ipv6, String(port)];
    const allowed = await record(command, { policy: { allow: [`${ipv4}:${port}`] } });
    const { connections, datagrams, packets } = await network.arrived();
    expect(Number(allowed.output)).toBeLessThan(count);
    expect(connections).toBeGreaterThan(1_000);
    expect(datagrams).toBeGreaterThan(1_000);
    const target = `${ipv4} ${port}`;
    expect(packets.filter((packet) => !packet.endsWith(target))).toEqual([]);
  });
});
