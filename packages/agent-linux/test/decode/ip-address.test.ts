import { describe, expect, it } from "vitest";
import { ipv4Text, ipv6Text } from "../../src/decode/ip-address.js";

const ipv6 = (hex: string) => ipv6Text(Buffer.from(hex.replaceAll(" ", ""), "hex"));

describe("addresses as text", () => {
  it("writes IPv4 with dots", () => {
    expect(ipv4Text(Buffer.from([192, 0, 2, 255]))).toBe("192.0.2.255");
  });

  it("writes IPv6 as RFC 5952 has it", () => {
    expect(ipv6("0000 0000 0000 0000 0000 0000 0000 0000")).toBe("::");
    expect(ipv6("0000 0000 0000 0000 0000 0000 0000 0001")).toBe("::1");
    expect(ipv6("2001 0db8 0000 0000 0001 0000 0000 0001")).toBe("2001:db8::1:0:0:1");
    expect(ipv6("2001 0db8 0000 0001 0001 0001 0001 0001")).toBe("2001:db8:0:1:1:1:1:1");
    expect(ipv6("fe80 0000 0000 0000 0000 0000 0000 0000")).toBe("fe80::");
  });
});
