import { request } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { IngestAnswer } from "../../src/api/ingest-route.js";
import type { ApiError } from "../../src/routes/api-error.js";
import { callEvents, job, runBatch, runFinished, runOf } from "../sample-events.js";
import { type TestService, testService, token } from "../test-service.js";

let service: TestService;
beforeEach(async () => {
  service = await testService();
});
afterEach(() => service.close());

const ingest = async (batch: unknown): Promise<IngestAnswer> =>
  JSON.parse(await (await service.post(batch)).text());

const call = callEvents({ domain: "api.example" });

describe("POST /api/v1/events", () => {
  it("takes a batch and says what became of it", async () => {
    const answer = await service.post({ run: runOf("1"), events: call });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      stored: 3,
      duplicates: 0,
      rejected: [],
      detections: [],
    });
  });

  it("names the detection that the batch made, and makes it once", async () => {
    await service.post(runBatch("1", [{ domain: "api.example" }]));
    const batch = runBatch("2", [{ domain: "api.example" }, { domain: "new.example", pid: 9 }]);
    const { detections } = await ingest(batch);
    expect(detections).toHaveLength(1);
    const detection = await service.getJson(`/api/v1/detections/${detections[0]}`);
    expect(detection).toMatchObject({ subject: "new.example:443", jobKey: expect.any(String) });

    const again = await ingest({ ...batch, run: runOf("3") });
    expect(again.detections).toEqual([]);
  });

  it("takes events that come twice once", async () => {
    await service.post({ run: runOf("1"), events: call });
    const answer = await service.post({ run: runOf("1"), events: call });
    expect(await answer.json()).toMatchObject({ stored: 0, duplicates: 3 });
  });

  it("refuses a malformed event by itself, naming the field", async () => {
    const [connect, ...rest] = call;
    const malformed = { ...connect, id: "bad", destination: { ip: "203.0.113.9", port: 70_000 } };
    const answer = await service.post({ run: runOf("1"), events: [connect, malformed, ...rest] });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      stored: 3,
      rejected: [{ index: 1, field: "destination.port", message: expect.any(String) }],
    });
  });

  it("refuses a malformed batch, naming the field", async () => {
    const answer = await service.post({
      run: { job: { ...job, job: "" }, runId: "1" },
      events: [],
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: { code: "EVENT_INVALID", field: "run.job.job", message: expect.any(String) },
    });
  });

  it.each([
    ["no JSON", "{", undefined],
    ["no object", "7", "run"],
    ["no run", "{}", "run"],
    ["no events", '{"run":{}}', "events"],
  ])("refuses a body that holds %s", async (_, body, field) => {
    const answer = await service.post(body);
    expect(answer.status).toBe(400);
    const { error }: { error: ApiError } = JSON.parse(await answer.text());
    expect(error.code).toBe("EVENT_INVALID");
    expect(error.field).toBe(field);
  });

  it("takes lines of JSON, and a broken line costs only itself", async () => {
    const lines = [{ run: runOf("1") }, call[0], "broken", ...call.slice(1), runFinished];
    const body = lines.map((line) => (line === "broken" ? '{"id":' : JSON.stringify(line)));
    const answer = await service.post(`${body.join("\n")}\n\n`, {
      "Content-Type": "application/x-ndjson",
    });
    expect(await answer.json()).toMatchObject({
      stored: 4,
      rejected: [{ index: 1, message: "the line is not JSON" }],
    });
  });

  it("takes more lines at once than the monitor does", async () => {
    const lines = Array.from({ length: 10_001 }, (_, index) =>
      JSON.stringify({ id: `${index}`, time: 1, type: "process.exit", process: { pid: index } }),
    );
    lines.push('{"id":"bad"}');
    const answer = await service.post([JSON.stringify({ run: runOf("1") }), ...lines].join("\n"), {
      "Content-Type": "application/x-ndjson",
    });
    expect(await answer.json()).toMatchObject({ stored: 10_001, rejected: [{ index: 10_001 }] });
  });

  it("takes no other type of body", async () => {
    const answer = await service.post("a=b", {
      "Content-Type": "application/x-www-form-urlencoded",
    });
    expect(answer.status).toBe(415);
  });

  it.each([
    ["no token", ""],
    ["a wrong token", "Bearer wrong-token-0123456789"],
    ["half the token", `Bearer ${token.slice(0, 10)}`],
    ["another scheme", `Basic ${token}`],
  ])("refuses %s and stores nothing", async (_, authorization) => {
    const answer = await service.post(
      { run: runOf("1"), events: call },
      { Authorization: authorization },
    );
    expect(answer.status).toBe(401);
    expect(answer.headers.get("WWW-Authenticate")).toContain("Bearer");
    expect(await answer.json()).toMatchObject({ error: { code: "UNAUTHORIZED" } });
    expect((await service.store.runs.list()).items).toEqual([]);
  });

  it("refuses a body over 8 MiB that says its length", async () => {
    const answer = await service.post("x".repeat(8 * 1024 * 1024 + 1));
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ error: { code: "BODY_TOO_LARGE" } });
  });

  it("refuses a body over 8 MiB that does not say its length", async () => {
    expect(await postInChunks(`${service.url}/api/v1/events`, 9)).toBe(413);
  });

  it("refuses who asks too often, and says how long to wait", async () => {
    const strict = await testService({ rateLimit: { burst: 2, perSecond: 0.001 } });
    const statuses: number[] = [];
    let last = new Response();
    for (let count = 0; count < 3; count += 1) {
      last = await strict.post({ run: runOf("1"), events: [] }, { Authorization: "" });
      statuses.push(last.status);
    }
    await strict.close();
    expect(statuses).toEqual([401, 401, 429]);
    expect(Number(last.headers.get("Retry-After"))).toBeGreaterThan(0);
  });

  it("tells nothing of what went wrong inside", async () => {
    const logged: object[] = [];
    const logger = {
      debug() {},
      info() {},
      warn() {},
      error: (fields: object) => logged.push(fields),
    };
    const broken = await testService({ logger });
    await broken.store.close();
    const answer = await broken.post({ run: runOf("1"), events: call });
    const text = await answer.text();
    await broken.close();
    expect(answer.status).toBe(500);
    expect(JSON.parse(text).error.code).toBe("INTERNAL");
    expect(text).not.toContain("closed");
    expect(logged).toHaveLength(1);
  });
});

/** Sends megabytes without a Content-Length, as fetch cannot. Answers with the status. */
function postInChunks(url: string, megabytes: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sending = request(url, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    });
    sending.on("response", (response) => {
      resolve(response.statusCode);
      sending.destroy();
    });
    sending.on("error", reject);
    for (let count = 0; count < megabytes; count += 1) sending.write("x".repeat(1024 * 1024));
    sending.end();
  });
}
