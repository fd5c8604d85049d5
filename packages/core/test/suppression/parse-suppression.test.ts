import { describe, expect, it } from "vitest";
import { parseSuppression } from "../../src/suppression/parse-suppression.js";

const now = 1_000_000;
const rule = { match: { host: "cdn.example.com" }, reason: "our mirror", by: "ann" };
const parse = (more: object) => parseSuppression({ ...rule, ...more }, now);

describe("a suppression from outside", () => {
  it("is taken, its host and address written the usual way", () => {
    const match = {
      host: "CDN-*.Example.com.",
      port: 443,
      address: "192.0.2.0/24",
      process: "curl",
    };
    expect(parse({ match, expiresAt: now + 1 })).toEqual({
      ...rule,
      match: { ...match, host: "cdn-*.example.com" },
      expiresAt: now + 1,
    });
  });

  it.each([
    ["reason", { reason: " " }],
    ["by", { by: "" }],
    ["expiresAt", { expiresAt: now }],
    ["match", { match: {} }],
    ["match", { match: { repository: "acme/shop" } }],
    ["match", { match: { host: "**" } }],
    ["match.address", { match: { address: "192.0.2.0/33" } }],
    ["match.address", { match: { address: "evil" } }],
    ["match.address", { match: { address: "0.0.0.0/0" } }],
    ["match.address", { match: { address: "::/0" } }],
    ["match.port", { match: { host: "a.example", port: 70_000 } }],
    ["match.kind", { match: { host: "a.example", kind: "odd" } }],
  ])("is refused for its %s: %j", (field, more) => {
    expect(() => parse(more)).toThrow(expect.objectContaining({ code: "CONFIG_INVALID", field }));
  });

  it.each([
    "webhook.site",
    "raw.githubusercontent.com",
    "gist.github.com",
    "pastebin.com",
    "*.githubusercontent.com",
    "*.site",
    "*webhook*",
    "*.com",
    "*.*",
  ])("that silences %s for every process is refused unless forced", (host) => {
    const refused = expect.objectContaining({ code: "CONFIG_INVALID", field: "match.host" });
    expect(() => parse({ match: { host } })).toThrow(refused);
    expect(parse({ match: { host }, force: true }).force).toBe(true);
    expect(parse({ match: { host, process: "curl" } }).match.process).toBe("curl");
  });

  it("may silence a tenant's own name, and a domain of the user's", () => {
    for (const host of ["acme-cache.s3.amazonaws.com", "*.ci.example.com"]) {
      expect(parse({ match: { host } }).match.host).toBe(host);
    }
  });
});
