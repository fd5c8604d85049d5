import { describe, expect, it } from "vitest";
import { domainParts } from "../../src/endpoint/domain-name.js";
import { buildServiceGroups, buildServiceOf } from "../../src/knowledge/build-services.js";

describe("buildServiceOf", () => {
  it.each([
    [["registry", "npmjs.org"].join("."), "npm registry"],
    [["files", "pythonhosted.org"].join("."), "Python Package Index"],
    [["static", "crates.io"].join("."), "crates.io and Rust"],
    [["proxy", "golang.org"].join("."), "Go modules"],
    [["repo1", "maven.org"].join("."), "Maven Central"],
    ["azure.archive.ubuntu.com", "Ubuntu archive"],
    [["deb", "debian.org"].join("."), "Debian archive"],
    ["production.cloudflare.docker.com", "Docker Hub"],
    ["pipelinesghubeus2.actions.githubusercontent.com", "GitHub"],
    ["productionresultssa17.blob.core.windows.net", "GitHub Actions results and cache"],
    ["fulcio.sigstore.dev", "Sigstore"],
    ["ocsp.digicert.com", "Certificate authorities"],
    ["sts.eu-west-1.amazonaws.com", "Amazon Web Services API"],
    ["secretmanager.googleapis.com", "Google Cloud API"],
    ["storage.googleapis.com", "Google Cloud API"],
    ["management.azure.com", "Microsoft Azure API"],
    ["codecov.io", "Coverage and code quality"],
  ])("knows %s: %s", (host, name) => {
    expect(buildServiceOf(host)).toMatchObject({ name, source: expect.stringMatching(/\w/) });
  });

  it.each([
    "example.com",
    "acme.storage.googleapis.com",
    "acme.blob.core.windows.net",
    "productionresultssa17.blob.core.windows.net.example.com",
    "acme.s3.eu-west-1.amazonaws.com",
    "123456789012.dkr.ecr.eu-west-1.amazonaws.com",
    "acme.execute-api.us-east-1.amazonaws.com",
    "o1.ingest.sentry.io",
    "productionresultssa20.blob.core.windows.net",
    "acme.github.io",
    "acme.up.railway.app",
    "acme.webhook.office.com",
    "registry-npmjs.org",
    "",
  ])("does not take %s for one: what a tenant has is the tenant's", (host) => {
    expect(buildServiceOf(host)).toBeUndefined();
  });

  it("lists no domain below which the Public Suffix List lets strangers in, but those of one provider alone", () => {
    const domains = buildServiceGroups.flatMap((group) => group.domains ?? []);
    const shared = domains.filter((domain) => {
      const { suffix, multiTenant } = domainParts(`x.${domain}`);
      return suffix === domain || (multiTenant && suffix !== undefined && domain.endsWith(suffix));
    });
    // Its tenants have buckets and repositories, in paths or one label deeper.
    expect(shared.sort()).toEqual([
      "githubusercontent.com",
      "googleapis.com",
      "services.visualstudio.com",
    ]);
  });

  it("writes names the way hosts are normalized, and says where each comes from", () => {
    for (const { name, source, hosts = [], domains = [] } of buildServiceGroups) {
      expect(name).toMatch(/\w/);
      expect(source).toMatch(/\w/);
      for (const host of [...hosts, ...domains])
        expect(host).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
    }
  });
});
