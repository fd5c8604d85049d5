import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CaptureEvent, type JobRef, jobKey } from "@straycall/core";

/*
 * A job whose last run strayed, with what a CI platform has of it: a git clone and a log. All that people read of it may be
 * given: hostile texts stand where an attacker could put them.
 */

export const runbookJob: JobRef = {
  platform: "github",
  repository: "acme/shop",
  workflow: ".github/workflows/ci.yml",
  job: "build",
};

export interface RunbookTexts {
  host: string;
  /** What the program is called with. */
  argument: string;
  path: string;
  step: string;
  folder: string;
  logLine: string;
  commitMessage: string;
  author: string;
  packageName: string;
  runId: string;
}

export const plainTexts: RunbookTexts = {
  host: "collector.example",
  argument: "--upload",
  path: "/in/4711",
  step: "Install dependencies",
  folder: "/home/runner/work/shop/node_modules/fast-image",
  logLine: "> fast-image@1.0.1 postinstall",
  commitMessage: "chore: update dependencies",
  author: "Mallory",
  packageName: "fast-image",
  runId: "stray",
};

/** Where the service finds what the platform has; see `STRAYCALL_CI_CLONES`. */
export interface RunbookFolders {
  clones: string;
  logs: string;
}

/** Makes the clone and the log, and answers with the commits before and of the run. */
export function runbookRepository(
  { clones, logs }: RunbookFolders,
  texts: RunbookTexts,
  startedAt: number,
  repository = runbookJob.repository,
): { before: string; after: string } {
  const clone = join(clones, repository);
  mkdirSync(clone, { recursive: true });
  mkdirSync(logs, { recursive: true });
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", clone, "-c", "user.email=m@x.example", ...args], {
      encoding: "utf8",
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
    }).trim();
  const lock = (version: string) =>
    JSON.stringify(
      { lockfileVersion: 3, packages: { [`node_modules/${texts.packageName}`]: { version } } },
      undefined,
      2,
    );
  const commit = (who: string, message: string) => {
    git("add", "--all");
    const name = who.replaceAll(/[<>\n\0]/g, " ").trim() || "nobody";
    git("-c", `user.name=${name}`, "commit", "--quiet", "--message", message);
    return git("rev-parse", "HEAD");
  };
  git("init", "--quiet", "--initial-branch=main");
  writeFileSync(join(clone, "package-lock.json"), lock("1.0.0"));
  const before = commit("Ann", "the shop");
  writeFileSync(join(clone, "package-lock.json"), lock("1.0.1"));
  writeFileSync(join(clone, "hosts.txt"), `${texts.host} ${texts.logLine}\n`);
  const after = commit(texts.author, texts.commitMessage.replaceAll("\0", "") || "nothing");
  const at = (ms: number) => new Date(startedAt + ms).toISOString();
  const log = [
    `${at(0)} ##[group]Run npm ci`,
    `${at(900)} ${texts.logLine}`,
    `${at(1_500)} sent to ${texts.host}`,
    `${at(2_000)} ${texts.logLine}`,
  ];
  writeFileSync(join(logs, `${texts.runId}.log`), `${log.join("\n")}\n`);
  return { before, after };
}

/** The events of a run; one that strays calls the host, by a script that npm started. */
function runbookEvents(
  startedAt: number,
  commit: string,
  texts: RunbookTexts,
  strays: boolean,
): CaptureEvent[] {
  const at = (ms: number) => startedAt + ms;
  const step = { id: "__run", name: texts.step };
  const exec = (pid: number, ms: number, args: string[], parent?: number): CaptureEvent => ({
    id: `exec-${pid}`,
    time: at(ms),
    type: "process.exec",
    process: {
      pid,
      executable: `/usr/bin/${args[0]}`,
      args,
      working_directory: pid >= 40 ? texts.folder : "/home/runner/work/shop",
      user: { id: 1001, name: "runner" },
      ...(parent === undefined ? {} : { parent: { pid: parent } }),
    },
    ...(pid === 20 ? { step } : {}),
  });
  const call = (id: string, ms: number, pid: number, host: string, request?: string) => {
    const events: CaptureEvent[] = [
      {
        id: `${id}-connect`,
        time: at(ms),
        type: "network.connect",
        connection: { id },
        process: { pid },
        destination: { domain: host, ip: "203.0.113.7", port: 443 },
        network: { transport: "tcp" },
      },
    ];
    if (request !== undefined) {
      events.push({
        id: `${id}-request`,
        time: at(ms + 1),
        type: "http.request",
        connection: { id },
        http: { request: { method: "POST" } },
        url: { path: request, domain: host },
      });
    }
    events.push({
      id: `${id}-close`,
      time: at(ms + 50),
      type: "network.close",
      connection: { id },
      source: { bytes: 3_200 },
      destination: { bytes: 180 },
    });
    return events;
  };
  return [
    {
      id: "start",
      time: at(0),
      type: "run.started",
      run: { commit, event: "push", actor: texts.author.slice(0, 256), runner: "runner-7" },
    },
    { id: "agent", time: at(0), type: "capture.started", agent: { name: "test" } },
    exec(10, 0, ["bash", "/runner/job.sh"]),
    exec(20, 1, ["bash", "-e", "/runner/step.sh"], 10),
    exec(30, 2, ["npm", "ci"], 20),
    ...call("registry", 300, 30, "packages.example"),
    ...(strays
      ? [
          exec(40, 900, ["sh", "-c", "node install.js"], 30),
          exec(41, 910, ["node", "install.js", texts.argument], 40),
          ...call("stray", 1_400, 41, texts.host, texts.path),
        ]
      : []),
    { id: "end", time: at(2_500), type: "run.finished", run: { outcome: "success" } },
  ];
}

/** Sends runs that teach, and the one that strays, to a service. */
export async function sendRunbookRuns(
  url: string,
  token: string,
  folders: RunbookFolders,
  texts: RunbookTexts = plainTexts,
  job: JobRef = runbookJob,
): Promise<void> {
  const startedAt = Date.now() - 3_600_000;
  const { before, after } = runbookRepository(folders, texts, startedAt, job.repository);
  const send = async (runId: string, events: CaptureEvent[]) => {
    const answer = await fetch(`${url}/api/v1/events`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ run: { job, runId }, events }),
    });
    const { rejected } = JSON.parse(await answer.text());
    if (answer.status !== 200 || rejected.length > 0) {
      throw new Error(`${jobKey(job)}: ${answer.status} ${JSON.stringify(rejected)}`);
    }
  };
  for (const back of [3, 2, 1]) {
    const earlier = startedAt - back * 3_600_000;
    await send(`usual-${back}`, runbookEvents(earlier, before, texts, false));
  }
  await send(texts.runId, runbookEvents(startedAt, after, texts, true));
}
