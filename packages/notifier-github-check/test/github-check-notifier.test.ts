import { generateKeyPairSync } from "node:crypto";
import { inspect } from "node:util";
import {
  type Detection,
  memoryStore,
  type Notification,
  type RunRecord,
  type RunReport,
  type Store,
} from "@straycall/core";
import { hostileNotification, sampleNotification } from "@straycall/core/conformance";
import { marked } from "marked";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GithubCheckNotifierOptions } from "../src/index.js";
import { githubCheckNotifier } from "../src/index.js";
import { type GithubReceiver, shownText, startGithubReceiver } from "./github-receiver.js";

const noAbort = () => new AbortController().signal;

describe("githubCheckNotifier", () => {
  let github: GithubReceiver;
  let store: Store;
  beforeEach(async () => {
    github = await startGithubReceiver();
    store = memoryStore();
  });
  afterEach(async () => {
    expect(github.problems).toEqual([]);
    await github.close();
  });

  const notifier = (options: Partial<GithubCheckNotifierOptions> = {}) =>
    githubCheckNotifier({
      auth: { token: github.token },
      store,
      apiUrl: github.apiUrl,
      detectionPage: ({ id }) => `https://straycall.example/detections/${id}`,
      runPage: ({ key }) => `https://straycall.example/runs/${encodeURIComponent(key)}`,
      ...options,
    });
  const recorded = async (
    more: Partial<Detection> = {},
    sample: Notification = sampleNotification(),
  ): Promise<Notification> => {
    const detection = { ...sample.detection, ...more };
    await store.detections.record({ detection, deliveries: [], baselineRevision: 0 });
    return { ...sample, detection };
  };
  const failureOf = (work: Promise<unknown> | undefined): Promise<unknown> =>
    Promise.resolve(work).then(
      () => expect.fail("it did not fail"),
      (error: unknown) => error,
    );

  it("fails the check of the commit, with a table of what was called", async () => {
    await notifier().notify(await recorded(), noAbort());
    expect(github.checks).toMatchObject([
      {
        repository: "acme/shop",
        head_sha: "5f3c1d0b9a8e7f6d5c4b3a29180f7e6d5c4b3a29",
        name: "Straycall: ci.yml / build",
        conclusion: "failure",
        output: { title: "1 anomalous outbound call" },
      },
    ]);
    const summary = shownText(github.checks[0]?.output.summary ?? "");
    expect(summary).toContain("| high | New outbound call: collector.example:8443 | curl -sS");
    expect(summary).toContain("| Install dependencies | new |");
  });

  it("keeps one check for a run, up to date", async () => {
    const first = await recorded();
    const second = await recorded({ id: "d2", subject: "other", severity: "critical" });
    const info = await recorded({ id: "d3", subject: "third", severity: "info" });
    const told = notifier();
    await Promise.all([first, second, info, first].map((each) => told.notify(each, noAbort())));
    expect(github.checks).toHaveLength(1);
    expect(github.checks[0]?.output.title).toBe("2 anomalous outbound calls");
    expect(github.checks[0]?.output.summary).toMatch(
      /critical[\s\S]*high[\s\S]*1 more was expected/,
    );
  });

  it("passes the check once all that matters was reviewed", async () => {
    const { detection, links } = await recorded();
    await recorded({ id: "d2", subject: "other" });
    const review = { action: "acknowledge", status: "acknowledged", at: 1, by: "ann" } as const;
    const told = notifier();
    const conclusions: unknown[] = [];
    for (const id of [detection.id, "d2"]) {
      await store.detections.review(id, () => ({ review, deliveries: [] }));
      await told.reviewed?.({ idempotencyKey: "k", detection, links, review }, noAbort());
      conclusions.push([github.checks[0]?.conclusion, github.checks[0]?.output.title]);
    }
    expect(conclusions).toEqual([
      ["failure", "2 anomalous outbound calls, 1 not reviewed"],
      ["success", "2 anomalous outbound calls, all reviewed"],
    ]);
  });

  it("passes the check of a run that called nothing new", async () => {
    const { run, job, jobKey } = sampleNotification().detection;
    const record: RunRecord = {
      ...{ ...run, job, jobKey, mode: "audit", startedAt: 1, baselineRuns: 9 },
      coverage: { level: "full", lost: 0, reasons: [] },
      counts: { events: 1, processes: 1, calls: 1, anomalousCalls: 0 },
    };
    const baseline = { runs: 9, endpoints: 3, maturity: {} as RunReport["baseline"]["maturity"] };
    await notifier().runFinished?.({ run: record, detections: [], baseline }, noAbort());
    expect(github.checks).toMatchObject([
      {
        conclusion: "success",
        output: { title: "No anomalous outbound calls" },
        details_url: `https://straycall.example/runs/${encodeURIComponent(run.key)}`,
      },
    ]);
  });

  it("has no check for runs elsewhere, or of a commit or repository that is none", async () => {
    const { job, run } = sampleNotification().detection;
    const { commit: _, ...unknownCommit } = run;
    const odd: Partial<Detection>[] = [
      { job: { ...job, platform: "gitlab" } },
      { job: { ...job, repository: "acme/shop/../../user" } },
      { job: { ...job, repository: "acme/.." } },
      { run: { ...run, commit: "main" } },
      { run: unknownCommit },
    ];
    for (const [at, more] of odd.entries()) {
      await notifier().notify(
        await recorded({ ...more, id: `d${at}`, subject: `${at}` }),
        noAbort(),
      );
    }
    expect(github.requests).toEqual([]);
  });

  it("shows hostile text as text: nothing breaks out of its cell, and nothing is mentioned", async () => {
    const hostile = hostileNotification();
    const { run, job } = sampleNotification().detection;
    const breakout =
      "@acme/team #1 | x </code> `y` [a](http://evil.example) <img src=x> **b** :boom:";
    const evidence = structuredClone(hostile.detection.evidence);
    evidence.call.commandLine = breakout;
    if (evidence.process) evidence.process.commandLine = breakout;
    const told = await recorded({ evidence, run, job }, hostile);
    await notifier().notify(told, noAbort());
    const summary = github.checks[0]?.output.summary ?? "";
    expect(summary.length).toBeLessThan(65_535);
    const html = await marked.parse(summary, { gfm: true });
    expect(html.match(/<td>/g)).toHaveLength(5);
    expect(html).not.toMatch(/<(img|script|strong|em)|href="(?!https:\/\/straycall\.example)/);
    // GitHub makes mentions and issue links of text outside of code only.
    expect(html.replace(/<code>[\s\S]*?<\/code>/g, "")).not.toMatch(/[@#]/);
  });

  it("stays within GitHub's limits however much a run called", async () => {
    for (let i = 0; i < 400; i += 1) await recorded({ id: `d${i}`, subject: `${i}` });
    await notifier().notify(await recorded({ id: "last", subject: "last" }), noAbort());
    const { output } = github.checks[0] ?? {};
    expect(output?.title).toBe("401 anomalous outbound calls");
    expect(output?.summary).toMatch(/\.\.\. and \d+ more\.$/);
  });

  it("signs in as a GitHub App, and asks once where it is installed", async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
    const app = notifier({ auth: { appId: 7, privateKey: pem } });
    await app.notify(await recorded(), noAbort());
    await app.notify(await recorded({ id: "d2", subject: "other" }), noAbort());
    expect(github.checks).toHaveLength(1);
    expect(github.requests.filter((each) => each.endsWith("/installation"))).toHaveLength(1);
    expect(github.requests.filter((each) => each.endsWith("/access_tokens"))).toHaveLength(1);
    await app.notify({ ...sampleNotification(), isTest: true }, noAbort());
    expect(github.requests.at(-1)).toBe("GET /app");
  });

  it("can be tried without a commit", async () => {
    await notifier().notify({ ...sampleNotification(), isTest: true }, noAbort());
    expect(github.requests).toEqual(["GET /rate_limit"]);
  });

  it.each([
    [403, { "retry-after": "30" }, 30_000],
    [429, { "retry-after": "5" }, 5_000],
    [500, {}, undefined],
  ] as [number, Record<string, string>, number | undefined][])(
    "says that GitHub answered %i, and how long it wants to be left alone",
    async (status, headers, retryAfterMs) => {
      github.answer(status, headers);
      const error = await failureOf(notifier().notify(await recorded(), noAbort()));
      expect(error).toMatchObject({ code: "NOTIFY_FAILED", retryAfterMs });
      expect(String(error)).toContain(`GitHub answered ${status}`);
    },
  );

  it("waits for the limit of requests to be lifted", async () => {
    const reset = Math.ceil(Date.now() / 1_000) + 60;
    github.answer(403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": `${reset}` });
    const error = await failureOf(notifier().notify(await recorded(), noAbort()));
    const { retryAfterMs } = error as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(50_000);
    expect(retryAfterMs).toBeLessThan(62_000);
  });

  it("keeps its token out of its errors, gives up when asked to, and can be asked again", async () => {
    const told = notifier({ timeoutMs: 100 });
    const notification = await recorded();
    github.refuse();
    const refused = await failureOf(told.notify(notification, noAbort()));
    github.stall();
    const late = await failureOf(told.notify(notification, noAbort()));
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 20);
    const asked = await failureOf(told.notify(notification, abort.signal));
    expect([refused, late, asked].map(String)).toEqual([
      expect.stringContaining("GitHub answered 403"),
      expect.stringContaining("GitHub did not answer within 100 ms"),
      expect.stringContaining("gave up before GitHub answered"),
    ]);
    for (const error of [refused, late, asked]) {
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(github.token);
    }
    github.accept();
    await told.notify(notification, noAbort());
    expect(github.checks).toHaveLength(1);
  });
});

describe("githubCheckNotifier's options", () => {
  const right = { auth: { token: "ghs_12345678" }, store: memoryStore() };
  it.each([
    ["auth.token", { auth: { token: "a b" } }],
    ["auth.appId", { auth: { appId: "x", privateKey: "" } }],
    ["auth.privateKey", { auth: { appId: 1, privateKey: "no" } }],
    ["store", { store: {} }],
    ["apiUrl", { apiUrl: "api.github.com" }],
    ["failFrom", { failFrom: "bad" }],
    ["name", { name: "" }],
    ["timeoutMs", { timeoutMs: 1.5 }],
  ])("refuses a wrong %s when it is made", (field, options) => {
    expect(() => githubCheckNotifier({ ...right, ...options } as never)).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID", field }),
    );
  });
});
