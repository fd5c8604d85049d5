import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { memoryStore } from "@straycall/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startService } from "../../examples/reference-service/src/service.js";
import { fencedBlock } from "./fenced-block.js";

const here = dirname(fileURLToPath(import.meta.url));
const readme = readFileSync(join(here, "../../README.md"), "utf8");

const block = (name: string) => fencedBlock(readme, name);

/** Where the blocks are written to: inside the workspace, so that their imports are found. */
const blocks = mkdtempSync(join(here, ".blocks-"));
const workFolder = mkdtempSync(join(tmpdir(), "straycall-readme-"));

interface Received {
  headers: IncomingMessage["headers"];
  body: string;
}
const received: Received[] = [];
const receiver = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    received.push({ headers: request.headers, body });
    response.end("ok");
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  receiver.close();
  for (const folder of [blocks, workFolder]) rmSync(folder, { recursive: true, force: true });
});

const receiverUrl = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;

async function importBlock(name: string) {
  const file = join(blocks, name);
  writeFileSync(file, block(name));
  return import(file);
}

const callTo = (id: string, domain: string) => ({
  id,
  time: 1_700_000_000_000,
  type: "network.connect",
  connection: { id },
  process: { pid: 7, args: ["curl", domain] },
  destination: { domain, port: 443 },
  network: { transport: "udp" },
});

describe("the README's code", () => {
  it("embeds the monitor: five runs teach, the sixth is told in Slack once", async () => {
    process.env.SLACK_WEBHOOK_URL = receiverUrl();
    const folder = process.cwd();
    process.chdir(workFolder);
    const { observeBuild } = await importBlock("embed.ts");
    process.chdir(folder);
    received.length = 0;
    for (let run = 1; run <= 5; run += 1) {
      expect(await observeBuild(`run-${run}`, [callTo("a", "a.example")])).toEqual([]);
    }
    const events = [callTo("a", "a.example"), callTo("b", "b.example")];
    expect(await observeBuild("run-6", events)).toMatchObject([{ subject: "b.example:443" }]);
    expect(await observeBuild("run-7", events)).toEqual([]);
    expect(received.map(({ body }) => body.includes("b.example:443"))).toEqual([true]);
  });

  it("writes a notifier that the monitor can use", async () => {
    const { createMonitor } = await import("@straycall/core");
    const { pagerNotifier } = await importBlock("pager.ts");
    received.length = 0;
    const monitor = createMonitor({
      store: memoryStore(),
      notifiers: [pagerNotifier(receiverUrl())],
      baseline: { learningRuns: 0 },
    });
    const job = { platform: "local", repository: "r", workflow: "w", job: "j" };
    await monitor.ingest({ run: { job, runId: "1" }, events: [callTo("a", "a.example")] });
    await monitor.close();
    expect(received).toHaveLength(1);
    expect(received[0]?.body).toContain("a.example:443");
    expect(received[0]?.headers["idempotency-key"]).toMatch(/:pager$/);
  });

  it("posts events to the reference service", async () => {
    const service = await startService({
      PORT: "0",
      STRAYCALL_DATA: workFolder,
      STRAYCALL_INGEST_TOKEN: "readme-token-0123456789",
    });
    const file = join(blocks, "ingest.mjs");
    writeFileSync(file, block("ingest.mjs"));
    const { stdout } = await promisify(execFile)(process.execPath, [file], {
      env: {
        ...process.env,
        STRAYCALL_URL: service.url,
        STRAYCALL_INGEST_TOKEN: "readme-token-0123456789",
      },
    });
    await service.close();
    expect(JSON.parse(stdout)).toMatchObject({ stored: 2, rejected: [] });
  });
});
