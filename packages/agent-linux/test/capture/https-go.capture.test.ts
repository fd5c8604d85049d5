import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildGoClient } from "./go-program.js";
import type { Listening } from "./listen.js";
import { callsTo, ofType, type Recording, record, requireRoot } from "./record.js";
import { secureServer } from "./secure-server.js";

/** To build a program of Go, and what it is made of, with other things going on. */
const buildMs = 300_000;
const request = (method: string, path: string, call = 0) => ({ method, path, call });

let folder: string;
let server: Listening;
const clients: string[] = [];

beforeAll(async () => {
  requireRoot();
  folder = mkdtempSync(join(tmpdir(), "straycall-go-"));
  for (const stripped of [false, true]) clients.push(buildGoClient(folder, { stripped }));
  server = await secureServer(folder);
}, buildMs);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const url = (path: string) => `https://127.0.0.1:${server.port}${path}`;

/** Starts the program once without a request, so that the agent has seen it. */
function recordSeen(client: string, ...args: string[]): Promise<Recording> {
  return record(["/bin/sh", "-c", '"$1" http1; sleep 1; exec "$@"', "sh", client, ...args]);
}

function requestsOf(recording: Recording) {
  expect(ofType(recording, "capture.lost")).toEqual([]);
  const calls = callsTo(recording, server.port).map(({ connection }) => connection.id);
  return ofType(recording, "http.request").map(({ http, url: { path }, connection }) => ({
    method: http.request.method,
    path,
    call: calls.indexOf(connection.id),
  }));
}

describe("requests of Go programs, from the real kernel", () => {
  it("are told by HTTP/1.1 and HTTP/2, also of a stripped program, and their bodies are not", async () => {
    const asked = [`GET ${url("/first?a=b")}`, `POST ${url("/upload")}`, `DELETE ${url("/last")}`];
    for (const client of clients) {
      for (const version of ["http1", "http2"]) {
        const recording = await recordSeen(client, version, ...asked);
        expect(recording.output).toMatch(
          version === "http1" ? /^(HTTP\/1.1 200\n){3}$/ : /^(HTTP\/2.0 200\n){3}$/,
        );
        expect(requestsOf(recording)).toEqual([
          request("GET", "/first?a=b"),
          request("POST", "/upload"),
          request("DELETE", "/last"),
        ]);
        expect(JSON.stringify(ofType(recording, "http.request"))).not.toContain("secret body");
      }
    }
  });

  it("are not told with another of many calls at once", async () => {
    const [client = ""] = clients;
    const many = 100;
    const address = `127.0.0.1:${server.port}`;
    const recording = await recordSeen(client, "side-by-side", String(many), address);
    const ports = new Map(
      ofType(recording, "network.result").map((event) => [event.connection.id, event.source?.port]),
    );
    const requests = ofType(recording, "http.request");
    for (const { connection, url: asked } of requests) {
      expect(asked.path).toBe(`/${ports.get(connection.id)}`);
    }
    // Go may move a goroutine to another thread between the two moments that show which call it is.
    const lost = ofType(recording, "capture.lost").reduce(
      (sum, event) => sum + event.lost.count,
      0,
    );
    expect(requests.length + lost).toBe(many);
    expect(requests.length).toBeGreaterThan(many / 2);
  });
});
