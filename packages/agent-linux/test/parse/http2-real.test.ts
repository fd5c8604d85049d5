import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import {
  type ClientHttp2Session,
  connect,
  createServer,
  type OutgoingHttpHeaders,
} from "node:http2";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { http2Requests } from "../../src/parse/http2-requests.js";
import { http2Responses } from "../../src/parse/http2-responses.js";
import {
  type RecordedConnection,
  type RecordingProxy,
  recordingProxy,
} from "./recorded-connection.js";

const run = promisify(execFile);
const curl = "/usr/bin/curl";

let proxy: RecordingProxy;
let session: ClientHttp2Session;

/** Makes a request over the one session. */
async function ask(headers: OutgoingHttpHeaders, body?: Buffer): Promise<void> {
  const request = session.request(headers, { endStream: body === undefined });
  request.on("error", () => {});
  if (body !== undefined) request.end(body);
  request.resume();
  await once(request, "close");
}

function recorded(index: number): RecordedConnection {
  const connection = proxy.connections[index];
  if (connection === undefined) throw new Error(`there was no connection ${index}`);
  return connection;
}

beforeAll(async () => {
  const server = createServer({ settings: { headerTableSize: 16_384 } });
  server.on("stream", (stream, headers) => {
    stream.on("error", () => {});
    const isMissing = headers[":path"] === "/missing";
    stream.additionalHeaders({ ":status": 103, link: "</style.css>" });
    stream.respond({ ":status": isMissing ? 404 : 200, "x-long": "y".repeat(20_000) });
    stream.end("body");
    stream.resume();
  });
  // A plain server takes connections as this one does; only the type differs.
  proxy = await recordingProxy(server as unknown as Parameters<typeof recordingProxy>[0]);
  session = connect(`http://127.0.0.1:${proxy.port}`);
  await ask({ ":path": "/first?token=1" });
  await ask({ ":path": "/missing", ":method": "DELETE", authorization: "Bearer abc" });
  await ask({ ":path": "/upload", ":method": "POST" }, Buffer.alloc(60_000, 7));
  // More than one frame holds: CONTINUATION.
  await ask({ ":path": "/long", "x-a": "a".repeat(30_000), "x-b": "b".repeat(30_000) });
  await ask({ ":path": "/first?token=1", "x-all": " !\"#$%&'()*+,-./0:;<=>?@AZ[]^_`az{|}~" });
  session.close();
  await once(session, "close");
});

afterAll(() => proxy.close());

describe("what Node's HTTP/2 client says", () => {
  const whole = (stream: number, method: string, path: string) => ({
    stream,
    method,
    scheme: "http",
    authority: `127.0.0.1:${proxy.port}`,
    path,
    ...(method === "POST" ? {} : { bodyBytes: 0 }),
    isWhole: true,
  });
  const said = () => [
    whole(1, "GET", "/first?token=1"),
    whole(3, "DELETE", "/missing"),
    whole(5, "POST", "/upload"),
    whole(7, "GET", "/long"),
    whole(9, "GET", "/first?token=1"),
  ];

  it("is its requests", () => {
    const reader = http2Requests();
    expect(recorded(0).fromClient.flatMap(reader.hear)).toEqual(said());
    expect(reader.unreadBytes).toBe(0);
  });

  it("is the same in single bytes", () => {
    const bytes = Buffer.concat(recorded(0).fromClient);
    const reader = http2Requests();
    const heard = [...bytes.keys()].flatMap((at) => reader.hear(bytes.subarray(at, at + 1)));
    expect(heard).toEqual(said());
  });

  it("is known in part by a reader that missed the beginning", () => {
    const pieces = recorded(0).fromClient;
    const early = http2Requests();
    const first = pieces.findIndex((piece) => early.hear(piece).length > 0);
    const reader = http2Requests();
    expect(pieces.slice(first + 1).flatMap(reader.hear)).toEqual([
      // The name of the server was said with the first request, and is only pointed at since.
      {
        stream: 3,
        method: "DELETE",
        scheme: "http",
        path: "/missing",
        bodyBytes: 0,
        isWhole: false,
      },
      { stream: 5, method: "POST", scheme: "http", path: "/upload", isWhole: false },
      { stream: 7, method: "GET", scheme: "http", path: "/long", bodyBytes: 0, isWhole: false },
      {
        stream: 9,
        method: "GET",
        scheme: "http",
        path: "/first?token=1",
        bodyBytes: 0,
        isWhole: false,
      },
    ]);
    expect(reader.unreadBytes).toBe(0);
  });
});

describe("what Node's HTTP/2 server says", () => {
  it("is its statuses, the early ones too", () => {
    const reader = http2Responses();
    expect(recorded(0).fromServer.flatMap(reader.hear)).toEqual(
      [200, 404, 200, 200, 200].flatMap((status, index) => [
        { stream: 2 * index + 1, status: 103 },
        { stream: 2 * index + 1, status },
      ]),
    );
    expect(reader.unreadBytes).toBe(0);
  });
});

describe.skipIf(!existsSync(curl))("what curl says", () => {
  it("is its requests", async () => {
    const before = proxy.connections.length;
    const url = `http://127.0.0.1:${proxy.port}`;
    await run(curl, [
      "-s",
      "--http2-prior-knowledge",
      "-d",
      "a=b",
      `${url}/form`,
      "-o",
      "/dev/null",
    ]);
    const reader = http2Requests();
    expect(recorded(before).fromClient.flatMap(reader.hear)).toEqual([
      {
        stream: 1,
        method: "POST",
        scheme: "http",
        authority: `127.0.0.1:${proxy.port}`,
        path: "/form",
        bodyBytes: 3,
        isWhole: true,
      },
    ]);
  });
});
