import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type CaptureAgent,
  type CaptureEvent,
  memoryStore,
  type Store,
  StraycallError,
} from "@straycall/core";
import { afterAll, describe, expect, it } from "vitest";
import { parseArguments } from "../../src/command/arguments.js";
import type { CommandScope } from "../../src/command/command-scope.js";
import { runCommand } from "../../src/command/run-command.js";

const folder = mkdtempSync(join(tmpdir(), "straycall-run-"));
afterAll(() => rmSync(folder, { recursive: true }));

const recordings = join(import.meta.dirname, "recordings");
const recorded = (name: string) => recordedAgent(readEvents(name));
const readEvents = (name: string): CaptureEvent[] =>
  readFileSync(join(recordings, name), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

/** Plays what an agent saw of a command once, then waits for its end; with `then` it fails with that instead. */
function recordedAgent(events: CaptureEvent[], then?: Error): CaptureAgent {
  return {
    name: "recorded",
    async *capture(signal) {
      yield* events;
      if (then) throw then;
      if (signal.aborted) return;
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
    },
  };
}

interface Surroundings {
  agent?: CaptureAgent;
  store?: Store;
  /** How many processes the command leaves behind. */
  left?: number;
  isStdoutOpen?: boolean;
}

/** Runs `straycall-agent run ...` here, the command as a real process, and gives what came of it. */
async function run(
  args: string[],
  { agent, store = memoryStore(), left = 0, isStdoutOpen = true }: Surroundings = {},
) {
  const invocation = parseArguments(["run", ...args]);
  if (invocation.action !== "run") throw new Error(`it is ${invocation.action}`);
  const said = { out: "", err: "", commandsStdout: 0, starts: 0, isClosed: false };
  const scope: CommandScope = {
    agent: agent ?? recorded("usual.ndjson"),
    start([program, ...rest], { stdout }) {
      said.starts += 1;
      said.commandsStdout = stdout;
      return spawn(program, rest, { stdio: "ignore" });
    },
    population: () => left,
    endRest: async () => 0,
    close() {
      said.isClosed = true;
    },
  };
  const status = await runCommand(invocation.request, {
    environment: { PATH: "/bin:/usr/bin" },
    directory: "/home/me/shop",
    host: "laptop",
    openScope: () => scope,
    openStore: () => store,
    terminal: {
      colour: false,
      print(text) {
        if (isStdoutOpen) said.out += text;
        return isStdoutOpen;
      },
      tell(text) {
        said.err += text;
      },
      warn(message) {
        said.err += `straycall: ${message}\n`;
      },
    },
  });
  return { status, ...said };
}

/** A store that several runs share: none of them closes it. */
const lastingStore = (): Store => ({ ...memoryStore(), async close() {} });

describe("straycall-agent run", () => {
  it("keeps what was polled apart from what the kernel told: names and addresses do not compare", async () => {
    const store = lastingStore();
    await run(["--job", "demo", "--", "true"], { store });
    await run(["--job", "demo", "--capture", "polling", "--", "true"], { store });
    const { items } = await store.runs.list();
    expect(items.map(({ job }) => job.job).sort()).toEqual(["demo", "demo (polling)"]);
  });

  it("learns five runs and tells of the sixth what is new, once", async () => {
    const store = lastingStore();
    for (let ordinal = 1; ordinal <= 5; ordinal += 1) {
      const { err, status } = await run(["--job", "demo", "--", "true"], { store });
      expect(err).toMatch(`straycall: run ${ordinal} of 5 learned for demo: 1 call, 1 endpoint`);
      expect(status).toBe(0);
    }
    const stray = { store, agent: recorded("stray.ndjson") };
    const sixth = await run(["--job", "demo", "--", "true"], stray);
    expect(sixth.err).toContain("[critical] New outbound call: collector.evil.example:8443");
    expect(sixth.err).toContain("node postinstall.js --send");
    expect(sixth.err).toContain("pid 4103, parent 4101");
    expect(sixth.err).toContain("sh -c 'npm install; npm test'");
    expect(sixth.err).not.toContain("registry.example");
    const seventh = await run(["--job", "demo", "--", "true"], stray);
    expect(seventh.err).toBe(
      "straycall: nothing new for demo: 2 calls, 2 endpoints known from 7 runs\n",
    );
  });

  it("exits as the command does", async () => {
    expect(await run(["--", "sh", "-c", "exit 42"])).toMatchObject({ status: 42 });
    expect(await run(["--", "sh", "-c", "kill -9 $$"])).toMatchObject({ status: 137 });
  });

  it("exits with 3 if something new is as severe as --fail-on", async () => {
    const failOn = (severity: string, command = "true") =>
      run(["--learning-runs", "0", "--fail-on", severity, "--", command], {
        agent: recorded("stray.ndjson"),
      });
    expect(await failOn("medium")).toMatchObject({ status: 3 });
    expect(await failOn("critical")).toMatchObject({ status: 0 });
    expect(await failOn("low", "false")).toMatchObject({ status: 1 });
  });

  it("prints the report as JSON, and nothing else, on stdout", async () => {
    const { out, commandsStdout } = await run(["--json", "--learning-runs", "0", "--", "true"], {
      agent: recorded("stray.ndjson"),
    });
    expect(commandsStdout).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      run: { outcome: "success", runner: "laptop", coverage: { level: "full" } },
      detections: [{ subject: "registry.example:443" }, { subject: "collector.evil.example:8443" }],
    });
  });

  it("fails if nobody can read the JSON that was asked for", async () => {
    const closed = { isStdoutOpen: false };
    expect(await run(["--json", "--", "true"], closed)).toMatchObject({ status: 125 });
    expect(await run(["--json", "--", "false"], closed)).toMatchObject({ status: 1 });
    expect(await run(["--", "true"], closed)).toMatchObject({ status: 0 });
  });

  it("leaves stdout to the command without --json", async () => {
    expect(await run(["--", "true"])).toMatchObject({ out: "", commandsStdout: 1 });
  });

  it("says nothing with --quiet if nothing is new", async () => {
    expect(await run(["--quiet", "--", "true"])).toMatchObject({ out: "", err: "" });
  });

  it("writes events that can be ingested elsewhere, and make the same run there", async () => {
    const events = join(folder, "events.ndjson");
    await run(["--run-id", "r7", "--events", events, "--", "true"]);
    const [head, ...lines] = readFileSync(events, "utf8").trimEnd().split("\n");
    expect(JSON.parse(head ?? "")).toEqual({
      run: {
        job: {
          platform: "local",
          repository: "shop",
          workflow: "command-line",
          job: "true",
        },
        runId: "r7",
        attempt: 1,
      },
    });
    const types = lines.map((line) => JSON.parse(line).type);
    expect(types[0]).toBe("run.started");
    expect(types).toContain("network.connect");
    expect(types.at(-1)).toBe("run.finished");
  });

  it("tells of background processes and calls the coverage partial", async () => {
    const { err } = await run(["--", "true"], { left: 2 });
    expect(err).toContain("not everything was seen: 2 background processes outlived the command");
  });

  it("lets the command go on when the capture breaks, and says so", async () => {
    const broken = () => recordedAgent(readEvents("usual.ndjson"), new Error("the ring is gone"));
    const { status, err, starts } = await run(["--", "true"], { agent: broken() });
    expect({ status, starts }).toEqual({ status: 0, starts: 1 });
    expect(err).toContain("the capture broke, the command goes on unwatched: the ring is gone");
    expect(err).toContain("not everything was seen: The capture broke");
    const judged = await run(["--fail-on", "high", "--", "true"], { agent: broken() });
    expect(judged.status).toBe(125);
    expect(judged.err).toContain("--fail-on cannot be judged");
  });

  it("lets the command go on when the store breaks, and says so", async () => {
    const store = memoryStore();
    const failing: Store = {
      ...store,
      events: {
        ...store.events,
        async append() {
          throw new StraycallError("STORE_FAILED", "the disk is full");
        },
      },
    };
    const { status, err } = await run(["--", "sh", "-c", "exit 5"], { store: failing });
    expect(status).toBe(5);
    expect(err).toContain("recording failed: the disk is full");
  });

  it("does not run the command if the capture cannot start", async () => {
    const agent: CaptureAgent = {
      name: "none",
      // biome-ignore lint/correctness/useYield: it fails before it has anything to yield
      async *capture() {
        throw new StraycallError("CAPTURE_UNSUPPORTED", "needs root");
      },
    };
    const store = lastingStore();
    await expect(run(["--", "true"], { agent, store })).rejects.toMatchObject({
      code: "CAPTURE_UNSUPPORTED",
    });
    expect((await store.runs.list()).items).toEqual([]);
  });

  it("records nothing for a command that is not there or cannot be executed", async () => {
    const store = lastingStore();
    const missing = await run(["--", "no-such-command"], { store });
    expect(missing).toMatchObject({ status: 127, starts: 0 });
    expect(missing.err).toBe("straycall: no-such-command: not found\n");
    expect(await run(["--", "/etc/passwd"], { store })).toMatchObject({ status: 126, starts: 0 });
    expect((await store.runs.list()).items).toEqual([]);
  });

  it("does not take a run id twice", async () => {
    const store = lastingStore();
    await run(["--run-id", "r1", "--", "true"], { store });
    await expect(run(["--run-id", "r1", "--", "true"], { store })).rejects.toMatchObject({
      code: "CONFIG_INVALID",
      message: expect.stringContaining("--run-id r1 is taken"),
    });
  });
});
