/* The servers that the recorded job talks to, one process for all: usage: servers.ts WORLD */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { join } from "node:path";
import { gitHttp } from "./git-http.js";
import { packageRegistry } from "./package-registry.js";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const [, , world] = process.argv;
if (world === undefined) throw new Error("usage: servers.ts WORLD");

const binary = randomBytes(180_000);

const answer =
  (status: number, body: string | Buffer, type = "application/json"): Handler =>
  (request, response) => {
    request.resume();
    request.on("end", () => response.writeHead(status, { "Content-Type": type }).end(body));
  };

const prices = answer(200, '{"currency":"EUR","prices":{"lamp":12.5,"chair":79}}');
const health = answer(200, '{"status":"ok"}');
const created = answer(201, '{"status":"created"}');

const handlers: Record<string, Handler> = {
  "git.acme.example": gitHttp(join(world, "git")),
  "packages.acme.example": packageRegistry(join(world, "registry")),
  "cdn.acme.example": answer(200, binary, "application/octet-stream"),
  "api.acme.example": (request, response) => {
    if (request.method === "POST") created(request, response);
    else if (request.url === "/v1/prices") prices(request, response);
    else health(request, response);
  },
  "artifacts.acme.example": created,
  "stats.collect-metrics.example": answer(202, "{}"),
};

const serve: Handler = (request, response) => {
  const handle = handlers[request.headers.host ?? ""] ?? answer(404, "{}");
  handle(request, response);
};

const certificate = {
  key: readFileSync(join(world, "server.key")),
  cert: readFileSync(join(world, "server.pem")),
};
createSecureServer(certificate, serve).listen(443, "::");
createServer(serve).listen(80, "::");
