import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ChildService, childService } from "./child-service.js";

const folder = mkdtempSync(join(tmpdir(), "straycall-restart-"));
let service: ChildService;
beforeAll(async () => {
  service = await childService({ STRAYCALL_DATA: folder }, []);
});
afterAll(async () => {
  await service?.stop("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
});

/** Asks as who knows the admin token that the service made for itself. */
async function api(method: string, path: string, body?: object) {
  const token = readFileSync(join(folder, "admin-token"), "utf8").trim();
  const response = await fetch(`${service.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(response.status).toBe(200);
  return JSON.parse(await response.text());
}

async function everything() {
  const [{ items: detections }, { items: rules }, settings] = await Promise.all([
    api("GET", "/detections"),
    api("GET", "/suppressions"),
    api("GET", "/settings/notifications"),
  ]);
  return { detections, rules, settings };
}

it("settings, reviews and suppressions survive a service that is killed", async () => {
  const { detections } = await everything();
  const review = { action: "acknowledge", by: "ann", note: "ours" };
  await api("POST", `/detections/${detections[0].id}/review`, review);
  const rule = { match: { host: "*.ci.example" }, reason: "ours", by: "ann" };
  await api("POST", "/suppressions", rule);
  await api("PATCH", "/settings/notifications", { pace: "per-run", by: "bob" });
  const before = await everything();
  await service.stop("SIGKILL");

  service = await childService({ STRAYCALL_DATA: folder }, []);
  expect(await everything()).toEqual(before);
  expect(before).toMatchObject({
    detections: [{ status: "acknowledged", reviews: [{ by: "ann", note: "ours" }] }],
    rules: [{ match: rule.match, createdBy: "ann" }],
    settings: { settings: { pace: "per-run" }, lastChange: { by: "bob" } },
  });
});
