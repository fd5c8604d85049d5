import { describe, expect, it } from "vitest";
import { addressBytes } from "../../src/block/address-bytes.js";
import { parsePolicyRule } from "../../src/block/policy-rule.js";

describe("a rule", () => {
  it.each([
    ["api.github.com:443", "exact", ["api", "github", "com"], 443],
    ["API.GitHub.com.", "exact", ["api", "github", "com"], undefined],
    ["localhost:8080", "exact", ["localhost"], 8080],
    ["*.example.com", "below", ["example", "com"], undefined],
    ["worker*.blob.example.net:443", "begun", ["worker", "blob", "example", "net"], 443],
    ["bücher.example", "exact", ["xn--bcher-kva", "example"], undefined],
  ])("%s names hosts", (text, match, labels, port) => {
    expect(parsePolicyRule(text)).toEqual({
      type: "name",
      match,
      labels,
      ...(port === undefined ? {} : { port }),
    });
  });

  it.each([
    ["192.0.2.1", "192.0.2.1", 128, undefined],
    ["192.0.2.0/24:443", "192.0.2.0", 120, 443],
    ["0.0.0.0/0", "0.0.0.0", 96, undefined],
    ["2001:db8::/32", "2001:db8::", 32, undefined],
    ["[2001:db8::1]:443", "2001:db8::1", 128, 443],
    ["[2001:db8::/32]:443", "2001:db8::", 32, 443],
    ["[2001:db8::1]", "2001:db8::1", 128, undefined],
  ])("%s names addresses", (text, address, bits, port) => {
    expect(parsePolicyRule(text)).toEqual({
      type: "range",
      address: addressBytes(address),
      bits,
      ...(port === undefined ? {} : { port }),
    });
  });

  it.each([
    ["", "is not a rule like"],
    [":443", "is not a rule like"],
    ["example.com:0", "needs a port from 1 to 65535"],
    ["example.com:65536", "needs a port from 1 to 65535"],
    ["example.com:", "needs a port from 1 to 65535"],
    ["example.com:https", "needs a port from 1 to 65535"],
    ["192.0.2.0/33", "needs a prefix length from 0 to 32"],
    ["2001:db8::/129", "needs a prefix length from 0 to 128"],
    ["192.0.2.0/", "needs a prefix length"],
    ["example.com/24", "has no address before the /"],
    ["192.0.2", "is no address"],
    ["*", "stands for every name"],
    ["a.*.example", "may hold one *"],
    ["*.*.example", "may hold one *"],
    ["*worker.example", "may hold one *"],
    ["exa mple.com", "is no name, address or range"],
    ["https://example.com", "needs a port"],
    [`${"a".repeat(64)}.example`, "is no name, address or range"],
    [`${"a.".repeat(40)}example`, "is too long"],
  ])("%j is refused: it %s", (text, problem) => {
    expect(() => parsePolicyRule(text, "policy.allow[2]")).toThrow(
      expect.objectContaining({
        code: "CONFIG_INVALID",
        field: "policy.allow[2]",
        message: expect.stringContaining(problem),
      }),
    );
  });
});
