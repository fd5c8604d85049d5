import type { Detection, NotificationSettings, Page, Suppression } from "@straycall/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runBatch } from "../sample-events.js";
import { adminToken, type TestService, testService, token } from "../test-service.js";

let service: TestService;
let id: string;
beforeEach(async () => {
  service = await testService();
  for (const runId of ["1", "2"]) await service.post(runBatch(runId, [{ domain: "api.example" }]));
  await service.post(
    runBatch("3", [{ domain: "api.example" }, { domain: "new.example", pid: 12 }]),
  );
  await service.idle();
  const { items } = await service.getJson<Page<Detection>>("/api/v1/detections");
  id = items[0]?.id ?? "";
});
afterEach(() => service.close());

const api = async (method: string, path: string, body?: object, bearer = adminToken) => {
  const response = await fetch(`${service.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
};
const detection = () => service.getJson<Detection>(`/api/v1/detections/${id}`);

describe("the admin API", () => {
  it("refuses who does not send the admin token, an agent with its own too", async () => {
    for (const bearer of ["", "wrong", token]) {
      for (const [method, path] of [
        ["POST", `/detections/${id}/review`],
        ["GET", "/suppressions"],
        ["POST", "/suppressions"],
        ["POST", "/suppressions/preview"],
        ["POST", "/suppressions/x/end"],
        ["GET", "/settings/notifications"],
        ["PATCH", "/settings/notifications"],
        ["GET", "/notifiers"],
        ["POST", "/notifiers/terminal/try"],
        ["GET", "/deliveries"],
        ["POST", "/deliveries/x/revive"],
      ] as const) {
        const { status } = await api(method, path, method === "GET" ? undefined : {}, bearer);
        expect([method, path, status]).toEqual([method, path, bearer === token ? 403 : 401]);
      }
    }
    expect((await detection()).status).toBe("new");
  });

  it("reviews a detection, and names the field that is wrong", async () => {
    const request = { action: "acknowledge", by: "ann", note: "ours" };
    expect((await api("POST", `/detections/${id}/review`, request)).status).toBe(200);
    expect(await detection()).toMatchObject({
      status: "acknowledged",
      reviews: [{ action: "acknowledge", by: "ann", note: "ours" }],
    });
    const wrong = await api("POST", `/detections/${id}/review`, { action: "hide", by: "ann" });
    expect(wrong).toMatchObject({ status: 400, body: { error: { field: "action" } } });
    expect((await api("POST", "/detections/none/review", request)).status).toBe(404);
  });

  it("previews, adds and ends a suppression", async () => {
    const match = { host: "*.example" };
    const preview = await api("POST", "/suppressions/preview", { match });
    expect(preview.body).toMatchObject({ matching: 1, unreviewed: 1 });
    const added = await api("POST", "/suppressions", { match, reason: "ours", by: "ann" });
    expect(added.body).toMatchObject({ suppressed: 1 });
    expect((await detection()).status).toBe("suppressed");
    const listed = (await api("GET", "/suppressions")).body as Page<Suppression>;
    expect(listed.items).toMatchObject([{ match, reason: "ours" }]);
    const ended = await api("POST", `/suppressions/${listed.items[0]?.id}/end`, { by: "bob" });
    expect(ended.body).toMatchObject({ reopened: 1 });
    expect((await detection()).status).toBe("new");
    const shared = { match: { host: "webhook.site" }, reason: "x", by: "ann" };
    expect(await api("POST", "/suppressions", shared)).toMatchObject({
      status: 400,
      body: { error: { code: "CONFIG_INVALID", field: "match.host" } },
    });
  });

  it("changes the notification settings, which the next detection goes by", async () => {
    const before = (await api("GET", "/settings/notifications")).body
      .settings as NotificationSettings;
    expect(before).toMatchObject({ pace: "immediate", kinds: { "new-endpoint": true } });
    const change = { kinds: { "new-endpoint": false }, by: "ann" };
    expect((await api("PATCH", "/settings/notifications", change)).status).toBe(200);
    const printed = service.printed.length;
    await service.post(
      runBatch("4", [{ domain: "api.example" }, { domain: "other.example", pid: 12 }]),
    );
    await service.idle();
    expect(service.printed).toHaveLength(printed);
    const stored = (await api("GET", "/settings/notifications")).body;
    expect(stored.lastChange).toMatchObject({ by: "ann" });
    const wrong = await api("PATCH", "/settings/notifications", { pace: "hourly", by: "ann" });
    expect(wrong).toMatchObject({ status: 400, body: { error: { field: "pace" } } });
  });

  it("shows the notifiers and tries one", async () => {
    const { body } = await api("GET", "/notifiers");
    expect(body).toMatchObject([{ notifier: "terminal", delivered: 1, pending: 0, dead: 0 }]);
    expect(await api("POST", "/notifiers/terminal/try")).toMatchObject({ status: 200 });
    expect(service.printed.at(-1)).toMatch(/Test: /);
    expect((await api("POST", "/notifiers/nobody/try")).status).toBe(404);
    expect((await api("POST", "/deliveries/nothing/revive")).body).toEqual({ revived: false });
  });
});

describe("the list of detections", () => {
  it("shows those of a status, a kind, and as bad as asked for, on the page and in the API", async () => {
    await api("POST", `/detections/${id}/review`, { action: "resolve", by: "ann" });
    for (const [query, count] of [
      ["", 1],
      ["?status=resolved", 1],
      ["?status=new", 0],
      ["?kind=new-endpoint&status=resolved", 1],
      ["?kind=blocked-call", 0],
      ["?severity=critical", 0],
      ["?severity=info", 1],
    ] as const) {
      const { items } = await service.getJson<Page<Detection>>(`/api/v1/detections${query}`);
      expect([query, items.length]).toEqual([query, count]);
      const page = await (await service.get(`/detections${query}`)).text();
      expect([query, page.includes(id)]).toEqual([query, count === 1]);
    }
  });
});

describe("the pages that change something", () => {
  const form = (
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ) =>
    fetch(service.url + path, {
      method: "POST",
      redirect: "manual",
      headers: { origin: service.url, ...headers },
      body: new URLSearchParams(fields),
    });
  const signIn = async () => {
    const response = await form("/sign-in", { name: "Ann", token: adminToken, to: "/settings" });
    expect([response.status, response.headers.get("location")]).toEqual([303, "/settings"]);
    const [cookie = ""] = response.headers.get("set-cookie")?.split(";") ?? [];
    expect(response.headers.get("set-cookie")).toMatch(/HttpOnly.*SameSite=Lax/i);
    return { cookie };
  };

  it("send who has not signed in to do so, and do nothing", async () => {
    for (const path of ["/settings", "/suppressions", "/suppressions/new"]) {
      const response = await fetch(service.url + path, { redirect: "manual" });
      expect(response.headers.get("location")).toBe(`/sign-in?to=${encodeURIComponent(path)}`);
    }
    const response = await form(`/detections/${id}/review`, { action: "resolve" });
    expect(response.headers.get("location")).toMatch(/^\/sign-in/);
    expect((await detection()).status).toBe("new");
  });

  it("let nobody in with another token, a made-up cookie, or to another site", async () => {
    expect((await form("/sign-in", { name: "Eve", token, to: "/" })).status).toBe(403);
    const session = Buffer.from('{"name":"Eve","until":9e15}').toString("base64url");
    for (const cookie of [`straycall_session=${session}.`, `straycall_session=${session}.AAAA`]) {
      const response = await fetch(`${service.url}/settings`, {
        redirect: "manual",
        headers: { cookie },
      });
      expect(response.status).toBe(303);
    }
    for (const to of ["//evil.example", "https://evil.example", "/\\evil.example"]) {
      const response = await form("/sign-in", { name: "Ann", token: adminToken, to });
      expect(response.headers.get("location")).toBe("/");
    }
  });

  it("refuse a form that another site sends with the visitor's cookie", async () => {
    const headers = { ...(await signIn()), origin: "https://evil.example" };
    const response = await form(`/detections/${id}/review`, { action: "resolve" }, headers);
    expect(response.status).toBe(403);
    expect((await detection()).status).toBe("new");
  });

  it("review a detection under the name of who has signed in", async () => {
    const headers = await signIn();
    await form(`/detections/${id}/review`, { action: "acknowledge", note: "<b>ours</b>" }, headers);
    expect((await detection()).reviews).toMatchObject([{ by: "Ann", note: "<b>ours</b>" }]);
    const page = await (await fetch(`${service.url}/detections/${id}`, { headers })).text();
    expect(page).toContain("&lt;b&gt;ours&lt;/b&gt;");
    expect(page).toContain("Open again");
  });

  it("show what a rule would match, add it, and end it", async () => {
    const headers = await signIn();
    const draft = await (
      await fetch(`${service.url}/suppressions/new?detection=${id}`, { headers })
    ).text();
    expect(draft).toContain('value="new.example"');
    const fields = { host: "new.example", reason: "ours", days: "30" };
    const shown = await (
      await form("/suppressions/new", { ...fields, do: "preview" }, headers)
    ).text();
    expect(shown).toContain("It would have matched 1 detection");
    const refused = await form("/suppressions/new", { ...fields, host: "*", do: "add" }, headers);
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining("must name"),
    ]);
    await form("/suppressions/new", { ...fields, do: "add" }, headers);
    expect((await detection()).status).toBe("suppressed");
    const rules = (await service.store.suppressions.list()).items;
    expect(rules[0]?.expiresAt).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    await form(`/suppressions/${rules[0]?.id}/end`, {}, headers);
    expect((await detection()).status).toBe("new");
  });

  it("change the settings, and keep them as they were if something is wrong", async () => {
    const headers = await signIn();
    const fields = {
      ...{ "kind new-job": "1", minimumSeverity: "high", pace: "daily" },
      ...{ dailyAtHourUtc: "6", fleetWindowMinutes: "0" },
      ...{ "route 0 repository": "acme/*", "route 0 notifier terminal": "1", "route 0 pace": "" },
    };
    expect((await form("/settings", fields, headers)).status).toBe(303);
    const { body } = await api("GET", "/settings/notifications");
    expect(body.settings).toMatchObject({
      kinds: { "new-job": true, "new-endpoint": false },
      ...{ minimumSeverity: "high", pace: "daily", dailyAtHourUtc: 6, fleetWindowMinutes: 0 },
      routes: [{ repository: "acme/*", notifiers: ["terminal"] }],
    });
    const wrong = await form("/settings", { ...fields, dailyAtHourUtc: "25" }, headers);
    expect(await wrong.text()).toContain("Nothing was changed");
    const tried = await form("/settings/notifiers/terminal/try", {}, headers);
    expect(await tried.text()).toContain("A test message was sent through terminal.");
  });
});
