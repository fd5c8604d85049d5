import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type CaptureEvent, createMonitor, runKey } from "@straycall/core";
import { sqliteStore } from "@straycall/store-sqlite";

/*
 * The first byte of each page of the reference service, and of `investigate` by its API, for a run of 50,000 calls by 20,000
 * processes with a build log of 100,000 lines. The peer: the same of a run of 50 calls by 20 processes and 100 lines. No page
 * may take more than twenty times as long.
 */

const limit = 20;
const samples = 15;
const main = fileURLToPath(new URL("../examples/reference-service/src/main.ts", import.meta.url));
const token = "bench-token-0123456789";
const sizes = {
  small: { calls: 50, processes: 20, lines: 100 },
  large: { calls: 50_000, processes: 20_000, lines: 100_000 },
};
type Size = keyof typeof sizes;

const jobOf = (name: string) => ({
  platform: "github",
  repository: "acme/shop",
  workflow: "ci.yml",
  job: name,
});

/** A run: processes below one another, calls spread over them, one of which strays. */
function* eventsOf(size: Size, startedAt: number, strays: boolean): Generator<CaptureEvent> {
  const { calls, processes } = sizes[size];
  const perProcess = calls / processes;
  yield { id: "start", time: startedAt, type: "run.started", run: { commit: "0a1b2c3d" } };
  yield { id: "agent", time: startedAt, type: "capture.started", agent: { name: "bench" } };
  let call = 0;
  for (let at = 0; at < processes; at += 1) {
    const pid = 100 + at;
    const time = startedAt + (at * 600_000) / processes;
    yield {
      id: `x${at}`,
      time,
      type: "process.exec",
      process: {
        pid,
        entity_id: `p${at}`,
        executable: "/usr/bin/node",
        args: ["node", `task-${at}.js`, "--verbose"],
        ...(at === 0 ? {} : { parent: { pid: 100, entity_id: `p${Math.floor((at - 1) / 8)}` } }),
      },
      step: { id: `__run_${Math.floor((at * 10) / processes)}` },
    };
    for (; call < (at + 1) * perProcess; call += 1) {
      const isStray = strays && call === Math.floor(calls / 2);
      const id = `c${call}`;
      const process = { pid, entity_id: `p${at}` };
      yield {
        id: `${id}o`,
        time: time + 1,
        type: "network.connect",
        connection: { id },
        process,
        destination: {
          domain: isStray ? `stray-${size}.example` : `host-${call % 20}.example`,
          ip: "203.0.113.7",
          port: 443,
        },
        network: { transport: "tcp" },
      };
      yield { id: `${id}c`, time: time + 2, type: "network.close", connection: { id } };
    }
  }
  yield { id: "end", time: startedAt + 600_000, type: "run.finished", run: { outcome: "success" } };
}

async function fill(folder: string): Promise<Record<Size, string>> {
  const store = sqliteStore({ path: join(folder, "straycall.db") });
  const monitor = createMonitor({ store, baseline: { learningRuns: 1 } });
  const logs = join(folder, "logs");
  mkdirSync(logs);
  const startedAt = Date.now() - 3_600_000;
  for (const size of Object.keys(sizes) as Size[]) {
    for (const [runId, back, strays] of [
      [`${size}-first`, 2, false],
      [size, 0, true],
    ] as const) {
      let batch: CaptureEvent[] = [];
      const run = { job: jobOf(size), runId };
      for (const event of eventsOf(strays ? size : "small", startedAt - back * 3_600_000, strays)) {
        batch.push(event);
        if (batch.length < 5_000) continue;
        await monitor.ingest({ run, events: batch });
        batch = [];
      }
      await monitor.ingest({ run, events: batch });
    }
    const lines = Array.from({ length: sizes[size].lines }, (_, at) => {
      const time = new Date(startedAt + (at * 600_000) / sizes[size].lines).toISOString();
      return `${time} line ${at}: building something of the shop\n`;
    });
    writeFileSync(join(logs, `${size}.log`), lines.join(""));
  }
  const { items } = await store.detections.list();
  const idOf = (size: Size) =>
    items.find(({ endpoint }) => endpoint.host === `stray-${size}.example`)?.id ?? "";
  const ids = { small: idOf("small"), large: idOf("large") };
  await monitor.close();
  await store.close();
  return ids;
}

async function startService(folder: string) {
  const tsx = ["--conditions=@straycall/source", "--import", import.meta.resolve("tsx")];
  const child = spawn(process.execPath, [...tsx, main, "--empty"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: process.env.PATH,
      PORT: "0",
      STRAYCALL_DATA: folder,
      STRAYCALL_LEARNING_RUNS: "1",
      STRAYCALL_ADMIN_TOKEN: token,
      STRAYCALL_CI_LOGS: join(folder, "logs"),
    },
  });
  let printed = "";
  for await (const chunk of child.stdout) {
    printed += chunk;
    const [, url] = /listens on (\S+)[\s\S]*Stop it/.exec(printed) ?? [];
    if (url !== undefined) return { url, child };
  }
  throw new Error("the service did not start");
}

async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/sign-in`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: url },
    body: new URLSearchParams({ name: "Bench", token, to: "/" }),
  });
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}

export default async function pagesBench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "straycall-bench-"));
  try {
    const detections = await fill(folder);
    const { url, child } = await startService(folder);
    const cookie = await signIn(url);
    const firstByte = async (path: string): Promise<number> => {
      const start = performance.now();
      const answer = await fetch(url + path, { headers: { cookie }, redirect: "manual" });
      const took = performance.now() - start;
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
      await answer.arrayBuffer();
      return took;
    };
    const rows = [];
    for (const [page, pathOf] of Object.entries(pagesOf(detections))) {
      // One after the other: noise hits both.
      const cold = { small: 0, large: 0 };
      const times: Record<Size, number[]> = { small: [], large: [] };
      for (let sample = 0; sample <= samples; sample += 1) {
        for (const size of Object.keys(sizes) as Size[]) {
          const took = await firstByte(pathOf(size));
          if (sample === 0) cold[size] = took;
          else times[size].push(took);
        }
      }
      const [small, large] = [median(times.small), median(times.large)];
      rows.push({
        page,
        "50 calls, ms": round(small),
        "50,000 calls, ms": round(large),
        ratio: round(large / small),
        "first time, ms": round(cold.large),
      });
    }
    child.kill("SIGTERM");
    await once(child, "exit");
    console.table(rows);
    const slow = rows.filter(({ ratio }) => ratio > limit);
    if (slow.length > 0)
      throw new Error(`more than ${limit} times: ${slow.map((row) => row.page)}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function pagesOf(detections: Record<Size, string>): Record<string, (size: Size) => string> {
  const run = (size: Size) =>
    `/runs/${encodeURIComponent(runKey({ job: jobOf(size), runId: size, attempt: 1 }))}`;
  const last = (size: Size) => `p${sizes[size].processes - 1}`;
  return {
    "run: summary": run,
    "run: network events": (size) => `${run(size)}/network`,
    "run: network events, findings only": (size) => `${run(size)}/network?findings=1`,
    "run: network events, a search": (size) => `${run(size)}/network?q=host-7.example`,
    "run: network events, a search in vain": (size) => `${run(size)}/network?q=nothing`,
    "run: process events": (size) => `${run(size)}/processes`,
    "run: process events, a search in vain": (size) => `${run(size)}/processes?q=nothing`,
    "run: timeline": (size) => `${run(size)}/timeline`,
    "run: build log": (size) => `${run(size)}/log`,
    "process: the first": (size) => `${run(size)}/processes/p0`,
    "process: the last": (size) => `${run(size)}/processes/${last(size)}`,
    detection: (size) => `/detections/${detections[size]}`,
    "investigate, by the API": (size) => `/api/v1/detections/${detections[size]}/investigation`,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const round = (value: number) => Number(value.toPrecision(3));
