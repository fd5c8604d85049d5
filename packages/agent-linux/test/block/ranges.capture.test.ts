import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { record } from "../capture/record.js";
import { type OwnNetwork, wiredNetwork } from "./own-network.js";

describe("a range", () => {
  let network: OwnNetwork;
  beforeAll(async () => {
    network = await wiredNetwork();
  });
  afterAll(() => network?.close());

  const reached = async (rule: string) => {
    const { enter, ipv4, ipv6, port } = network;
    const script = `
import socket
for host in ["${ipv4}", "::ffff:${ipv4}", "${ipv6}"]:
  with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as s:
    try: s.connect((host, ${port}))
    except PermissionError: continue
    print(host)`;
    const command = [...enter, "/usr/bin/python3", "-c", script];
    const { output } = await record(command, { policy: { allow: [rule], resolvers: [] } });
    return output.split("\n").filter(Boolean);
  };

  it("of all IPv6 addresses holds none of IPv4, and the other way round", async () => {
    const { ipv4, ipv6, port } = network;
    expect(await reached("::/0")).toEqual([ipv6]);
    expect(await reached(`[::/64]:${port}`)).toEqual([]);
    expect(await reached("0.0.0.0/0")).toEqual([ipv4, `::ffff:${ipv4}`]);
    expect(await reached("::ffff:0:0/96")).toEqual([ipv4, `::ffff:${ipv4}`]);
  });
});
