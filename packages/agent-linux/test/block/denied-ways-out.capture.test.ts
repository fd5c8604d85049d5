import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ofType, resultsOf } from "../capture/record.js";
import { type TriedWaysOut, tryWaysOut } from "../capture/try-ways-out.js";
import { type WayOut, waysOut } from "../capture/ways-out.js";
import { type Arrived, loopbackNetwork, type OwnNetwork } from "./own-network.js";

const nothing: Arrived = { connections: 0, datagrams: 0, packets: [] };
const closedPort = 9;
const ownWays = waysOut.filter(({ isForeign, isMadeAside }) => !isForeign && !isMadeAside);
const asideWays = waysOut.filter(({ isMadeAside }) => isMadeAside);
const foreignWays = waysOut.filter(({ isForeign }) => isForeign);

/** Nothing may be called, and everything is tried. */
describe("every way out, with a policy that allows nothing", () => {
  let network: OwnNetwork;
  let tried: TriedWaysOut;
  let arrived: Arrived;
  const tryAll = (ways: readonly WayOut[]) =>
    tryWaysOut(ways, {
      ports: [network.port, network.port, closedPort],
      enter: network.enter,
      policy: { allow: [], resolvers: [], loopback: false },
    });
  beforeAll(async () => {
    network = await loopbackNetwork();
    tried = await tryAll(ownWays);
    arrived = await network.arrived();
  });
  afterAll(() => network?.close());

  const blockedCalls = ({ callsOf, recording }: TriedWaysOut, index: number) =>
    callsOf(index)
      .filter((call) => resultsOf(recording, call).some(({ result }) => result === "blocked"))
      .map(({ network, destination }) => `${network.transport} ${destination.ip}`);
  const deniedBy = ({ denied, calls }: WayOut) =>
    denied ?? calls.map((call) => call.split(" ").slice(0, 2).join(" "));

  it.each(ownWays.map((way, index) => ({ ...way, index })))("is closed and told: $way", (way) => {
    expect(blockedCalls(tried, way.index)).toEqual(deniedBy(way));
  });

  it("lets no packet out, at the receiver and on the wire", () => {
    expect(arrived).toEqual(nothing);
  });

  it("says so where packet sockets made by io_uring and 32-bit calls are not denied, and else denies them", async () => {
    const aside = await tryAll(asideWays);
    const blindSpots = ofType(aside.recording, "capture.started").flatMap(
      ({ agent }) => agent.blind_spots ?? [],
    );
    const { packets } = await network.arrived();
    const isOpen = blindSpots.some((each) => each.startsWith("Packet sockets that io_uring"));
    const calls = asideWays.flatMap((way) => way.calls);
    expect(packets).toEqual(isOpen ? calls.map((call) => `${call.replace("raw", "17")} 5010`) : []);
    for (const [index, way] of asideWays.entries()) {
      expect(blockedCalls(aside, index)).toEqual(isOpen ? [] : deniedBy(way));
    }
  });

  it("says so where sockets from outside the cgroup are not held to the policy, and else holds them", async () => {
    const foreign = await tryAll(foreignWays);
    const blindSpots = ofType(foreign.recording, "capture.started").flatMap(
      ({ agent }) => agent.blind_spots ?? [],
    );
    const { connections, datagrams } = await network.arrived();
    if (blindSpots.some((each) => each.startsWith("Sockets that are handed in"))) {
      expect({ connections, datagrams }).toEqual({ connections: 1, datagrams: 1 });
      return;
    }
    expect({ connections, datagrams }).toEqual({ connections: 0, datagrams: 0 });
    for (const [index, way] of foreignWays.entries()) {
      expect(blockedCalls(foreign, index)).toEqual(deniedBy(way));
    }
  });

  it("would have been seen to let packets out, had it been open", async () => {
    await tryWaysOut(ownWays, {
      ports: [network.port, network.port, closedPort],
      enter: network.enter,
    });
    const { connections, datagrams, packets } = await network.arrived();
    expect(connections).toBeGreaterThan(10);
    expect(datagrams).toBeGreaterThan(5);
    expect(packets.length).toBeGreaterThan(50);
  });
});
