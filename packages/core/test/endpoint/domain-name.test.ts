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

  it.each([
    ["0123abcd.r2.cloudflarestorage.com", "r2.cloudflarestorage.com"],
    ["bucket.0123abcd.eu.r2.cloudflarestorage.com", "eu.r2.cloudflarestorage.com"],
    ["123456789012.dkr.ecr.us-west-2.amazonaws.com", "dkr.ecr.us-west-2.amazonaws.com"],
    ["123456789012.dkr.ecr.us-east-1.amazonaws.com", "dkr.ecr.us-east-1.amazonaws.com"],
    ["acme.westeurope.data.azurecr.io", "data.azurecr.io"],
    ["acme.oss-cn-beijing.aliyuncs.com", "oss-cn-beijing.aliyuncs.com"],
    ["o12.ingest.us.sentry.io", "ingest.us.sentry.io"],
  ])("knows those that are not listed: %s lies below %s", (name, suffix) => {
    const parts = domainParts(name);
    expect(parts.multiTenant).toBe(true);
    expect(parts.suffix?.endsWith(suffix)).toBe(true);
  });

  it("takes one label for the tenant, below the longest suffix", () => {
    expect(domainParts("a.acme.storage.googleapis.com")).toEqual({
      registrable: "acme.storage.googleapis.com",
      suffix: "storage.googleapis.com",
      multiTenant: true,
    });
    expect(domainParts("acme.westeurope.cloudapp.azure.com").registrable).toBe(
      "acme.westeurope.cloudapp.azure.com",
    );
    expect(domainParts("bucket.0123abcd.r2.cloudflarestorage.com").registrable).toBe(
      "0123abcd.r2.cloudflarestorage.com",
    );
    expect(domainParts("jfrog.io")).toEqual({
      registrable: undefined,
      suffix: "jfrog.io",
      multiTenant: true,
    });
  });

  it("takes a cloud's own services for the cloud's, in every region", () => {
    for (const region of ["us-east-1", "us-west-2"]) {
      expect(domainParts(`sts.${region}.amazonaws.com`)).toEqual({
        registrable: "amazonaws.com",
        suffix: "com",
        multiTenant: false,
      });
    }
  });

  it("answers hostile names", () => {
    for (const name of [
      "",
      ".",
      "..",
      "*.aliyuncs.com",
      ".jfrog.io",
      "__proto__",
      "constructor.io",
    ]) {
      expect(name.endsWith(domainParts(name).suffix ?? "")).toBe(true);
    }
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
