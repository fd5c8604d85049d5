import { expect, it } from "vitest";
import { addressBytes } from "../../src/block/address-bytes.js";

it.each([
  ["192.0.2.1", "00000000000000000000ffffc0000201"],
  ["::", "00000000000000000000000000000000"],
  ["::1", "00000000000000000000000000000001"],
  ["2001:db8::5", "20010db8000000000000000000000005"],
  ["2001:db8:1:2:3:4:5:6", "20010db8000100020003000400050006"],
  ["fe80::", "fe800000000000000000000000000000"],
  ["::ffff:192.0.2.1", "00000000000000000000ffffc0000201"],
])("%s is %s", (text, hex) => {
  expect(addressBytes(text)?.toString("hex")).toBe(hex);
});

it.each(["example.com", "192.0.2", "192.0.2.256", "fe80::1%eth0", ""])("%s is none", (text) => {
  expect(addressBytes(text)).toBeUndefined();
});
