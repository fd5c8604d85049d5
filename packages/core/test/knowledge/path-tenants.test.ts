import { describe, expect, it } from "vitest";
import { maskPathTenant } from "../../src/knowledge/path-tenants.js";

describe("maskPathTenant", () => {
  it.each([
    [
      "github.com",
      "/octocat/hello/releases/download/v1.2/a.tgz",
      "octocat",
      "/<tenant>/<name>/releases/download/<ref>/<file>",
    ],
    [
      "github.com",
      "/octocat/hello.git/info/refs?service=***",
      "octocat",
      "/<tenant>/<name>/info/refs?service=***",
    ],
    ["api.github.com", "/repos/octocat/hello/pulls/7", "octocat", "/repos/<tenant>/<name>/pulls/7"],
    [
      "api.github.com",
      "/repos/octocat/hello/contents/a/b/c.txt",
      "octocat",
      "/repos/<tenant>/<name>/contents/<path>",
    ],
    ["api.github.com", "/orgs/octo-org/repos", "octo-org", "/orgs/<tenant>/repos"],
    [
      "raw.githubusercontent.com",
      "/octocat/hello/main/install.sh",
      "octocat",
      "/<tenant>/<name>/<ref>",
    ],
    [
      "codeload.github.com",
      "/octocat/hello/tar.gz/refs/tags/v1",
      "octocat",
      "/<tenant>/<name>/tar.gz/<ref>",
    ],
    [
      "gist.githubusercontent.com",
      "/octocat/abc/raw/def/x.py",
      "octocat",
      "/<tenant>/<name>/raw/<ref>",
    ],
    [
      "gitlab.com",
      "/group/sub/project/-/archive/main/x.zip",
      "group",
      "/<tenant>/<name>/-/archive/<ref>",
    ],
    [
      "gitlab.com",
      "/api/v4/projects/group%2Fproject/issues",
      "group",
      "/api/v4/projects/<tenant>%2f<name>/issues",
    ],
    [
      "huggingface.co",
      "/google/bert/resolve/main/config.json",
      "google",
      "/<tenant>/<name>/resolve/<ref>",
    ],
    [
      "registry-1.docker.io",
      "/v2/library/alpine/manifests/3.20",
      "library",
      "/v2/<tenant>/<name>/manifests/<ref>",
    ],
    [
      "ghcr.io",
      "/v2/octocat/app/sub/blobs/uploads/",
      "octocat",
      "/v2/<tenant>/<name>/blobs/uploads/<ref>",
    ],
    ["s3.eu-west-1.amazonaws.com", "/my-bucket/key/of/object", "my-bucket", "/<tenant>/<path>"],
    [
      "storage.googleapis.com",
      "/upload/storage/v1/b/my-bucket/o",
      "my-bucket",
      "/upload/storage/v1/b/<tenant>/o",
    ],
    ["storage.googleapis.com", "/my-bucket/key", "my-bucket", "/<tenant>/<path>"],
    [
      "secretmanager.googleapis.com",
      "/v1/projects/my-project/secrets/x/versions/1:access",
      "my-project",
      "/v1/projects/<tenant>/secrets/<name>/versions/1:access",
    ],
    ["hooks.slack.com", "/services/T0001/B0002/***", "t0001", "/services/<tenant>/<name>/<secret>"],
    ["discord.com", "/api/webhooks/1234/***", "1234", "/api/webhooks/<tenant>/<secret>"],
    ["api.telegram.org", "/bot1234:***/sendMessage", "1234", "/bot<tenant>:<secret>/sendMessage"],
    [
      "us-docker.pkg.dev",
      "/v2/my-project/repo/app/tags/list",
      "my-project",
      "/v2/<tenant>/<name>/tags/list",
    ],
  ])("knows whose part of %s %s is", (host, path, tenant, masked) => {
    expect(maskPathTenant(host, path)).toEqual({ tenant, masked });
  });

  it.each([
    [["registry", "npmjs.org"].join("."), "/left-pad", "/<name>"],
    [["registry", "npmjs.org"].join("."), "/left-pad/-/left-pad-1.3.0.tgz", "/<name>/-/<file>"],
    [["registry", "npmjs.org"].join("."), "/@babel%2fcore", "/@<scope>%2f<name>"],
    [["pypi", "org"].join("."), "/simple/requests/", "/simple/<name>/"],
    [["proxy", "golang.org"].join("."), "/golang.org/x/mod/@v/list", "/<name>/@v/<file>"],
    [["static", "crates.io"].join("."), "/crates/serde/serde-1.0.crate", "/crates/<name>/<file>"],
    [["index", "crates.io"].join("."), "/se/rd/serde", "/<part>/<part>/<name>"],
  ])("gives every package of %s one route, and no tenant: %s", (host, path, masked) => {
    expect(maskPathTenant(host, path)).toEqual({ masked });
  });

  it("takes the pages of a site itself for nobody's", () => {
    expect(maskPathTenant("github.com", "/login/oauth/access_token")).toEqual({
      masked: "/login/oauth/access_token",
    });
    expect(maskPathTenant("api.github.com", "/user/repos")).toEqual({ masked: "/user/repos" });
    expect(maskPathTenant("api.github.com", "/graphql")).toEqual({ masked: "/graphql" });
  });

  it("fits a path that ends early as far as it goes", () => {
    expect(maskPathTenant("api.github.com", "/repos/octocat")).toEqual({
      tenant: "octocat",
      masked: "/repos/<tenant>",
    });
    expect(maskPathTenant("github.com", "/")).toEqual({ masked: "/" });
  });

  it("is not led astray by the ways to write one path", () => {
    for (const path of [
      "/repos/trusted/x/../../mallory/loot",
      "/repos/trusted/x/%2e%2E/%2e./mallory/loot",
      "//repos//mallory/loot",
      "/%72epos/mallor%79/loot",
      "/REPOS/Mallory/loot",
      "/./repos/mallory/loot",
      "/../../repos/mallory/loot",
    ]) {
      expect(maskPathTenant("api.github.com", path)).toEqual({
        tenant: "mallory",
        masked: "/repos/<tenant>/<name>",
      });
    }
  });

  it("only normalizes the paths of other hosts", () => {
    expect(maskPathTenant("example.com", "/a/./b//c/?q=***")).toEqual({ masked: "/a/b/c/?q=***" });
    expect(maskPathTenant("github.com.example", "/a/b")).toEqual({ masked: "/a/b" });
    expect(maskPathTenant("constructor", "/a/b")).toEqual({ masked: "/a/b" });
  });

  it("takes no longer for paths that are made to be slow", () => {
    const hostile = [
      "%2f".repeat(1300),
      ":".repeat(4000),
      "@".repeat(4000),
      "/a".repeat(2000),
      "../".repeat(1300),
    ];
    const started = performance.now();
    for (const host of [
      "api.github.com",
      "gitlab.com",
      ["registry", "npmjs.org"].join("."),
      "api.telegram.org",
      "quay.io",
    ]) {
      for (const path of hostile) maskPathTenant(host, `/${path}`);
      for (const path of hostile) maskPathTenant(host, `/bot${path}`);
    }
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it("bounds what it answers", () => {
    const { tenant, masked } = maskPathTenant(
      "github.com",
      `/${"a".repeat(100_000)}/${"/b".repeat(100_000)}`,
    );
    expect(tenant).toHaveLength(128);
    expect(masked.length).toBeLessThanOrEqual(4096);
  });
});
