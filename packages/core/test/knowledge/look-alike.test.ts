import { describe, expect, it } from "vitest";
import { imitatedNames } from "../../src/knowledge/look-alike/imitated-names.js";
import { lookAlikeOf } from "../../src/knowledge/look-alike.js";

const known = imitatedNames(["api.shop-example.com", "acme-builds.blob.core.windows.net"]);
const nothing = imitatedNames([]);

describe("lookAlikeOf", () => {
  it.each([
    ["a letter more", "shopp-example.com", "shop-example.com", "one-edit"],
    ["a letter less", "cdn.shop-exmple.net", "shop-example.com", "one-edit"],
    ["another letter", "shop-exanple.com", "shop-example.com", "one-edit"],
    ["two letters swapped", "shop-exmaple.com", "shop-example.com", "one-edit"],
    ["no hyphen", "shopexample.com", "shop-example.com", "same-look"],
    ["letters that look the same", "shop-exarnple.com", "shop-example.com", "same-look"],
    ["another suffix", "shop-example.zone", "shop-example.com", "other-suffix"],
    ["its name in front", "api.shop-example.com.example.net", "shop-example.com", "name-in-front"],
    [
      "a tenant's name",
      "acme-build.blob.core.windows.net",
      "acme-builds.blob.core.windows.net",
      "one-edit",
    ],
  ])("sees an imitation of a domain that the job knows: %s", (_, host, of, how) => {
    expect(lookAlikeOf(host, known)).toEqual({ of, how });
  });

  it.each([
    ["gihtub.com", "github.com", "one-edit"],
    ["g1thub.com", "github.com", "same-look"],
    ["xn--gthub-n4a.com", "github.com", "same-look"],
    ["xn--gthub-n2e.com", "github.com", "same-look"],
    ["githubusercontnet.com", "githubusercontent.com", "one-edit"],
    ["rnicrosoft.com", "microsoft.com", "same-look"],
    ["pypi-mirror.com", ["pypi", "org"].join("."), "name-and-words"],
    ["npmregistry.com", "npmjs.org", "name-and-words"],
    ["aqua-security.net", "aquasec.com", "same-look"],
    ["azurethings.net", "azure.com", "name-inside"],
    ["docker-login.net", "docker.com", "name-and-words"],
    ["sonarcloud.dev", "sonarcloud.io", "other-suffix"],
    ["www.npmjs.com.example.net", "npmjs.com", "name-in-front"],
    ["github-cache.workers.dev", "github.com", "name-and-words"],
  ])("sees an imitation of a service that every build trusts: %s", (host, of, how) => {
    expect(lookAlikeOf(host, nothing)).toEqual({ of, how });
  });

  it.each([
    ["the domain itself", "www.shop-example.com"],
    ["something else", "unrelated-service.example"],
    ["a numbered sibling", "acme-builds2.blob.core.windows.net"],
    ["the same name below a suffix of tenants", "shop-example.github.io"],
    ["a tenant named after a known domain", "shop-example-com.github.io"],
    ["a name that nobody can register", "shop-example.internal"],
    ["an address", "192.0.2.1"],
    ["a name without a suffix", "shop-example"],
    ["nothing", ""],
  ])("does not take %s for one", (_, host) => {
    expect(lookAlikeOf(host, known)).toBeUndefined();
  });

  it.each([
    ...["githubassets.com", "githubstatus.com", "npmjs.com", "pypistats.org", "googlesource.com"],
    ...["sentry-cdn.com", "gradle.com", "gradle-dn.com", "azure-dns.com"],
    ...[
      "codecov.com",
      "slack-files.com",
      "cloudflare-dns.com",
      "discordapp.com",
      "amazonlinux.com",
    ],
    ...["rubygems.global.ssl.fastly.net", "telegram.me", "acme.azure-api.net", "sonarqube.com"],
  ])("does not take %s for one: its provider's own", (host) => {
    expect(lookAlikeOf(host, nothing)).toBeUndefined();
  });

  it("does not take numbered hosts for imitations of each other", () => {
    const shards = imitatedNames(["cdn11-example.com"]);
    expect(lookAlikeOf("cdn12-example.com", shards)).toBeUndefined();
    expect(lookAlikeOf("cdn1-example.com", shards)).toBeUndefined();
    expect(lookAlikeOf("cdn111-example.com", shards)).toBeUndefined();
  });

  it("learns names as they come", () => {
    const names = imitatedNames([]);
    expect(lookAlikeOf("shop-exmaple.com", names)).toBeUndefined();
    names.add("www.shop-example.com");
    expect(lookAlikeOf("shop-exmaple.com", names)?.of).toBe("shop-example.com");
  });

  it("is quick among 50,000 known names", () => {
    const many = imitatedNames(Array.from({ length: 50_000 }, (_, n) => `service-${n}-name.com`));
    const started = performance.now();
    for (let n = 0; n < 200; n++) lookAlikeOf(`another-${n}-service.net`, many);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it("answers hostile names", () => {
    for (const host of [
      "xn--.com",
      "xn--a.com",
      "xn--99999999999.com",
      `${"-".repeat(1000)}.com`,
      "...",
      "a".repeat(5000),
    ]) {
      expect(lookAlikeOf(host, nothing)).toBeUndefined();
    }
    expect(lookAlikeOf(`${"npm-".repeat(1000)}x.com`, nothing)).toBeDefined();
  });
});
