import { runKey } from "@straycall/core";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runBatch, runOf } from "../sample-events.js";
import { type TestService, testService } from "../test-service.js";

interface Operation {
  operationId: string;
  parameters: { name: string; in: string; required: boolean }[];
  responses: Record<string, { content: Record<string, { schema: object }> }>;
}
interface Description {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

let service: TestService;
let description: Description;
beforeAll(async () => {
  service = await testService();
  await service.post(runBatch("1", [{ domain: "api.example" }]));
  await service.post(runBatch("2", [{ domain: "api.example" }, { domain: "new.example", pid: 9 }]));
  await service.idle();
  description = await service.getJson<Description>("/api/v1/openapi.json");
});
afterAll(() => service.close());

describe("the API's description", () => {
  it("tells of every route of the API, and of no other", () => {
    const told = Object.entries(description.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} /api/v1${path}`),
    );
    const known = service.routes
      .filter(({ method, path }) => method !== "ALL" && path.startsWith("/api/v1/"))
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
    expect(told.sort()).toEqual([...new Set(known)].sort());
    const ids = Object.values(description.paths).flatMap((each) =>
      Object.values(each).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("refers to nothing that is not there", () => {
    const text = JSON.stringify(description);
    for (const [, name = ""] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      expect(description.components.schemas).toHaveProperty(name);
    }
  });

  it("is kept by what is answered", async () => {
    const { items } = (await service.store.detections.list()) ?? { items: [] };
    const [detection] = items;
    const values: Record<string, string> = {
      "/runs/{key}": runKey(runOf("2")),
      "/baselines/{key}": detection?.jobKey ?? "",
      "/detections/{id}": detection?.id ?? "",
      "/runs/{key}/processes/{id}": detection?.evidence.call.processId ?? "",
      "/destinations/{host}": "api.example",
    };
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    ajv.addSchema({ ...description, $id: "api" });
    let checked = 0;
    for (const [path, { get }] of Object.entries(description.paths)) {
      const json = get?.responses[200]?.content["application/json"]?.schema;
      if (json === undefined || path === "/runs/{key}/log") continue;
      const filled = path.replaceAll(/\{\w+\}/g, (part, at: number) => {
        const upTo = path.slice(0, at + part.length);
        return encodeURIComponent(values[upTo] ?? `no value for ${upTo}`);
      });
      const answer = await service.get(`/api/v1${filled}`);
      expect([path, answer.status]).toEqual([path, 200]);
      const validate = ajv.compile(
        JSON.parse(JSON.stringify(json).replaceAll('"#/components', '"api#/components')),
      );
      const body = await answer.json();
      expect([path, validate(body), validate.errors]).toEqual([path, true, null]);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(15);
  });
});

describe("an export", () => {
  const lines = async (path: string) => (await (await service.get(path)).text()).split("\r\n");

  it("holds the whole list, in CSV and as lines of JSON", async () => {
    const [head, first, second, rest] = await lines("/api/v1/runs?format=csv&limit=1");
    expect(head).toMatch(/^"key","repository"/);
    expect([first, second].map((line) => line?.includes("acme/shop"))).toEqual([true, true]);
    expect(rest).toBe("");
    const answer = await service.get("/api/v1/detections?format=ndjson");
    expect(answer.headers.get("content-type")).toContain("application/x-ndjson");
    const [line = ""] = (await answer.text()).trim().split("\n");
    expect(JSON.parse(line)).toMatchObject({ subject: "new.example:443" });
  });

  it("holds no formula", async () => {
    const formula = '=HYPERLINK("http://evil.example")';
    await service.post({
      ...runBatch("3", [{ domain: "api.example", args: [formula, "+1", "\u0000"] }]),
      run: runOf("3"),
    });
    const key = encodeURIComponent(runKey(runOf("3")));
    const [, row = ""] = await lines(`/api/v1/runs/${key}/calls?format=csv`);
    expect(row).not.toMatch(/(^|,)"?[=+@-]/);
  });

  it("of a run is SARIF and OCSF", async () => {
    const key = encodeURIComponent(runKey(runOf("2")));
    const sarif = await service.getJson<{ version: string; runs: { results: object[] }[] }>(
      `/api/v1/runs/${key}/sarif`,
    );
    expect(sarif.version).toBe("2.1.0");
    expect(sarif.runs[0]?.results).toMatchObject([
      {
        ruleId: "new-endpoint",
        level: "error",
        hostedViewerUri: expect.stringContaining("/detections/"),
        locations: [
          { physicalLocation: { artifactLocation: { uri: ".github/workflows/ci.yml" } } },
        ],
      },
    ]);
    const ocsf = await (await service.get(`/api/v1/runs/${key}/ocsf`)).text();
    expect(JSON.parse(ocsf.trim())).toMatchObject({ class_uid: 2004 });
  });

  it("of a baseline is an allow list", async () => {
    const { items } = await service.store.baselines.list();
    const text = await (
      await service.get(`/api/v1/baselines/${encodeURIComponent(items[0] ?? "")}/allow-list`)
    ).text();
    expect(text.split("\n").slice(1)).toEqual([
      "api.example:443",
      "# not reviewed: new.example:443",
      "",
    ]);
  });
});
