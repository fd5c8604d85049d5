/** Runs inside the emulated machine: watches one process that calls everywhere, and prints what the agent saw. */
import { createSocket } from "node:dgram";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { release } from "node:os";
import { listenDns } from "../../capture/dns-server.js";
import { listen } from "../../capture/listen.js";
import { ofType, record } from "../../capture/record.js";
import { blockedFindingsOf } from "./blocked-findings.js";
import { findingsOf } from "./findings.js";
import { ports, resolver } from "./ports.js";
import { readRefusals } from "./refusals.js";
import { type GuestReport, reportMark } from "./report.js";

const anyAddress = "::";

const udp = createSocket("udp4").bind(ports.udp, "127.0.0.1");
const servers = [
  await listen(
    createServer((socket) => socket.end("hello")),
    anyAddress,
    ports.tcp,
  ),
  await listen(
    createHttpServer((_, response) => response.end("ok")),
    anyAddress,
    ports.web,
  ),
  await listenDns(resolver, {
    "dns.example.test": {
      answers: [{ type: "A", name: "dns.example.test", ttl: 60, data: "127.0.0.1" }],
    },
  }),
];

const recording = await record([process.execPath, "/agent/caller.js"], {
  environment: { GITHUB_ACTION: "build" },
});
const blocked = await record([process.execPath, "/agent/blocked-caller.js"], {
  policy: {
    allow: [`dns.example.test:${ports.tcp}`],
    resolvers: [resolver],
    loopback: false,
    failClosed: true,
  },
});
const report: GuestReport = {
  kernel: release(),
  arch: process.arch,
  blindSpots: ofType(blocked, "capture.started").flatMap(({ agent }) => agent.blind_spots ?? []),
  refusals: readRefusals(),
  findings: { ...findingsOf(recording), ...blockedFindingsOf(blocked) },
};
console.log(reportMark + JSON.stringify(report));

udp.close();
await Promise.all(servers.map((server) => server.close()));
