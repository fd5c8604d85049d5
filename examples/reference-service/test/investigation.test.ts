import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Detection, Investigation, Page } from "@straycall/core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Service, startService } from "../src/service.js";

const folder = mkdtempSync(join(tmpdir(), "straycall-investigation-"));
let service: Service;
beforeAll(async () => {
  const environment = { PORT: "0", STRAYCALL_DATA: folder, STRAYCALL_ADMIN_TOKEN: token };
  service = await startService(environment, { replayRecordings: true, print: () => {} });
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

const token = "admin-token-0123456789";
const ask = (path: string) =>
  fetch(`${service.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
const get = async <T>(path: string): Promise<T> => JSON.parse(await (await ask(path)).text());

it("the recorded theft is traced to the package, its install script, the step and the request", async () => {
  const { items } = await get<Page<Detection>>("/detections");
  const found = await get<Investigation>(`/detections/${items[0]?.id}/investigation`);
  expect(found.suspects[0]).toMatchObject({ kind: "package", name: "fast-image" });
  expect(found.lineage).toBe("install-script");
  expect(found.chain.map(({ commandLine }) => commandLine)).toEqual(
    expect.arrayContaining(["node install.js", expect.stringContaining("npm ci")]),
  );
  expect(found.step).toMatchObject({ step: { id: "__run" }, source: "environment" });
  expect(found.call.http).toMatchObject([{ method: "POST", path: "/v2/report" }]);
  expect(found.suspects.map(({ kind }) => kind)).toContain("commit");
  expect((await ask("/detections/x/investigation")).status).toBe(404);
});
