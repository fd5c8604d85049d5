import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OwnNetwork, wiredNetwork } from "../block/own-network.js";
import { pins } from "../block/pins.js";
import { agent, startAgent } from "./straycall-agent.js";

const elsewhere = 5011;
const pollMs = 50;
const patienceMs = 20_000;

let folder: string;
let network: OwnNetwork;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "straycall-block-"));
  network = await wiredNetwork();
});
afterAll(async () => {
  await network?.close();
  rmSync(folder, { recursive: true });
});

const file = (name: string) => join(folder, name);
const connect = (port: number) =>
  `python3 -c 'import socket; socket.create_connection(("${network.ipv4}", ${port}), 2)' 2> /dev/null`;
const blockRun = (job: string, script: string, ...options: string[]) => [
  ...["run", "--mode", "block", "--job", job, "--db", file(`${job}.db`), ...options, "--"],
  ...[...network.enter, "sh", "-c", script],
];

async function untilThere(path: string) {
  for (let waited = 0; !existsSync(path); waited += pollMs) {
    if (waited > patienceMs) throw new Error(`${path} did not come`);
    await pause(pollMs);
  }
}

describe("a command in block mode", () => {
  it("calls what is allowed, and nothing else; the report says what was blocked and by whom", async () => {
    writeFileSync(file("rules"), `${network.ipv4}:${network.port} # the receiver\n`);
    const script = `${connect(network.port)} && echo reached; ${connect(elsewhere)} || echo denied; true`;
    const args = blockRun("report", script, "--allow-file", file("rules"));
    const { out, err, status } = await agent(args);
    expect(out).toBe("reached\ndenied\n");
    expect(status).toBe(0);
    expect(err).toContain(`${network.ipv4}:${elsewhere}`);
    expect(err).toMatch(/[Bb]locked/);
    expect(err).toContain("python3 -c");
    const { connections } = await network.arrived();
    expect(connections).toBe(1);
  });

  it("is a run of mode block, and its blocked calls can fail it", async () => {
    const script = `${connect(elsewhere)}; true`;
    const { out, status } = await agent(blockRun("fail", script, "--fail-on", "info", "--json"));
    expect(JSON.parse(out)).toMatchObject({
      run: { mode: "block" },
      detections: [{ kind: "blocked-call", endpoint: { host: network.ipv4, port: elsewhere } }],
    });
    expect(status).toBe(3);
  });

  it("has no packet sockets, as whoever it runs", async () => {
    const script = `python3 -c 'import socket; socket.socket(socket.AF_PACKET, socket.SOCK_RAW)' 2>&1 | tail -1`;
    const { out, status } = await agent(blockRun("packets", script));
    expect(out).toContain("PermissionError");
    expect(status).toBe(0);
  });

  it("is not started with a rule that cannot be read", async () => {
    const args = blockRun("wrong", `touch ${file("ran")}`, "--allow", "a b");
    const { err, status } = await agent(args);
    expect(err).toContain('"a b" is no name');
    expect(status).toBe(2);
    expect(existsSync(file("ran"))).toBe(false);
  });
});

describe("when the agent of a block mode run is killed", () => {
  /** The command calls once the agent is gone. */
  const callAfterKill = async (name: string, ...options: string[]) => {
    const [started, go, ended] = ["started", "go", "ended"].map((each) => file(`${name}-${each}`));
    // A command's parent is the agent; what started that may only wait for it.
    const script = `echo $PPID > ${started}.new; mv ${started}.new ${started}; while [ ! -e ${go} ]; do sleep 0.1; done; ${connect(network.port)}; touch ${ended}`;
    const { child } = startAgent(blockRun(name, script, ...options));
    await untilThere(started ?? "");
    await network.arrived();
    const exit = once(child, "exit");
    process.kill(Number(readFileSync(started ?? "", "utf8")), "SIGKILL");
    await exit;
    writeFileSync(go ?? "", "");
    await untilThere(ended ?? "");
    return network.arrived();
  };

  it("its command can call everywhere by default", async () => {
    const { connections } = await callAfterKill("open");
    expect(connections).toBe(1);
  });

  it("its command still cannot if it was told to fail closed, until the next run cleans up", async () => {
    const before = pins();
    const arrived = await callAfterKill("closed", "--fail-closed");
    expect(arrived).toEqual({ connections: 0, datagrams: 0, packets: [] });
    const left = pins().filter((each) => !before.includes(each));
    expect(left).toHaveLength(1);
    await agent(blockRun("next", "true", "--fail-closed"));
    expect(pins()).not.toContain(left[0]);
  });
});

describe("when a command in block mode ends", () => {
  it("what it left behind is ended before the policy is, and the report says so", async () => {
    const send = `import socket, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
while True:
  try: s.sendto(b"x", ("${network.ipv4}", ${network.port}))
  except PermissionError: pass
  time.sleep(0.02)`;
    writeFileSync(file("send.py"), send);
    const script = `setsid python3 ${file("send.py")} < /dev/null > /dev/null 2>&1 & sleep 0.5`;
    await network.arrived();
    const { err, status } = await agent(blockRun("behind", script));
    const isRunning = spawnSync("pgrep", ["-f", file("send.py")]).status === 0;
    spawnSync("pkill", ["-f", file("send.py")]);
    expect(await network.arrived()).toEqual({ connections: 0, datagrams: 0, packets: [] });
    expect(isRunning).toBe(false);
    expect(err).toContain("1 background process outlived the command: killed");
    expect(status).toBe(0);
  });
});

describe("when the recording of a command in block mode breaks", () => {
  it("the command goes on under its policy", async () => {
    const [started, go, ended] = ["started", "go", "ended"].map((each) => file(`broken-${each}`));
    const script = `echo $PPID > ${started}.new; mv ${started}.new ${started}; while [ ! -e ${go} ]; do sleep 0.1; done; ${connect(network.port)} || touch ${ended}`;
    const { child, said } = startAgent(blockRun("broken", script));
    await untilThere(started ?? "");
    await network.arrived();
    const agentPid = readFileSync(started ?? "", "utf8").trim();
    const reader = spawnSync("pgrep", ["-P", agentPid, "-f", "reader"], { encoding: "utf8" });
    let told = "";
    child.stderr.on("data", (data: Buffer) => {
      told += data.toString();
    });
    process.kill(Number(reader.stdout), "SIGKILL");
    for (let waited = 0; !told.includes("broke"); waited += pollMs) {
      if (waited > patienceMs) throw new Error("nobody said that the capture broke");
      await pause(pollMs);
    }
    writeFileSync(go ?? "", "");
    const { err } = await said;
    expect(err).toContain("held to its policy");
    expect(existsSync(ended ?? "")).toBe(true);
    expect(await network.arrived()).toEqual({ connections: 0, datagrams: 0, packets: [] });
  });
});
