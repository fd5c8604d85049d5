import { describe, expect, it } from "vitest";
import { domainParts, normalizeDomainName, ownerDomain } from "../../src/endpoint/domain-name.js";

describe("normalizeDomainName", () => {
  it.each([
    ["Example.COM", "example.com"],
    ["example.com.", "example.com"],
    ["_dmarc.example.com", "_dmarc.example.com"],
    ["Bücher.example", "xn--bcher-kva.example"],
    ["xn--bcher-kva.example", "xn--bcher-kva.example"],
    ["пример.рф", "xn--e1afmkfd.xn--p1ai"],
    ["host", "host"],
  ])("writes %s as %s", (text, expected) => {
    expect(normalizeDomainName(text)).toBe(expected);
  });

  it("tells apart names that only look alike", () => {
    expect(normalizeDomainName("gіthub.com")).not.toBe("github.com");
  });

  it("keeps bytes that no host name has, as escapes", () => {
    expect(normalizeDomainName("a b.example")).toBe("a\\032b.example");
    expect(normalizeDomainName("<script>.example")).toBe("\\060script\\062.example");
    expect(normalizeDomainName("a/b?c#d@e:f.example")).toBe(
      "a\\047b\\063c\\035d\\064e\\058f.example",
    );
    expect(normalizeDomainName("nul\0.example")).toBe("nul\\000.example");
  });

  it("does not take nothing for a name", () => {
    expect(normalizeDomainName("")).toBeUndefined();
    expect(normalizeDomainName(".")).toBeUndefined();
  });
});

describe("domainParts", () => {
  it("finds what one owner registered", () => {
    expect(domainParts("api.shop.example.co.uk")).toEqual({
      registrable: "example.co.uk",
      suffix: "co.uk",
      multiTenant: false,
    });
  });

  it("knows the suffixes below which strangers live side by side", () => {
    expect(domainParts("acme.blob.core.windows.net").multiTenant).toBe(true);
    expect(domainParts("acme.github.io").registrable).toBe("acme.github.io");
    expect(domainParts("other.github.io").registrable).toBe("other.github.io");
  });
});

describe("ownerDomain", () => {
  it.each([
    ["api.shop.example.co.uk", "example.co.uk"],
    ["example.com", "example.com"],
  ])("of %s is %s", (host, domain) => {
    expect(ownerDomain(host)).toBe(domain);
  });

  it.each([
    "acme.github.io",
    "www.acme.github.io",
    "github.io",
    "co.uk",
    "192.0.2.7",
    "2001:db8::1",
    "registry",
  ])("of %s is none", (host) => {
    expect(ownerDomain(host)).toBeUndefined();
  });
});
