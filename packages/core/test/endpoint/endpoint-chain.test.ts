import { describe, expect, it } from "vitest";
import type { AddressClass } from "../../src/endpoint/address.js";
import { endpointChain, familyNumber } from "../../src/endpoint/endpoint-chain.js";

const keys = (host: string, port = 443, addressClass: AddressClass = "public") =>
  endpointChain({ host, port }, addressClass).map(({ key }) => key);
const kinds = (host: string) =>
  endpointChain({ host, port: 443 }, "public").map(({ kind }) => kind);

describe("the chain of a name", () => {
  it("goes by what one owner registered", () => {
    expect(keys("api.example.co.uk")).toEqual([
      "names",
      "domain:example.co.uk",
      "api.example.co.uk:443",
    ]);
  });

  it("has the family of a host whose name varies, by port", () => {
    expect(keys("cdn3.example.com", 8443)).toEqual([
      "names",
      "domain:example.com",
      "family:cdn<n>.example.com:8443",
      "cdn3.example.com:8443",
    ]);
  });

  it("goes by the tenant below a suffix that strangers share", () => {
    expect(keys("acme.blob.core.windows.net")).toEqual([
      "names",
      "suffix:blob.core.windows.net",
      "domain:acme.blob.core.windows.net",
      "acme.blob.core.windows.net:443",
    ]);
  });

  it("has a family in place of the tenant where one owner numbers tenants", () => {
    expect(keys("productionresultssa12.blob.core.windows.net")).toEqual([
      "names",
      "suffix:blob.core.windows.net",
      "family:productionresultssa<n>.blob.core.windows.net:443",
      "productionresultssa12.blob.core.windows.net:443",
    ]);
  });

  it("never makes strangers a family because both drew a random name or took a number", () => {
    for (const tenant of ["x7k9q2m4zz", "e3b0c44298fc1c14", "12", "app7", "ap-eu-1"]) {
      expect(keys(`${tenant}.github.io`)).toEqual([
        "names",
        "suffix:github.io",
        `domain:${tenant}.github.io`,
        `${tenant}.github.io:443`,
      ]);
    }
  });

  it("does not make accounts of a cloud a family, where the list of suffixes leaves them out", () => {
    expect(keys("123456789012.dkr.ecr.us-west-2.amazonaws.com")).toEqual([
      "names",
      "suffix:dkr.ecr.us-west-2.amazonaws.com",
      "domain:123456789012.dkr.ecr.us-west-2.amazonaws.com",
      "123456789012.dkr.ecr.us-west-2.amazonaws.com:443",
    ]);
  });

  it("keeps the families of a tenant's hosts below the tenant", () => {
    expect(keys("node3.acme.github.io")).toEqual([
      "names",
      "suffix:github.io",
      "domain:acme.github.io",
      "family:node<n>.acme.github.io:443",
      "node3.acme.github.io:443",
    ]);
  });

  it("is that of the host itself for a bare suffix and a name without a domain", () => {
    expect(keys("github.io")).toEqual(["names", "domain:github.io", "github.io:443"]);
    expect(keys("localhost", 80)).toEqual(["names", "domain:localhost", "localhost:80"]);
  });
});

describe("the chain of an address", () => {
  it("goes by class and network", () => {
    expect(keys("192.0.2.7", 80)).toEqual([
      "addresses",
      "class:public",
      "net16:192.0.0.0/16",
      "net24:192.0.2.0/24",
      "192.0.2.7:80",
    ]);
    expect(keys("2001:db8:1:2::7", 80, "reserved")).toEqual([
      "addresses",
      "class:reserved",
      "net16:2001:db8::/32",
      "net24:2001:db8:1::/48",
      "[2001:db8:1:2::7]:80",
    ]);
    expect(keys("::1", 80, "loopback").slice(2, 4)).toEqual(["net16:0:0::/32", "net24:0:0:0::/48"]);
  });

  it("is not that of a name that starts like one", () => {
    expect(kinds("1.2.3.4.example.com")[0]).toBe("names");
    expect(kinds("999.1.1.1")[0]).toBe("names");
  });
});

describe("hostile hosts", () => {
  const hostile = [
    "__proto__",
    "constructor",
    "names",
    "domain",
    "443",
    "",
    ".",
    "..",
    "...com",
    "a..b",
    "-",
    "\\000\\010.example.com",
    "nul\0\n.example.com",
    `${"a".repeat(1010)}.example.com`,
    `${"1-".repeat(500)}.example.com`,
    `${"1.".repeat(500)}example.com`,
    `${"ap-".repeat(300)}.blob.core.windows.net`,
    "999.1.1.1",
    ":",
    "::::",
    "<n>.example.com",
  ];

  it("have chains of few links and bounded keys, each another", () => {
    for (const host of hostile) {
      const chain = keys(host);
      expect(chain.length).toBeGreaterThanOrEqual(3);
      expect(chain.length).toBeLessThanOrEqual(5);
      expect(new Set(chain).size).toBe(chain.length);
      expect(Math.max(...chain.map((key) => key.length))).toBeLessThan(4 * host.length + 100);
    }
  });

  it("never share an endpoint's key with a place", () => {
    const owns = hostile.map((host) => keys(host).at(-1));
    const places = new Set(hostile.flatMap((host) => keys(host).slice(0, -1)));
    expect(owns.filter((key) => key !== undefined && places.has(key))).toEqual([]);
  });
});

describe("familyNumber", () => {
  it.each([
    ["productionresultssa12.blob.core.windows.net", 12],
    ["shard007.eu.example.com", 7],
    ["cdn.example.com", undefined],
    ["a1.b2.example.com", undefined],
    ["acme7.github.io", undefined],
    ["shard99999999999999999999.example.com", undefined],
    ["192.0.2.7", undefined],
    ["2001:db8::1", undefined],
  ])("of %s is %s", (host, expected) => {
    expect(familyNumber(host)).toBe(expected);
  });
});
