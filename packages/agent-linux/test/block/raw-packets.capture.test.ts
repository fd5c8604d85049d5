import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ofType, record } from "../capture/record.js";
import { type OwnNetwork, wiredNetwork } from "./own-network.js";

const allowed = "192.0.2.1";

describe("a raw packet", () => {
  let network: OwnNetwork;
  beforeAll(async () => {
    network = await wiredNetwork();
  });
  afterAll(() => network?.close());

  it("that says IPv6 and names an allowed address where IPv6 would is denied, and counted", async () => {
    const { enter, ipv4 } = network;
    const script = `
import socket, struct
address = socket.inet_aton
udp = struct.pack("!HHHH", 9, 443, 12, 0) + b"evil"
def header(first, flags): return struct.pack("!BBHHHBBH4s4s", first, 0, 0, 7, flags, 64, 17, 0, address("10.77.0.1"), address("${ipv4}"))
as_ipv6 = bytes(14) + b"\\xff\\xff" + address("${allowed}") + udp
s = socket.socket(socket.AF_INET, socket.SOCK_RAW, 255)
try: print(s.sendto(header(0x65, 0x1100) + as_ipv6, ("${ipv4}", 0)))
except OSError as error: print(type(error).__name__)`;
    const command = [...enter, "/usr/bin/python3", "-c", script];
    const policy = { allow: [`${allowed}:443`], resolvers: [] };
    const recording = await record(command, { policy });
    expect(recording.output.trim()).toBe("PermissionError");
    const reasons = ofType(recording, "capture.lost").map(({ lost }) => lost.reason);
    expect(reasons).toEqual(["packets that could not be read"]);
    expect(ofType(recording, "network.connect")).toEqual([]);
    expect(await network.arrived()).toMatchObject({ packets: [] });
    await record(command);
    expect(await network.arrived()).toMatchObject({ packets: [`17 ::ffff:${allowed} 443`] });
  });
});
