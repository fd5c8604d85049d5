import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CaptureEvent, runKey } from "@straycall/core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.js";
import { type ChildService, childService } from "./child-service.js";
import { hostilePayloads, trap } from "./hostile-payloads.js";
import { plainTexts, runbookJob, runbookRepository, sendRunbookRuns } from "./runbook-job.js";

/* 500 hostile texts, each as argument, folder, step, host, path, status of a process, log line and commit message. */

const folder = mkdtempSync(join(tmpdir(), "straycall-hostile-"));
const folders = { clones: join(folder, "git"), logs: join(folder, "logs") };
const tokens = { ingest: "ingest-token-0123456789", admin: "admin-token-0123456789" };
const job = { ...runbookJob, repository: "acme/hostile", job: hostilePayloads[0] ?? "" };
const run = { job, runId: "hostile", attempt: 1 };
let service: ChildService;
let browser: Browser;

const bounded = (text: string, length: number) => text.slice(0, length) || "nothing";

function eventsOf(payload: string, at: number, time: number): CaptureEvent[] {
  const pid = 1_000 + at;
  const id = `c${at}`;
  return [
    {
      id: `x${at}`,
      time,
      type: "process.exec",
      process: {
        pid,
        executable: bounded(payload, 4_000),
        args: [payload, payload],
        working_directory: bounded(`/work/node_modules/${payload}`, 4_000),
        user: { id: 1, name: bounded(payload, 256) },
        ...(at === 0 ? {} : { parent: { pid: at % 7 === 0 ? 1_000 : pid - 1 } }),
      },
      container: { id: bounded(payload, 128) },
      step: {
        id: bounded(payload, 200) + at,
        name: bounded(payload, 512),
        action: { name: bounded(payload, 512), ref: bounded(payload, 256) },
      },
    },
    {
      id: `${id}-connect`,
      time: time + 1,
      type: "network.connect",
      connection: { id },
      process: { pid },
      destination: { domain: bounded(`${at}-${payload}`, 1_000), ip: "203.0.113.9", port: 443 },
      network: { transport: "tcp" },
    },
    {
      id: `${id}-request`,
      time: time + 2,
      type: "http.request",
      connection: { id },
      http: { request: { method: bounded(payload, 32) } },
      url: { path: bounded(`/${payload}`, 16_000), domain: bounded(payload, 1_000) },
    },
    {
      id: `${id}-result`,
      time: time + 3,
      type: "network.result",
      connection: { id },
      result: "failed",
      error: { code: bounded(payload, 32) },
    },
  ];
}

async function send(events: CaptureEvent[]): Promise<void> {
  const answer = await fetch(`${service.url}/api/v1/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${tokens.ingest}`, "content-type": "application/json" },
    body: JSON.stringify({ run, events }),
  });
  expect([answer.status, JSON.parse(await answer.text()).rejected]).toEqual([200, []]);
}

beforeAll(async () => {
  service = await childService({
    STRAYCALL_DATA: join(folder, "data"),
    STRAYCALL_INGEST_TOKEN: tokens.ingest,
    STRAYCALL_ADMIN_TOKEN: tokens.admin,
    STRAYCALL_LEARNING_RUNS: "0",
    STRAYCALL_CI_CLONES: folders.clones,
    STRAYCALL_CI_LOGS: folders.logs,
  });
  // One that strays in all its texts, with the commits and the log of it.
  const evil = `"'></code><script>window.${trap}=1</script><img src=x onerror=window.${trap}=1>\u202e\u001b[31m`;
  await sendRunbookRuns(service.url, tokens.ingest, folders, {
    ...plainTexts,
    argument: evil,
    path: `/${evil}`,
    step: evil,
    folder: `/work/node_modules/${evil}`,
    logLine: `${evil} ${"long ".repeat(200_000)}`,
    commitMessage: evil,
    author: evil,
    packageName: evil,
  });
  // And one that is nothing else.
  const startedAt = Date.now() - 600_000;
  const texts = { ...plainTexts, runId: run.runId };
  const { after } = runbookRepository(folders, texts, startedAt, job.repository);
  const started: CaptureEvent = {
    id: "start",
    time: startedAt,
    type: "run.started",
    run: { commit: after, ref: bounded(evil, 512), actor: bounded(evil, 256) },
  };
  const lost = hostilePayloads.slice(0, 30).map(
    (payload, at): CaptureEvent => ({
      id: `lost-${at}`,
      time: startedAt,
      type: "capture.lost",
      lost: { count: 1, reason: bounded(payload, 512) },
    }),
  );
  await send([started, ...lost]);
  for (let from = 0; from < hostilePayloads.length; from += 50) {
    const some = hostilePayloads.slice(from, from + 50);
    await send(
      some.flatMap((text, at) => eventsOf(text, from + at, startedAt + (from + at) * 100)),
    );
  }
  const endedAt = startedAt + 100_000;
  const ended = { id: "end", time: endedAt, type: "run.finished", run: { outcome: "success" } };
  await send([ended as CaptureEvent]);
  const log = hostilePayloads.map((payload, at) => {
    const line = payload.replaceAll(/[\r\n]/g, " ");
    return `${new Date(startedAt + at * 100).toISOString()} ${line}\n`;
  });
  appendFileSync(join(folders.logs, `${run.runId}.log`), log.join(""));
  browser = await launchBrowser();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await service?.stop("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
});

/** What a page did that it must not. */
const complaints: string[] = [];

async function openBrowser(width: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => complaints.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(service.url)) complaints.push(`request: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  await page.goto(service.url);
  await page.getByLabel("Your name").fill(`Ann <img src=x onerror=window.${trap}=1>`);
  await page.getByLabel("Token").fill(tokens.admin);
  await Promise.all([page.waitForEvent("load"), page.getByRole("button").click()]);
  return page;
}

/** Looks at a page, and answers with the one after it, if its list goes on. */
async function look(page: Page, path: string): Promise<string | undefined> {
  await page.goto(service.url + path, { waitUntil: "load" });
  const found = await page.evaluate<{
    trapped: boolean;
    wide: string[];
    odd: string[];
    next: string;
  }>(`({
    trapped: window.${trap} !== undefined,
    wide: document.documentElement.scrollWidth > document.documentElement.clientWidth
      ? [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth && !each.closest(".picture, .log, pre, nav")).map((each) => each.outerHTML.slice(0, 200)).slice(0, 5)
      : [],
    odd: [
      ...[...document.querySelectorAll("iframe, object, embed, style, base, meta[http-equiv], math, template")].map((each) => each.outerHTML),
      ...[...document.querySelectorAll("script")].filter((each) => each.getAttribute("src") !== "/assets/live-search.js").map((each) => each.outerHTML),
      ...[...document.querySelectorAll("img")].filter((each) => each.getAttribute("src") !== "/assets/icon.svg").map((each) => each.outerHTML),
      ...[...document.querySelectorAll("*")].flatMap((each) => [...each.attributes].filter(({ name, value }) => name.startsWith("on") || /^\\s*javascript:/i.test(value)).map(({ name }) => name)),
      ...[...document.querySelectorAll("a")].map((each) => new URL(each.getAttribute("href") ?? "", location.href).origin).filter((origin) => origin !== location.origin),
      ...(document.body.innerText.match(/[\\u0000-\\u0008\\u000b-\\u001f\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff]/g) ?? []),
      ...(document.querySelector("main, header, footer.width") === null ? ["the frame is gone"] : []),
      ...(document.querySelectorAll("main").length === 1 && document.querySelector("footer.width") ? [] : ["the frame is broken"]),
    ],
    next: document.querySelector("a[rel=next]")?.getAttribute("href") ?? "",
  })`);
  expect([path, { ...found, next: "" }]).toEqual([
    path,
    { trapped: false, wide: [], odd: [], next: "" },
  ]);
  return found.next || undefined;
}

/** Looks at a list to its end, and answers with how many pages it had. */
async function lookThrough(page: Page, path: string): Promise<number> {
  let pages = 0;
  for (let next: string | undefined = path; next !== undefined; pages += 1) {
    next = await look(page, next);
  }
  return pages;
}

describe.each([1280, 390])("500 hostile texts, %i pixels wide", (width) => {
  it("run nothing, break nothing and hide nothing on any page", async () => {
    expect(new Set(hostilePayloads).size).toBe(500);
    const page = await openBrowser(width);
    const path = `/runs/${encodeURIComponent(runKey(run))}`;
    expect(await lookThrough(page, "/")).toBeGreaterThan(0);
    for (const tab of ["", "/timeline", "/log", "/log?from=401"]) await look(page, path + tab);
    expect(await lookThrough(page, `${path}/network`)).toBe(10);
    expect(await lookThrough(page, `${path}/processes`)).toBe(10);
    expect(await lookThrough(page, "/detections")).toBeGreaterThan(5);
    await lookThrough(page, "/destinations");
    await lookThrough(page, "/baselines");
    for (let at = 0; at < hostilePayloads.length; at += 10) {
      await look(page, `${path}/processes/pid-${1_000 + at}`);
    }
    const listed = await fetch(`${service.url}/api/v1/detections?limit=1000`, {
      headers: { authorization: `Bearer ${tokens.admin}` },
    });
    const { items } = JSON.parse(await listed.text()) as {
      items: { id: string; jobKey: string }[];
    };
    const strayed = items.filter(({ jobKey }) => jobKey.includes("acme/shop"));
    expect(strayed.length).toBeGreaterThan(0);
    const every = items.filter((_, at) => at % 12 === 0);
    for (const { id } of [...strayed, ...every]) {
      await look(page, `/detections/${id}`);
      await look(page, `/suppressions/new?detection=${id}`);
    }
    for (const { jobKey } of [...strayed.slice(0, 1), ...every.slice(0, 1)]) {
      await lookThrough(page, `/baselines/${encodeURIComponent(jobKey)}`);
    }
    for (const tab of ["", "/network", "/log"]) {
      const stray = { job: runbookJob, runId: plainTexts.runId, attempt: 1 };
      await look(page, `/runs/${encodeURIComponent(runKey(stray))}${tab}`);
    }
    expect(complaints.splice(0)).toEqual([]);
    await page.context().close();
  });
});
