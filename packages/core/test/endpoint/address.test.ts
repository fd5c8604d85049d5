import { describe, expect, it } from "vitest";
import { addressClass, normalizeAddress } from "../../src/endpoint/address.js";

describe("normalizeAddress", () => {
  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["::ffff:c000:201", "192.0.2.1"],
    ["fe80::1%eth0", "fe80::1"],
    ["::", "::"],
  ])("writes %s as %s", (text, expected) => {
    expect(normalizeAddress(text)).toBe(expected);
  });

  it.each(["", "example.com", "1.2.3", "256.1.1.1", "1.2.3.4.5", "12345::", "0x7f.1", ":::"])(
    "does not take %j for an address",
    (text) => {
      expect(normalizeAddress(text)).toBeUndefined();
    },
  );
});

describe("addressClass", () => {
  it.each([
    ["8.8.8.8", "public"],
    ["2606:4700::1111", "public"],
    ["10.1.2.3", "private"],
    ["172.31.255.255", "private"],
    ["192.168.0.1", "private"],
    ["100.64.0.1", "private"],
    ["fd12:3456::1", "private"],
    ["127.0.0.53", "loopback"],
    ["::1", "loopback"],
    ["0.0.0.0", "loopback"],
    ["169.254.1.1", "link-local"],
    ["fe80::1", "link-local"],
    ["169.254.169.254", "metadata"],
    ["fd00:ec2::254", "metadata"],
    ["224.0.0.251", "multicast"],
    ["ff02::fb", "multicast"],
    ["203.0.113.7", "reserved"],
    ["example.com", "unknown"],
  ])("puts %s into the class %s", (address, expected) => {
    expect(addressClass(address)).toBe(expected);
  });
});
