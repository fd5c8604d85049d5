import { beforeAll, describe, expect, it } from "vitest";
import { ofType, record, recordPython, requireRoot } from "./record.js";

describe("processes, from the real kernel", () => {
  beforeAll(requireRoot);

  it("says first that it started, with nothing it cannot see", async () => {
    const { events } = await record(["/bin/true"]);
    expect(events[0]).toMatchObject({ type: "capture.started", agent: { name: "linux" } });
    expect(events[0]).not.toHaveProperty("agent.blind_spots");
  });

  it("tells the program, the arguments, the folder and the parent of every process", async () => {
    const recording = await record([
      "/bin/bash",
      "-c",
      "cd /usr && /bin/echo 'two words' ''; true",
    ]);
    const [bash] = ofType(recording, "process.exec").filter(
      ({ process }) => process.pid === recording.pid && process.args?.[0] === "/bin/bash",
    );
    const [echo] = ofType(recording, "process.exec").filter(
      ({ process }) => process.args?.[0] === "/bin/echo",
    );
    expect(bash?.process.executable).toBe("/usr/bin/bash");
    expect(echo?.process).toMatchObject({
      executable: "/usr/bin/echo",
      args: ["/bin/echo", "two words", ""],
      working_directory: "/usr",
      user: { id: 0 },
      parent: { pid: bash?.process.pid, entity_id: bash?.process.entity_id },
    });
    expect(echo?.process.cgroup).toMatch(/^\/straycall\/test-/);
  });

  it("cuts long arguments and says so", async () => {
    const recording = await record(["/bin/true", "x".repeat(20_000), "last"]);
    const exec = ofType(recording, "process.exec").find(
      ({ process }) => process.args?.[0] === "/bin/true",
    );
    expect(exec?.process.args_truncated).toBe(true);
    expect(exec?.process.args?.[1]).toMatch(/^x{8000,8192}$/);
  });

  it("tells the step and its Action, and nothing else of the environment", async () => {
    const recording = await record(["/bin/true"], {
      environment: {
        PADDING: "x".repeat(60_000),
        GITHUB_ACTION: "setup",
        GITHUB_ACTION_REPOSITORY: "actions/setup-node",
        GITHUB_ACTION_REF: "v4",
        GITHUB_TOKEN: "ghs_tellnobody",
        GITHUB_ACTION_PATH: "/tellnobody",
        GITHUB_WORKFLOW_REF: "tellnobody",
        CI_JOB_TOKEN: "tellnobody",
        CI_JOB_JWT: "tellnobody",
        BUILDKITE_AGENT_ACCESS_TOKEN: "tellnobody",
        BUILDKITE_PLUGIN_CONFIGURATION: "tellnobody",
        BUILDKITE_STEP_KEYRING: "tellnobody",
        CIRCLE_OIDC_TOKEN: "tellnobody",
        CIRCLE_JOB_SECRET: "tellnobody",
        JENKINS_NODE_COOKIE: "tellnobody",
        STAGE_NAMES: "tellnobody",
        AWS_SECRET_ACCESS_KEY: "tellnobody",
      },
    });
    const exec = ofType(recording, "process.exec").find(
      ({ process }) => process.args?.[0] === "/bin/true",
    );
    expect(exec?.step).toEqual({ id: "setup", action: { name: "actions/setup-node", ref: "v4" } });
    expect(JSON.stringify(recording.events)).not.toContain("tellnobody");
  });

  it("tells the step of other CI systems", async () => {
    const environment = { BUILDKITE_STEP_KEY: "tests", BUILDKITE_PLUGIN_NAME: "DOCKER_COMPOSE" };
    const recording = await record(["/bin/true"], { environment });
    const exec = ofType(recording, "process.exec").find(
      ({ process }) => process.args?.[0] === "/bin/true",
    );
    expect(exec?.step).toEqual({ id: "tests", action: { name: "DOCKER_COMPOSE" } });
  });

  it("says when an environment was too large to look for the step in", async () => {
    const variables = Array.from({ length: 5_000 }, (_, index) => [`V${index}`, ""]);
    const recording = await record(["/bin/true"], { environment: Object.fromEntries(variables) });
    const [lost] = ofType(recording, "capture.lost");
    expect(lost?.lost.reason).toBe("environments too large to look for the step in");
  });

  it("tells forks, and how processes ended", async () => {
    const recording = await record(["/bin/bash", "-c", "(exit 7); bash -c 'kill -9 $$'; exit 3"]);
    const exits = ofType(recording, "process.exit").map(({ process }) => process.exit_code);
    expect(exits).toEqual([7, 137, 3]);
    const forks = ofType(recording, "process.fork");
    expect(forks.map(({ process }) => process.parent?.pid)).toEqual([recording.pid, recording.pid]);
  });

  it("knows the ancestors of the agent, up to the first process", async () => {
    const recording = await record(["/bin/true"]);
    const before = ofType(recording, "process.exec").filter(
      ({ time }) => time < (recording.events[0]?.time ?? 0),
    );
    const pids = before.map(({ process }) => process.pid);
    expect(pids[0]).toBe(1);
    expect(pids).toContain(process.pid);
    for (const { process } of before.slice(1)) expect(pids).toContain(process.parent?.pid);
  });

  it("introduces a process that came into the cgroup with its program already running", async () => {
    const recording = await recordPython(`
import os
inside = "/sys/fs/cgroup" + ("/unified" if os.path.isdir("/sys/fs/cgroup/unified") else "")
mine = [line.strip()[3:] for line in open("/proc/self/cgroup") if line.startswith("0::")][0]
def enter(folder): open(folder + "/cgroup.procs", "w").write(str(os.getpid()))
enter(inside)
caller = f"""
import os, socket, time
open('{inside + mine}/cgroup.procs', 'w').write(str(os.getpid()))
socket.socket().connect_ex(('127.0.0.1', 9))
time.sleep(0.5)"""
os.posix_spawn("/usr/bin/python3", ["from-outside", "-c", caller], {})
os.wait()`);
    const calls = ofType(recording, "network.connect");
    expect(calls).toHaveLength(1);
    const introduction = ofType(recording, "process.exec").find(
      ({ process }) => process.args?.[0] === "from-outside",
    );
    expect(introduction?.process.entity_id).toBe(calls[0]?.process.entity_id);
    expect(introduction?.process.executable).toMatch(/python3/);
  });
});
