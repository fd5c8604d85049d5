import { type Detection, runKey } from "@straycall/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { job, runBatch, runOf } from "../sample-events.js";
import { adminToken, signIn, type TestService, testService, token } from "../test-service.js";

/* Every route, also one that is added tomorrow: refuses without sign-in, and tells nothing of another repository. */

/** What is open to all: the way in, and what pages are drawn with. */
const open = ["GET /sign-in", "POST /sign-in", "POST /sign-out", /^GET \/assets\//];

/** Of one repository; the other's runs hold this word wherever a text can stand. */
const secret = "wonderland";
const theirs = { ...job, repository: `${secret}/shop`, workflow: `${secret}.yml`, job: secret };
const theirRun = { job: theirs, runId: secret, attempt: 1 };

let service: TestService;
let tokens: { read: string; ingest: string };
let detections: { ours: Detection; theirs: Detection };

async function makeToken(right: "read" | "ingest", repositories: string[]): Promise<string> {
  const answer = await fetch(`${service.url}/api/v1/tokens`, {
    method: "POST",
    headers: { authorization: `Bearer ${adminToken}`, "content-type": "application/json" },
    body: JSON.stringify({ name: `${right} ours`, right, repositories }),
  });
  return JSON.parse(await answer.text()).token;
}

beforeAll(async () => {
  service = await testService({ learningRuns: 0 });
  await service.post(runBatch("1", [{ domain: "ours.example", pid: 4711 }]));
  const batch = runBatch("1", [{ domain: `${secret}.example`, pid: 4711, args: [secret] }]);
  await service.post({ ...batch, run: theirRun });
  await service.idle();
  const { items } = await service.store.detections.list();
  const of = (repository: string) => items.find((each) => each.job.repository === repository);
  detections = { ours: of(job.repository), theirs: of(theirs.repository) } as typeof detections;
  tokens = {
    read: await makeToken("read", [job.repository]),
    ingest: await makeToken("ingest", [job.repository]),
  };
});
afterAll(() => service.close());

interface Asked {
  method: string;
  path: string;
}

/** Every route once, with what its parameters could be, of one of the repositories. */
function everyRoute(of: "ours" | "theirs"): Asked[] {
  const run = of === "ours" ? runOf("1") : theirRun;
  const detection = detections[of];
  const values: Record<string, (path: string) => string> = {
    key: (path) => (path.includes("baselines") ? detection.jobKey : runKey(run)),
    id: (path) => (path.includes("processes") ? detection.evidence.call.processId : detection.id),
    host: () => detection.endpoint.host,
    name: () => "terminal",
  };
  const routes = new Map<string, Asked>();
  for (const { method, path } of service.routes) {
    // Middleware is no route of its own: it has a wildcard.
    if (method === "ALL" || path.includes("*")) continue;
    const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`what is :${name} of ${path}?`);
      return encodeURIComponent(value(path));
    });
    routes.set(`${method} ${filled}`, { method, path: filled });
  }
  return [...routes.values()];
}

const ask = ({ method, path }: Asked, headers: Record<string, string> = {}) =>
  fetch(service.url + path, {
    method,
    redirect: "manual",
    headers: {
      origin: service.url,
      ...(method === "GET" ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(method === "GET" ? {} : { body: "{}" }),
  });

const isOpen = ({ method, path }: Asked) =>
  open.some((each) =>
    typeof each === "string" ? each === `${method} ${path}` : each.test(`${method} ${path}`),
  );

describe("every page and API route", () => {
  it("is known to this test", () => {
    const count = everyRoute("ours").length;
    expect(count).toBeGreaterThan(50);
    expect(everyRoute("ours").filter(isOpen).length).toBeLessThan(12);
  });

  it("refuses who has not signed in: the API with 401, the pages by the way to sign in", async () => {
    for (const route of everyRoute("ours")) {
      if (isOpen(route)) continue;
      for (const headers of [
        {},
        { authorization: "Bearer wrong" },
        { authorization: `Basic ${adminToken}` },
        { cookie: "straycall_session=eyJuYW1lIjoiRXZlIn0.AAAA" },
      ]) {
        const answer = await ask(route, headers);
        const isApi = route.path.startsWith("/api/");
        expect([route, answer.status]).toEqual([route, isApi ? 401 : 303]);
        if (!isApi) expect(answer.headers.get("location")).toMatch(/^\/sign-in\?to=/);
        expect(await answer.text()).not.toMatch(/ours\.example|wonderland/);
      }
    }
  });

  it("that changes something refuses a session without a token, and a token that only reads", async () => {
    const cookie = await service.cookie();
    for (const route of everyRoute("ours")) {
      if (isOpen(route) || route.method === "GET") continue;
      const byToken = await ask(route, { authorization: `Bearer ${tokens.read}` });
      expect([route, byToken.status]).toEqual([route, route.path.startsWith("/api/") ? 403 : 303]);
      if (!route.path.startsWith("/api/")) continue;
      const bySession = await ask(route, { cookie });
      expect([route, bySession.status]).toEqual([route, 401]);
    }
    expect((await service.store.detections.get(detections.ours.id))?.status).toBe("new");
  });

  it("tells nothing of another repository to a token, or to a session that it began", async () => {
    const cookie = await signIn(service.url, tokens.read, "Bob");
    expect(cookie).toMatch(/^straycall_session=/);
    let told = 0;
    for (const route of [...everyRoute("ours"), ...everyRoute("theirs")]) {
      if (isOpen(route) || route.method !== "GET") continue;
      const isApi = route.path.startsWith("/api/");
      const headers = isApi ? { authorization: `Bearer ${tokens.read}` } : { cookie };
      const answer = await ask(route, headers);
      const text = await answer.text();
      // A page may name what it was asked for.
      const asked = decodeURIComponent(route.path).match(/wonderland[^/]*/g) ?? [];
      const named = asked.reduce((left, each) => left.replaceAll(each, ""), text);
      expect([route, named.includes(secret)]).toEqual([route, false]);
      if (text.includes("ours.example")) told += 1;
    }
    expect(told).toBeGreaterThan(15);
  });

  it("of another repository is not found", async () => {
    const headers = { authorization: `Bearer ${tokens.read}` };
    const run = encodeURIComponent(runKey(theirRun));
    for (const path of [
      `/runs/${run}`,
      ...["calls", "processes", "density", "sarif", "ocsf", "log"].map(
        (of) => `/runs/${run}/${of}`,
      ),
      `/detections/${detections.theirs.id}`,
      `/detections/${detections.theirs.id}/investigation`,
      `/baselines/${encodeURIComponent(detections.theirs.jobKey)}`,
    ]) {
      const answer = await ask({ method: "GET", path: `/api/v1${path}` }, headers);
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });
});

describe("a token for sending", () => {
  const send = (repository: string, bearer: string) =>
    fetch(`${service.url}/api/v1/events`, {
      method: "POST",
      headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
      body: JSON.stringify({
        ...runBatch("7", [{ domain: "x.example" }]),
        run: { job: { ...job, repository }, runId: "7" },
      }),
    });

  it("writes its own repository, and no other", async () => {
    expect((await send(job.repository, tokens.ingest)).status).toBe(200);
    for (const repository of [
      theirs.repository,
      `${job.repository}2`,
      "*",
      `${job.repository}/..`,
    ]) {
      const answer = await send(repository, tokens.ingest);
      expect([repository, answer.status]).toEqual([repository, 403]);
      expect(await answer.json()).toMatchObject({ error: { field: "run.job.repository" } });
    }
    expect((await send(job.repository, tokens.read)).status).toBe(403);
  });

  it("reads nothing, and opens no page", async () => {
    for (const bearer of [tokens.ingest, token]) {
      for (const { method, path } of everyRoute("ours")) {
        if (method !== "GET" || !path.startsWith("/api/")) continue;
        const answer = await ask({ method, path }, { authorization: `Bearer ${bearer}` });
        expect([path, answer.status]).toEqual([path, 403]);
      }
      expect(await signIn(service.url, bearer, "Agent")).toBe("");
    }
  });
});

describe("a token", () => {
  it("is kept as a hash, and opens nothing once it was ended, nor does what it began", async () => {
    const made = await makeToken("read", ["*"]);
    const cookie = await signIn(service.url, made, "Eve");
    const reads = async () => [
      (await ask({ method: "GET", path: "/api/v1/runs" }, { authorization: `Bearer ${made}` }))
        .status,
      (await ask({ method: "GET", path: "/" }, { cookie })).status,
    ];
    expect(await reads()).toEqual([200, 200]);
    const stored = await service.store.settings.get("api-tokens");
    expect(JSON.stringify(stored)).not.toContain(made.slice(6));
    const listed = await fetch(`${service.url}/api/v1/tokens`, {
      headers: { authorization: `Bearer ${adminToken}` },
    });
    const text = await listed.text();
    expect(text).not.toContain("hash");
    const { id } = JSON.parse(text).items[0];
    const ended = await fetch(`${service.url}/api/v1/tokens/${id}/end`, {
      method: "POST",
      headers: { authorization: `Bearer ${adminToken}`, "content-type": "application/json" },
      body: "{}",
    });
    expect(ended.status).toBe(200);
    expect(await reads()).toEqual([401, 303]);
  });

  it("that is malformed is refused, and the field named", async () => {
    for (const [request, field] of [
      [{ right: "read", repositories: ["*"] }, "name"],
      [{ name: "x", right: "admin", repositories: ["*"] }, "right"],
      [{ name: "x", right: "read", repositories: [] }, "repositories"],
      [{ name: "x", right: "read", repositories: ["a*b"] }, "repositories.0"],
    ] as const) {
      const answer = await fetch(`${service.url}/api/v1/tokens`, {
        method: "POST",
        headers: { authorization: `Bearer ${adminToken}`, "content-type": "application/json" },
        body: JSON.stringify(request),
      });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ error: { field } });
    }
  });
});
