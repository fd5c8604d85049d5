import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { endpointKey, runKey } from "@straycall/core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  blockedCallEvents,
  callEvents,
  job,
  questionEvents,
  runBatch,
  runFinished,
  runOf,
} from "../sample-events.js";
import { type TestService, testService, token } from "../test-service.js";

const started: TestService[] = [];
const start = async (...options: Parameters<typeof testService>) => {
  const service = await testService(...options);
  started.push(service);
  return service;
};
const closeAll = async () => {
  for (const service of started.splice(0)) await service.close();
};

const html = async (service: TestService, path: string) => (await service.get(path)).text();
const runPath = (runId: string) => `/runs/${encodeURIComponent(runKey(runOf(runId)))}`;

describe("the page of a run that asks a resolver", () => {
  afterAll(closeAll);

  it("shows what was asked, and lets no name out of its place", async () => {
    const service = await start();
    const names = ["<b>c2VjcmV0</b>.evil.example", "registry.example"];
    await service.post({ run: runOf("q"), events: [...questionEvents(names), runFinished] });
    await service.idle();
    const page = await html(service, `${runPath("q")}/network`);
    expect(page).toContain("c2vjcmv0");
    expect(page).not.toContain("<b>");
    expect(page).toContain("and 1 more");
  });
});

describe("the pages of a run in block mode", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await start();
    const started = { id: "start", time: 0, type: "run.started", run: { mode: "block" } };
    await service.post({
      run: runOf("b"),
      events: [
        started,
        ...callEvents({ domain: "api.example" }),
        ...blockedCallEvents({ domain: "evil.example", args: ["node", "postinstall.js"] }),
        runFinished,
      ],
    });
    await service.idle();
  });
  afterAll(closeAll);

  it("mark the run red, with an icon and words, and speak of no learning", async () => {
    const page = await html(service, "/");
    const row = page.split('<tr class="blocked">')[1]?.split("</tr>")[0];
    expect(row).toContain('<span class="mark red"><svg');
    expect(row).toContain("1 blocked call");
    expect(row).toContain("Policy enforced");
    expect(row).not.toContain("Learning");
  });

  it("list the blocked call red, with what it was, and can show it alone", async () => {
    const all = await html(service, `${runPath("b")}/network`);
    const row = all.split('<tr class="blocked">')[1]?.split("</tr>")[0];
    for (const shown of ["evil.example:443", "node postinstall.js", "Blocked", "EPERM"]) {
      expect(row).toContain(shown);
    }
    const alone = await html(service, `${runPath("b")}/network?findings=1`);
    expect(alone).toContain("evil.example:443");
    expect(alone).not.toContain("api.example:443");
  });

  it("tell the detection as a blocked call, on the list and on its own page", async () => {
    const list = await html(service, "/detections");
    expect(list).toContain("Blocked call");
    const path = /href="(\/detections\/[^"]+)"/.exec(list)?.[1] ?? "";
    const page = await html(service, path);
    expect(page).toContain("<h1>Blocked call: evil.example:443</h1>");
    expect(page).toContain("The policy of the run does not allow this endpoint");
    expect(page).not.toContain("was not among them");
  });
});

describe("the pages of a job that strayed", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await start();
    await service.post(runBatch("1", [{ domain: "api.example" }]));
    await service.post(
      runBatch("2", [
        { domain: "api.example" },
        { domain: "new.example", pid: 9, args: ["curl", "--post", "x"], path: "/v2/report?id=7" },
      ]),
    );
    await service.idle();
  });
  afterAll(closeAll);

  it("mark the run orange, with an icon and words, and no other", async () => {
    const page = await html(service, "/");
    expect(page.match(/<tr class="anomalous">/g)).toHaveLength(1);
    const [, row] = page.split('<tr class="anomalous">');
    expect(row).toContain('<span class="mark orange"><svg');
    expect(row).toContain("1 anomalous call");
    expect(row?.split("</tr>")[0]).toContain(runPath("2"));
  });

  it("say which runs only taught", async () => {
    const page = await html(service, "/");
    expect(page).toContain("Learning, 1 of 1");
    expect(page).toContain("Learned from 1 run");
  });

  it("list a run's calls with the new one orange", async () => {
    const page = await html(service, `${runPath("2")}/network`);
    expect(page.match(/<tr class="anomalous">/g)).toHaveLength(1);
    const row = page.split('<tr class="anomalous">')[1]?.split("</tr>")[0];
    for (const shown of ["new.example:443", "203.0.113.9", "curl --post x", "pid 9"]) {
      expect(row).toContain(shown);
    }
    expect(row).toContain("POST /v2/report?id=***");
    expect(row).toContain("2.3 kB out, 184 kB in");
    expect(page).toContain("api.example:443");
  });

  it("show the anomalous calls alone", async () => {
    const page = await html(service, `${runPath("2")}/network?findings=1`);
    expect(page).toContain("new.example:443");
    expect(page).not.toContain("api.example:443");
  });

  it("lead from the run to the detection, which shows what was told to whom", async () => {
    const link = /href="(\/detections\/[^"]+)"/.exec(await html(service, runPath("2")))?.[1] ?? "";
    const page = await html(service, link);
    expect(page).toContain("New outbound call: new.example:443");
    expect(page).toContain("The job never called any host of new.example before.");
    expect(page).toContain("terminal");
    expect(page).toContain("Delivered");
    expect(page).toContain(`href="${runPath("2")}"`);
    expect(page).toContain("[high] New outbound call: new.example:443");
    expect(service.printed).toHaveLength(1);
    expect(service.printed[0]).toContain(service.url + link);
  });

  it("list the detection", async () => {
    const page = await html(service, "/detections");
    expect(page).toContain("new.example:443");
    expect(page).toContain("High");
  });

  it("load nothing from elsewhere and run no script but the own", async () => {
    for (const path of ["/", runPath("2"), "/detections", "/assets/base.css"]) {
      const answer = await service.get(path);
      const policy = answer.headers.get("Content-Security-Policy");
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("style-src 'self'");
      expect(policy).toContain("script-src 'self'");
      expect(answer.headers.get("X-Content-Type-Options")).toBe("nosniff");
      expect(await answer.text()).not.toMatch(
        /<script(?! type="module" src="\/assets\/)|(src|url)[=(]["']?https?:/,
      );
    }
  });

  it("answer 404 and 400 with pages", async () => {
    for (const [path, status] of [
      ["/runs/none", 404],
      ["/detections/none", 404],
      ["/nothing", 404],
      ["/?cursor=junk", 400],
    ] as const) {
      const answer = await service.get(path);
      expect([path, answer.status]).toEqual([path, status]);
      expect(await answer.text()).toContain("Back to the runs");
    }
  });
});

describe("pages with nothing on them", () => {
  afterEach(closeAll);

  it("tell a newcomer how to send a first event, with the real address", async () => {
    const service = await start();
    const page = await html(service, "/");
    expect(page).toContain("No run yet");
    expect(page).toContain(`${service.url}/api/v1/events`);
  });

  it("give a command that works as it stands", async () => {
    const service = await start();
    const [, code = ""] = /<code>(.*?)<\/code>/s.exec(await html(service, "/")) ?? [];
    const command = code
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&")
      .replace("$(cat data/ingest-token)", token);
    const { stdout } = await promisify(execFile)("sh", ["-c", command]);
    expect(JSON.parse(stdout)).toMatchObject({ stored: 1, rejected: [] });
    expect(await html(service, "/")).toContain("me/try");
  });

  it("say that there is nothing to tell", async () => {
    const service = await start();
    expect(await html(service, "/detections")).toContain("Nothing to tell");
  });
});

describe("pages of more than fits on one", () => {
  afterEach(closeAll);

  it("lead on to the later calls of a run", async () => {
    const service = await start({ learningRuns: 0 });
    const calls = Array.from({ length: 60 }, (_, pid) => ({ domain: `h${pid}.example`, pid }));
    await service.post(runBatch("1", calls));
    const first = await html(service, `${runPath("1")}/network`);
    const next = /<a rel="next" href="([^"]+)"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const second = await html(service, next);
    const rows = (page: string) => page.match(/<tr class="anomalous">/g)?.length;
    expect([rows(first), rows(second)]).toEqual([50, 10]);
    expect(second).not.toContain('rel="next"');
  });
});

describe("pages of a replayed recording", () => {
  afterEach(closeAll);

  it("say so, and how to start bare", async () => {
    const batch = runBatch("1", [{ domain: "a.example" }]);
    const service = await start({
      recordedJobs: new Set(["github:acme/shop:.github/workflows/ci.yml:build"]),
    });
    await service.post(batch);
    const page = await html(service, "/");
    expect(page).toContain("These runs are a recording.");
    expect(page).toContain("--empty");
  });
});

describe("hostile text", () => {
  afterEach(closeAll);

  const evil = `"'></code></pre><script>alert(1)</script><img src=x onerror=alert(2)>\u202e\x1b[31m\u0000`;
  const evilJob = { ...job, repository: `acme/${evil}`, workflow: evil, job: evil };

  it("breaks out of no page, and nothing in it is invisible", async () => {
    const service = await start({ learningRuns: 0 });
    const run = { job: evilJob, runId: evil, attempt: 1 };
    const call = callEvents({ domain: "evil.example", args: [evil], path: `/${evil}` });
    const events = [
      {
        id: "start",
        time: 1,
        type: "run.started",
        run: { commit: evil, ref: evil, event: evil.slice(0, 64), actor: evil, runner: evil },
      },
      { id: "step", time: 1, type: "step.started", step: { id: evil, name: evil } },
      { id: "lost", time: 1, type: "capture.lost", lost: { count: 1, reason: evil } },
      {
        id: "exec",
        time: 1,
        type: "process.exec",
        process: { pid: 4711, executable: evil, args: [evil], working_directory: evil },
      },
      ...call,
      runFinished,
    ];
    const answer = await service.post({ run, events });
    expect(await answer.json()).toMatchObject({ rejected: [], detections: [expect.any(String)] });
    await service.idle();

    const [detection] = (await service.store.detections.list()).items;
    expect(endpointKey(detection?.endpoint ?? { host: "", port: 0 })).toBe("evil.example:443");
    const paths = [
      "/",
      ...["", "/network", "/processes", "/timeline", "/processes/pid-4711"].map(
        (page) => `/runs/${encodeURIComponent(runKey(run))}${page}`,
      ),
      "/detections",
      `/detections/${detection?.id}`,
    ];
    for (const path of paths) {
      const page = await html(service, path);
      expect(page).toContain("&lt;script&gt;");
      expect(page.match(/<script/g)).toHaveLength(1);
      expect(page).not.toContain("<img src=x");
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(page).not.toMatch(/[\u0000\u001b\u202e]/);
    }
  });

  it("comes back to no agent as HTML", async () => {
    const service = await start();
    const answer = await service.post({
      run: runOf("1"),
      events: [{ id: "<script>", type: evil }],
    });
    expect(answer.headers.get("Content-Type")).toContain("application/json");
    expect(answer.headers.get("X-Content-Type-Options")).toBe("nosniff");
  });
});
