import { describe, expect, it } from "vitest";
import { endpointKey, hostOfKey, parseEndpoint } from "../../src/endpoint/endpoint.js";
import { isStraycallError } from "../../src/straycall-error.js";

describe("parseEndpoint", () => {
  it.each([
    ["example.com:443", "example.com:443"],
    ["EXAMPLE.com.:8443", "example.com:8443"],
    ["https://example.com/path?q", "example.com:443"],
    ["http://example.com", "example.com:80"],
    ["https://example.com:8443/", "example.com:8443"],
    ["[2001:db8::1]:443", "[2001:db8::1]:443"],
    ["[::ffff:192.0.2.1]:80", "192.0.2.1:80"],
    ["https://[2001:DB8::1]/", "[2001:db8::1]:443"],
    ["bücher.example:443", "xn--bcher-kva.example:443"],
  ])("reads %s as %s", (text, expected) => {
    expect(endpointKey(parseEndpoint(text))).toBe(expected);
  });

  it("uses the port it is given where none is said", () => {
    expect(parseEndpoint("example.com", 443).port).toBe(443);
  });

  it.each(["", "example.com", "example.com:99999", "a b:1", "http://", ":443", "constructor://x"])(
    "refuses %j and says so",
    (text) => {
      const attempt = () => parseEndpoint(text);
      expect(attempt).toThrow(/port|endpoint/);
      try {
        attempt();
      } catch (error) {
        expect(isStraycallError(error, "CONFIG_INVALID")).toBe(true);
      }
    },
  );
});

describe("hostOfKey", () => {
  it.each(["example.com", "192.0.2.1", "2001:db8::1", "a\\058b.example"])(
    "gives back %s",
    (host) => {
      expect(hostOfKey(endpointKey({ host, port: 443 }))).toBe(host);
    },
  );
});
