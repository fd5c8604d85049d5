import { describe, expect, it } from "vitest";
import { reverseAddress } from "../../src/run/reverse-address.js";

describe("the name that stands for an address", () => {
  it("is read back, IPv4 and IPv6", () => {
    expect(reverseAddress("7.2.0.192.in-addr.arpa")).toBe("192.0.2.7");
    const zeros = "0.".repeat(23);
    expect(reverseAddress(`1.${zeros}8.b.d.0.1.0.0.2.ip6.arpa`)).toBe("2001:db8::1");
  });

  it("is no other name", () => {
    const names = [
      "www.example.com",
      "2.0.192.in-addr.arpa",
      "777.2.0.192.in-addr.arpa",
      "1.ip6.arpa",
    ];
    for (const name of names) expect(reverseAddress(name)).toBeUndefined();
  });
});
