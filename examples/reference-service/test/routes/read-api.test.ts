import { type Call, type Detection, type Page, type RunRecord, runKey } from "@straycall/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runBatch, runOf } from "../sample-events.js";
import { type TestService, testService } from "../test-service.js";

let service: TestService;
beforeAll(async () => {
  service = await testService();
  for (const runId of ["1", "2", "3"]) {
    await service.post(runBatch(runId, [{ domain: "api.example" }]));
  }
  await service.post(
    runBatch("4", [{ domain: "api.example" }, { domain: "new.example", pid: 12 }]),
  );
  await service.idle();
});
afterAll(() => service.close());

const key = encodeURIComponent(runKey(runOf("4")));
const runs = (query: string) => service.getJson<Page<RunRecord>>(`/api/v1/runs?${query}`);
const calls = (query: string) => service.getJson<Page<Call>>(`/api/v1/runs/${key}/calls?${query}`);

describe("the JSON API", () => {
  it("lists runs page by page", async () => {
    const first = await runs("limit=3");
    expect(first.items).toHaveLength(3);
    const second = await runs(`limit=3&cursor=${encodeURIComponent(first.next ?? "")}`);
    expect(second.items).toHaveLength(1);
    expect(second.next).toBeUndefined();
    const ids = [...first.items, ...second.items].map((run) => run.runId);
    expect(ids.sort()).toEqual(["1", "2", "3", "4"]);
  });

  it("lists one job's runs", async () => {
    const { jobKey } = await service.getJson<RunRecord>(`/api/v1/runs/${key}`);
    const own = await runs(`job=${encodeURIComponent(jobKey)}`);
    expect(own.items).toHaveLength(4);
    const other = await runs(`job=${encodeURIComponent(`${jobKey}x`)}`);
    expect(other.items).toEqual([]);
  });

  it("finds a run whose key holds colons, slashes and a hash", async () => {
    expect(await service.getJson(`/api/v1/runs/${key}`)).toMatchObject({
      runId: "4",
      outcome: "success",
      counts: { calls: 2, anomalousCalls: 1 },
    });
  });

  it("lists a run's calls, and the anomalous alone", async () => {
    const all = await calls("");
    expect(all.items).toHaveLength(2);
    const { items } = await calls("anomalous=1");
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ endpoint: { host: "new.example" }, verdict: "anomalous" });
  });

  it("shows a detection with its deliveries", async () => {
    const { items } = await service.getJson<Page<Detection>>("/api/v1/detections");
    expect(items).toHaveLength(1);
    expect(await service.getJson(`/api/v1/detections/${items[0]?.id}`)).toMatchObject({
      subject: "new.example:443",
      deliveries: [{ notifier: "terminal", status: "delivered", attempts: 1 }],
    });
  });

  it.each([
    ["/api/v1/runs/none", "NOT_FOUND"],
    ["/api/v1/runs/none/calls", "NOT_FOUND"],
    ["/api/v1/detections/none", "NOT_FOUND"],
    ["/api/v1/nothing", "NOT_FOUND"],
  ])("answers %s with 404", async (path, code) => {
    const answer = await service.get(path);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code } });
  });

  it.each([
    ["/api/v1/runs?limit=0", "limit"],
    ["/api/v1/runs?limit=many", "limit"],
    ["/api/v1/runs?cursor=junk", "cursor"],
    [`/api/v1/runs/${key}/calls?cursor=%00`, "cursor"],
    ["/api/v1/detections?cursor=[1]", "cursor"],
    ["/api/v1/runs?job=no-key", "job"],
  ])("answers %s with 400 and names the parameter", async (path, field) => {
    const answer = await service.get(path);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: "QUERY_INVALID", field } });
  });
});
