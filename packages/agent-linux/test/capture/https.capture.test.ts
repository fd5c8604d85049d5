import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Listening } from "./listen.js";
import { openssl1Node } from "./openssl1-node.js";
import { callsTo, ofType, type Recording, record, requireRoot } from "./record.js";
import { secureServer } from "./secure-server.js";

const trusting = {
  environment: { NODE_TLS_REJECT_UNAUTHORIZED: "0", NODE_NO_WARNINGS: "1", GIT_SSL_NO_VERIFY: "1" },
};
const curl = ["/usr/bin/curl", "--silent", "--insecure"];
const node = (script: string) => [process.execPath, "-e", script];
const python = (script: string) => ["/usr/bin/python3", "-c", script];
const request = (method: string, path: string, call = 0, status = 200) => ({
  method,
  path,
  call,
  status,
});

let folder: string;
let server: Listening;

beforeAll(async () => {
  requireRoot();
  folder = mkdtempSync(join(tmpdir(), "straycall-https-"));
  server = await secureServer(folder);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const url = (path = "") => `https://127.0.0.1:${server.port}${path}`;

/** Every request with the number of its call and its answer, in the order of time; nothing may be lost. */
function requestsOf(recording: Recording) {
  expect(ofType(recording, "capture.lost")).toEqual([]);
  const calls = callsTo(recording, server.port).map(({ connection }) => connection.id);
  const key = (connection: { id: string }, id = "") => `${connection.id} ${id}`;
  const statuses = new Map(
    ofType(recording, "http.response").map(({ connection, http }) => [
      key(connection, http.request.id),
      http.response.status_code,
    ]),
  );
  return ofType(recording, "http.request").map(({ http, url: { path }, connection }) => ({
    method: http.request.method,
    path,
    call: calls.indexOf(connection.id),
    status: statuses.get(key(connection, http.request.id)),
  }));
}

const requestsBy = async (command: readonly string[]) =>
  requestsOf(await record(command, trusting));

describe("requests inside TLS, from the real kernel", () => {
  it("tells every request that curl makes on one connection by HTTP/1.1", async () => {
    const command = [...curl, "--http1.1", url("/first?a=b"), url("/second")];
    const expected = [request("GET", "/first?a=b"), request("GET", "/second")];
    expect(await requestsBy(command)).toEqual(expected);
  });

  it("tells every request that curl makes on one connection by HTTP/2", async () => {
    const command = [...curl, "--http2", "--request", "DELETE", url("/first?a=b"), url("/second")];
    const expected = [request("DELETE", "/first?a=b"), request("DELETE", "/second")];
    expect(await requestsBy(command)).toEqual(expected);
  });

  it("tells the request and not the body, where that is larger than what TLS takes at once", async () => {
    for (const version of ["--http1.1", "--http2"]) {
      const body = "secret body ".repeat(8_000);
      const recording = await record([...curl, version, "--data", body, url("/upload")], trusting);
      expect(requestsOf(recording)).toEqual([request("POST", "/upload")]);
      expect(JSON.stringify(ofType(recording, "http.request"))).not.toContain("secret body");
    }
  });

  it("tells how each request was answered, and how long its body was", async () => {
    for (const version of ["--http1.1", "--http2"]) {
      const more = ["--next", ...curl.slice(1), version, "--data", "12345", url("/missing")];
      const recording = await record([...curl, version, url("/a"), ...more], trusting);
      const expected = [request("GET", "/a"), request("POST", "/missing", 0, 404)];
      expect(requestsOf(recording)).toEqual(expected);
      const bodies = ofType(recording, "http.request").map(({ http }) => http.request.body?.bytes);
      expect(bodies).toEqual([0, 5]);
    }
  });

  it("hears Node's https, which TLS makes wait for the handshake, just once", async () => {
    const script = `require("https").request("${url("/node")}", { method: "PUT" }, (r) => r.resume()).end("x")`;
    expect(await requestsBy(node(script))).toEqual([request("PUT", "/node")]);
  });

  it("does not mix up connections that Node's fetch opens side by side", async () => {
    const script = `
      const get = (path) => fetch("${url()}" + path).then((response) => response.text());
      Promise.all(["/a", "/b", "/c", "/d"].map(get)).then(() => process.exit())`;
    const recording = await record(node(script), trusting);
    const requests = requestsOf(recording);
    expect(requests.map(({ path }) => path).sort()).toEqual(["/a", "/b", "/c", "/d"]);
    expect(requests.map(({ call }) => call).sort()).toEqual([0, 1, 2, 3]);
  });

  it("hears Node's http2 make requests side by side", async () => {
    const script = `
      const client = require("http2").connect("${url()}");
      let open = 2;
      for (const path of ["/one", "/two"])
        client.request({ ":path": path, ":method": "POST" })
          .on("end", () => --open || client.close()).resume().end("body")`;
    const expected = [request("POST", "/one"), request("POST", "/two")];
    expect(await requestsBy(node(script))).toEqual(expected);
  });

  it("hears Python, a connection for each request", async () => {
    const script = `
import ssl, urllib.request
context = ssl._create_unverified_context()
for path in ("/one", "/two"):
    urllib.request.urlopen("${url()}" + path, context=context).read()`;
    const expected = [request("GET", "/one", 0), request("GET", "/two", 1)];
    expect(await requestsBy(python(script))).toEqual(expected);
  });

  it("does not mix up connections of one thread and of many", async () => {
    const script = `
import asyncio, ssl, threading, urllib.request
context = ssl._create_unverified_context()
async def ask(number):
    reader, writer = await asyncio.open_connection("127.0.0.1", ${server.port}, ssl=context)
    port = writer.get_extra_info("sockname")[1]
    writer.write(b"GET /%d HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n" % port)
    await reader.read()
    writer.close()
async def ask_all():
    await asyncio.gather(*[ask(number) for number in range(25)])
threads = [threading.Thread(target=lambda: asyncio.run(ask_all())) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()`;
    const recording = await record(python(script), trusting);
    expect(requestsOf(recording)).toHaveLength(100);
    const ports = new Map(
      ofType(recording, "network.result").map((event) => [event.connection.id, event.source?.port]),
    );
    for (const { connection, url: asked } of ofType(recording, "http.request")) {
      expect(asked.path).toBe(`/${ports.get(connection.id)}`);
    }
  });

  it("hears OpenSSL 1.1, inside Node 16, by HTTP/1.1 and HTTP/2", async () => {
    const node16 = openssl1Node();
    const { output } = await record([node16, "-p", "process.versions.openssl"]);
    expect(output).toMatch(/^1\.1\./);
    // Started once before, so that the agent has seen it.
    const seen = (script: string) => {
      const twice = '"$1" -e 0; sleep 1; exec "$1" -e "$2"';
      return requestsBy(["/bin/sh", "-c", twice, "sh", node16, script]);
    };
    const https = `require("https").get("${url("/old")}", (r) => r.resume())`;
    expect(await seen(https)).toEqual([request("GET", "/old")]);
    const http2 = `
      const client = require("http2").connect("${url()}");
      client.request({ ":path": "/older" }).on("end", () => client.close()).resume()`;
    expect(await seen(http2)).toEqual([request("GET", "/older")]);
  });

  it("hears git and wget, which use GnuTLS", async () => {
    const git = await requestsBy(["/usr/bin/git", "ls-remote", url("/a.git")]);
    expect(git[0]).toEqual(request("GET", "/a.git/info/refs?service=git-upload-pack"));
    const wget = ["/usr/bin/wget", "-q", "--no-check-certificate", "-O", "/dev/null"];
    expect(await requestsBy([...wget, url("/w")])).toEqual([request("GET", "/w")]);
  });

  it("hears the first request of a program that it never saw before", async () => {
    const unknown = join(folder, "unknown-node");
    copyFileSync(process.execPath, unknown);
    const script = `require("https").get("${url("/unknown")}", (r) => r.resume())`;
    expect(await requestsBy([unknown, "-e", script])).toEqual([request("GET", "/unknown")]);
  });
});
