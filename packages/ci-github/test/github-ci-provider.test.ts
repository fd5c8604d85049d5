import { generateKeyPairSync } from "node:crypto";
import type { CiLogLine, RunRecord } from "@straycall/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type GithubCiProviderOptions, githubCiProvider } from "../src/index.js";
import { type GithubServer, githubServer } from "./github-server.js";

const job = { platform: "github", repository: "acme/shop", workflow: "ci.yml", job: "build" };
const run = { job, runId: "4711", attempt: 2, runner: "runner-7" } as RunRecord;
const { signal } = new AbortController();
const token = "ghs_0123456789abcdef";
let github: GithubServer;

beforeAll(async () => {
  github = await githubServer();
});
afterAll(() => github.close());
beforeEach(() => {
  github.answers.clear();
  github.requests.splice(0);
});
afterEach(() => {
  expect(github.problems.splice(0)).toEqual([]);
});

const provider = (options: Partial<GithubCiProviderOptions> = {}) =>
  githubCiProvider({ auth: { token }, apiUrl: github.url, maxWaitMs: 2_000, ...options });

const jobsPath = "/repos/acme/shop/actions/runs/4711/attempts/2/jobs";
const jobs = (...items: object[]) =>
  github.answers.set(jobsPath, { body: { total_count: items.length, jobs: items } });

describe("the steps of a run", () => {
  it("are told with their times, of its job", async () => {
    const step = {
      name: "Run npm ci",
      number: 3,
      started_at: "2026-01-02T03:04:05Z",
      completed_at: "2026-01-02T03:04:15Z",
    };
    const pending = { name: "later", number: 4, started_at: null, completed_at: null };
    jobs(
      { id: 1, name: "lint", steps: [] },
      { id: 2, name: "build (linux, 22)", steps: [step, pending] },
    );
    const startedAt = Date.parse(step.started_at);
    expect(await provider().steps?.(run, signal)).toEqual([
      {
        step: { id: "step-3", name: "Run npm ci", number: 3 },
        source: "time",
        startedAt,
        finishedAt: startedAt + 10_000,
      },
    ]);
    expect(github.requests[0]?.authorization).toBe(`token ${token}`);
  });

  it("are those of the leg that its runner ran, and nothing where that is not certain", async () => {
    const steps = (number: number) => [
      { name: `step ${number}`, number, started_at: "2026-01-02T03:04:05Z" },
    ];
    jobs(
      { id: 1, name: "build (linux)", runner_name: "runner-6", steps: steps(1) },
      { id: 2, name: "build (mac)", runner_name: "runner-7", steps: steps(2) },
    );
    expect(await provider().steps?.(run, signal)).toMatchObject([{ step: { number: 2 } }]);
    const { runner: _, ...unknown } = run;
    expect(await provider().steps?.(unknown as RunRecord, signal)).toEqual([]);
  });

  it("are none for a run that GitHub does not know", async () => {
    expect(await provider().steps?.(run, signal)).toEqual([]);
    expect(await provider().steps?.({ ...run, runId: "nightly" }, signal)).toEqual([]);
  });
});

describe("the log of a run", () => {
  const lines = async (): Promise<CiLogLine[] | undefined> => {
    const log = await provider().log?.(run, signal);
    if (log === undefined) return undefined;
    const read: CiLogLine[] = [];
    for await (const line of log) read.push(line);
    return read;
  };

  it("is read from where GitHub keeps it", async () => {
    jobs({ id: 42, name: "build" });
    const storage = `${github.url}/storage/log`;
    github.answers.set("/repos/acme/shop/actions/jobs/42/logs", {
      status: 302,
      headers: { location: storage },
      body: "",
    });
    github.answers.set("/storage/log", {
      body: `2026-01-02T03:04:05.1234567Z ##[group]Run npm ci\r\n2026-01-02T03:04:06.0000000Z ü${"x".repeat(200_000)}\n`,
    });
    const read = await lines();
    expect(read).toHaveLength(2);
    expect(read?.[0]).toEqual({
      text: "##[group]Run npm ci",
      time: Date.parse("2026-01-02T03:04:05.123Z"),
    });
    expect(read?.[1]?.text).toBe(`ü${"x".repeat(200_000)}`);
  });

  it("that is gone is none", async () => {
    jobs({ id: 42, name: "build" });
    expect(await lines()).toBeUndefined();
  });
});

describe("the commits", () => {
  const sha = (digit: string) => digit.repeat(40);
  const commit = (id: string, parent: string, more: object = {}) => ({
    sha: id,
    html_url: `https://github.example/${id}`,
    parents: [{ sha: parent }],
    commit: {
      message: `change ${id.slice(0, 1)}`,
      author: { name: "Ann", email: "ann@x.example", date: "2026-01-01T00:00:00Z" },
      committer: { date: "2026-01-02T00:00:00Z" },
    },
    files: [{ filename: "a.txt", previous_filename: "b.txt", patch: "@@ -1 +1 @@\n-x\n+y" }],
    ...more,
  });
  const compare = (ids: string[], total = ids.length) =>
    github.answers.set(`/repos/acme/shop/compare/${sha("a")}...${sha("c")}`, {
      body: { total_commits: total, commits: ids.map((id) => ({ sha: id })) },
    });

  it("between two are told with what they changed, the newest first", async () => {
    compare([sha("b"), sha("c")]);
    for (const [id, parent] of [
      [sha("b"), sha("a")],
      [sha("c"), sha("b")],
    ] as const) {
      github.answers.set(`/repos/acme/shop/commits/${id}`, { body: commit(id, parent) });
    }
    const query = { job, from: sha("a"), to: sha("c"), limit: 10 };
    expect(await provider().commits?.(query, signal)).toMatchObject({
      more: false,
      commits: [
        {
          id: sha("c"),
          parent: sha("b"),
          author: "Ann <ann@x.example>",
          time: Date.parse("2026-01-02T00:00:00Z"),
          message: "change c",
          url: `https://github.example/${sha("c")}`,
          files: [{ path: "a.txt", previousPath: "b.txt", patch: "@@ -1 +1 @@\n-x\n+y" }],
        },
        { id: sha("b") },
      ],
    });
    const one = await provider().commits?.({ ...query, limit: 1 }, signal);
    expect(one).toMatchObject({ more: true, commits: [{ id: sha("c") }] });
  });

  it("that GitHub does not tell all of say so", async () => {
    compare([], 300);
    const found = await provider().commits?.(
      { job, from: sha("a"), to: sha("c"), limit: 9 },
      signal,
    );
    expect(found).toEqual({ commits: [], more: true });
  });

  it("are asked for by ids and repositories alone", async () => {
    for (const [repository, to] of [
      ["acme/shop", "main"],
      ["acme/shop", "../../../user"],
      ["acme/../../user", sha("c")],
      ["acme/..", sha("c")],
      ["acme", sha("c")],
    ] as const) {
      const query = { job: { ...job, repository }, to, limit: 9 };
      await expect(provider().commits?.(query, signal)).rejects.toMatchObject({
        code: "CI_FAILED",
      });
    }
    expect(github.requests).toEqual([]);
  });
});

it("a file is told as it is in a commit", async () => {
  github.answers.set("/repos/acme/shop/contents/d/f ü?.json", (_, headers) => ({
    headers: { "content-type": `${headers.accept}; charset=utf-8` },
    body: '{"a":1}',
  }));
  const read = (path: string) => provider().file?.({ job, commit: "a".repeat(40), path }, signal);
  expect(await read("d/f ü?.json")).toBe('{"a":1}');
  expect(github.requests[0]?.query).toEqual({ ref: "a".repeat(40) });
  expect(await read("nothing")).toBeUndefined();
});

it("the source is searched, of the repository and of its owner", async () => {
  github.answers.set("/search/code", {
    body: {
      items: [
        {
          path: "a.yml",
          html_url: "https://github.example/a.yml",
          repository: { full_name: "acme/web" },
          text_matches: [{ fragment: "host: stray.example" }],
        },
      ],
    },
  });
  const search = (within: "repository" | "owner") =>
    provider().searchCode?.({ job, text: 'stray"example', within, limit: 5 }, signal);
  expect(await search("owner")).toEqual([
    {
      repository: "acme/web",
      path: "a.yml",
      text: "host: stray.example",
      url: "https://github.example/a.yml",
    },
  ]);
  await search("repository");
  expect(github.requests.map(({ query }) => query.q)).toEqual([
    '"stray example" user:acme',
    '"stray example" repo:acme/shop',
  ]);
});

describe("a limit", () => {
  it("is waited for where that is short, and the request sent again", async () => {
    let asked = 0;
    github.answers.set(jobsPath, () => {
      asked += 1;
      return asked === 1
        ? { status: 429, headers: { "retry-after": "1" }, body: { message: "slow down" } }
        : { body: { jobs: [] } };
    });
    const started = Date.now();
    expect(await provider().steps?.(run, signal)).toEqual([]);
    expect(Date.now() - started).toBeGreaterThan(900);
    expect(asked).toBe(2);
  });

  it("that is long is told, and nothing more is asked until then", async () => {
    const reset = String(Math.ceil(Date.now() / 1_000) + 600);
    github.answers.set(jobsPath, {
      status: 403,
      headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset },
      body: { message: "API rate limit exceeded" },
    });
    const one = provider();
    await expect(one.steps?.(run, signal)).rejects.toThrow(/rate limit is used up for \d+ s/);
    await expect(one.log?.(run, signal)).rejects.toThrow(/rate limit is used up/);
    expect(github.requests).toHaveLength(1);
    github.answers.set("/search/code", { body: { items: [] } });
    const query = { job, text: "x", within: "owner", limit: 1 } as const;
    expect(await one.searchCode?.(query, signal)).toEqual([]);
  });

  it("is none where something is merely forbidden", async () => {
    github.answers.set(jobsPath, { status: 403, body: { message: "Resource not accessible" } });
    await expect(provider().steps?.(run, signal)).rejects.toThrow("GitHub answered 403");
    expect(github.requests).toHaveLength(1);
  });
});

it("a token stands in no error", async () => {
  const gone = provider({ apiUrl: "http://127.0.0.1:9" });
  const error = await gone.steps?.(run, signal).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "CI_FAILED" });
  expect(`${error}${JSON.stringify(error)}`).not.toContain(token);
  const stopped = AbortSignal.abort();
  await expect(provider().steps?.(run, stopped)).rejects.toThrow("gave up");
});

it("an app signs in where it is installed", async () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs1", format: "pem" }) as string;
  github.answers.set("/repos/acme/shop/installation", { body: { id: 77 } });
  github.answers.set("/app/installations/77/access_tokens", {
    status: 201,
    body: { token: "ghs_installation", expires_at: "2100-01-01T00:00:00Z", permissions: {} },
  });
  jobs();
  const app = provider({ auth: { appId: 5, privateKey: pem } });
  await app.steps?.(run, signal);
  await app.steps?.(run, signal);
  expect(github.requests.map(({ path }) => path)).toEqual([
    "/repos/acme/shop/installation",
    "/app/installations/77/access_tokens",
    jobsPath,
    jobsPath,
  ]);
  expect(github.requests.at(-1)?.authorization).toBe("token ghs_installation");
});

it("says which option is wrong", () => {
  for (const options of [
    { auth: { token: "" } },
    { auth: { appId: "x", privateKey: "y" } },
    { auth: { token }, apiUrl: "ftp://x" },
    { auth: { token }, maxWaitMs: -1 },
  ]) {
    expect(() => githubCiProvider(options)).toThrow(/githubCiProvider: /);
  }
});
