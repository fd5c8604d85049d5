import { type CaptureEvent, type RunRecord, runKey } from "@straycall/core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { callEvents, runFinished, runOf } from "../sample-events.js";
import { type TestService, testService } from "../test-service.js";

let service: TestService;
beforeEach(async () => {
  service = await testService();
});
afterEach(() => service.close());

const agent = { name: "linux", ephemeral_id: "4f" };
const time = runFinished.time - 1_000;

/** A whole run as `straycall-agent run --events` writes it: what the agent numbered, and the end of the run. */
function recordedLines(): string[] {
  const captured = callEvents({ domain: "api.example" });
  const sent = { events: captured.length + 1, lost: 0 };
  const numbered = [
    { time, type: "capture.started", agent: { ...agent, heartbeat_ms: 500 } },
    ...captured,
    { time: time + 20, type: "capture.stopped", agent, sent, reason: "was told to" },
  ].map((event, place) => ({ ...event, id: `${agent.ephemeral_id}-${place + 1}` }));
  return [{ run: runOf("1") }, ...numbered, runFinished].map((line) => JSON.stringify(line));
}

async function coverageOf(lines: readonly string[]): Promise<RunRecord["coverage"]> {
  const answer = await service.post(lines.join("\n"), { "Content-Type": "application/x-ndjson" });
  expect(answer.status).toBe(200);
  const run = await service.getJson<RunRecord>(
    `/api/v1/runs/${encodeURIComponent(runKey(runOf("1")))}`,
  );
  return run.coverage;
}

const typeOf = (line: string) => (JSON.parse(line) as CaptureEvent).type;

it("a log that is whole leaves the coverage full", async () => {
  expect(await coverageOf(recordedLines())).toEqual({ level: "full", lost: 0, reasons: [] });
});

it("a log without the line of a call says exactly how many events are missing", async () => {
  const lines = recordedLines().filter((line) => typeOf(line) !== "network.connect");
  expect(await coverageOf(lines)).toEqual({
    level: "partial",
    lost: 1,
    reasons: ["1 events lost: the capture agent sent them, and they never came"],
  });
});

it("a log whose end was cut off says so, also if only the end of the run was kept", async () => {
  const cut = recordedLines().filter((line) => typeOf(line) !== "capture.stopped");
  expect((await coverageOf(cut)).reasons.join()).toContain("linux never said that it stopped");
});

it("a log that ends in the middle says so on the run's page, in words", async () => {
  const cut = recordedLines().slice(0, 3);
  await coverageOf(cut);
  await expect
    .poll(
      () =>
        service.get(`/runs/${encodeURIComponent(runKey(runOf("1")))}`).then((page) => page.text()),
      {
        timeout: 30_000,
        interval: 500,
      },
    )
    .toContain("linux has said nothing since");
}, 40_000);
