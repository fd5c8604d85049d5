import { describe, expect, it } from "vitest";
import { observedRequest } from "../../src/model/route.js";

const routeOf = (path: string, host = "api.example.com") =>
  observedRequest(host, "GET", path).route;

describe("the route of a path", () => {
  it.each([
    ["/", "/"],
    ["", "/"],
    ["/v4/users/?page=2", "/v4/users"],
    ["/runs/9817204401/artifacts", "/runs/<n>/artifacts"],
    ["/v1.41/containers/json", "/<version>/containers/json"],
    ["/left-pad/-/left-pad-1.3.0.tgz", "/left-pad/-/left-pad-<version>.tgz"],
    [
      "/dist/v20.11.0/node-v20.11.0-linux-x64.tar.gz",
      "/dist/<version>/node-<version>-linux-x<n>.tar.gz",
    ],
    ["/x/2.0.0-rc.1/y", "/x/<version>/y"],
    ["/static/main.3fa29b1c.js", "/static/main.<hex>.js"],
    ["/commit/cc2b4343cb5c5e30b82145cdc39e0dd4d53f11e9", "/commit/<hex>"],
    ["/o/9f1b6a52-3c1e-4f0a-8b7d-2e5a6c7d8e9f/x", "/o/<hex>/x"],
    ["/blobs/sha256:e3b0c44298fc1c149afbf4c8996fb924", "/blobs/<hex>"],
    ["/d/q7Xk2LmZp9Rt4Vw8Bn", "/d/<random>"],
    ["/d/aB3_x-9KqLm2Zp-Rt4Vw8", "/d/<random>"],
    ["/d/xqzvkjtpwq", "/d/<random>"],
    ["/files/hello%20world.txt", "/files/<encoded>"],
    ["/bot123456:***/send", "/<secret>/send"],
    ["/a;jsessionid=77A0F3/b", "/a/b"],
    ["/a/%2e%2e/b//c/", "/b/c"],
    ["/oauth2/token", "/oauth2/token"],
    ["/Release_Notes-2024-Final", "/Release_Notes-<n>-Final"],
  ])("masks what varies: %s is %s", (path, route) => {
    expect(routeOf(path)).toBe(route);
  });

  it("has at most eight segments", () => {
    expect(routeOf("/a/b/c/d/e/f/g/h")).toBe("/a/b/c/d/e/f/g/h");
    expect(routeOf("/a/b/c/d/e/f/g/h/i")).toBe("/a/b/c/d/e/f/g/<more>");
  });

  it("tells data from names by length", () => {
    expect(routeOf(`/log/${"secret.".repeat(30)}`)).toBe("/log/<long>");
  });
});

describe("a request to a host that many share", () => {
  it("says whose part it is, and has one route for all", () => {
    const one = observedRequest("api.github.com", "GET", "/repos/octocat/hello-world/pulls/7");
    const other = observedRequest("api.github.com", "GET", "/repos/acme/web-shop/pulls/12");
    expect(one).toEqual({
      method: "GET",
      route: "/repos/<tenant>/<name>/pulls/<n>",
      tenant: "octocat",
    });
    expect(other).toEqual({ ...one, tenant: "acme" });
  });
});

describe("the method of a request", () => {
  it("is written in upper case, known or not, and is bounded", () => {
    expect(observedRequest("example.com", "post", "/").method).toBe("POST");
    expect(observedRequest("example.com", "propfind", "/").method).toBe("PROPFIND");
    expect(observedRequest("example.com", "x".repeat(1000), "/").method).toBe(`${"X".repeat(15)}…`);
  });
});

describe("hostile requests", () => {
  it("are bounded and visible", () => {
    const hostile = [
      "/a".repeat(10_000),
      `/${"a".repeat(1_000_000)}`,
      `/${"1.".repeat(60)}`,
      "/%".repeat(5_000),
      "/<tenant>/<".repeat(500),
      "/\0\r\n\u202e\x1b[2J/x",
      "/__proto__/constructor",
      "*",
      "example.com:443",
      "http://example.com/x",
      "?",
      "\ud800/\udc00",
      "/../../..",
    ];
    for (const path of hostile) {
      const { method, route, tenant = "" } = observedRequest("github.com", "__proto__\n", path);
      expect(method).toBe("__PROTO__\\n");
      expect(route).toMatch(/^\/[\x21-\x7e…\ufffd]*$/);
      expect(route.length).toBeLessThanOrEqual(8 * 65);
      expect(route.split("/").length).toBeLessThanOrEqual(9);
      expect(tenant.length).toBeLessThanOrEqual(128);
    }
  });
});
