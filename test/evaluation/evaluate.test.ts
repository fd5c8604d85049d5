import { spawnSync } from "node:child_process";
import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type SmallHistories, smallHistories } from "./small-histories.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
let small: SmallHistories;
beforeEach(() => {
  small = smallHistories();
});
afterEach(() => small.remove());

function evaluate(...args: string[]) {
  const command = ["--conditions=@straycall/source", "bench/detection/evaluate.ts", ...args];
  const tsx = join(root, "node_modules/.bin/tsx");
  return spawnSync(tsx, command, { cwd: root, encoding: "utf8" });
}

function evaluated(...args: string[]) {
  const json = join(small.folder, "result.json");
  const files = ["--histories", small.histories, "--incidents", small.incidents, "--json", json];
  const { status, stderr, stdout } = evaluate(...files, "--max-runs", "40", ...args);
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: expect.stringContaining("owner groups"),
  });
  const text = readFileSync(json, "utf8");
  return { text, report: stdout, result: JSON.parse(text) };
}

/** All but what a machine's speed decides. */
const withoutTimes = (text: string) => text.replace(/"microsPerCall": [\d.]+/g, "");

describe("the evaluation", () => {
  test("writes one row of numbers for each detector", { timeout: 120_000 }, () => {
    const { result, report } = evaluated("--benign", small.benign);

    expect(Object.keys(result)).toEqual(["seed", "data", "detectors"]);
    const exact = result.detectors.find(({ name }: { name: string }) => name === "exact-host");
    expect(exact).toMatchObject({
      recallHigh: expect.any(Number),
      recallHighTrusted: 0,
      recallFirstRun: 0,
      notificationsPer1000: expect.any(Number),
      highPer1000: expect.any(Number),
      alertDaysPerRepoYear: expect.any(Number),
      highAlertDaysPerRepoYear: expect.any(Number),
      averagePrecision: expect.any(Number),
      rocAuc: expect.any(Number),
      microsPerCall: expect.any(Number),
      bytesPerJob: expect.any(Number),
    });
    expect(report).toContain(" | exact-host | ");
    expect(report).toContain("False alarms that really happened");
  });

  test("tells by the exact rule every incident with a new endpoint and no other", {
    timeout: 120_000,
  }, () => {
    const { result } = evaluated();
    const exact = result.detectors.find(({ name }: { name: string }) => name === "exact-host");

    // The theft is told in all its injections, the dead drop at a known host in none, the control is not asked.
    expect(exact.recallAny).toBe(0.5);
    expect(exact.delayRuns).toBe(0);
    expect(result.data).toMatchObject({ incidents: 3, controls: 1 });
  });

  test("has the same numbers for the same seed, and others for another", {
    timeout: 180_000,
  }, () => {
    const once = withoutTimes(evaluated("--seed", "7").text);
    const again = withoutTimes(evaluated("--seed", "7").text);
    const other = withoutTimes(evaluated("--seed", "8").text);

    expect(again).toBe(once);
    expect(other).not.toBe(once);
  });

  test("leaves demonstrations out and says how much it skipped", { timeout: 120_000 }, () => {
    const changes = join(small.histories, "endpoints_changes.jsonl");
    appendFileSync(changes, `${JSON.stringify({ repo: "one/app", endpoints: null })}\n`);
    const sparse = {
      repo: "four/app",
      workflow: "ci.yml",
      job: "build",
      date: "2024-01-01",
      endpoints: ["example.com:443", null, "not an endpoint"],
      runsOn: { group: "large" },
      uses: null,
    };
    appendFileSync(changes, `${JSON.stringify(sparse)}\n`);
    rmSync(join(small.histories, "transitions.jsonl"));

    const { result } = evaluated();

    expect(result.data.skipped).toMatchObject({
      "changes of demonstrations": 1,
      "changes without workflow": 1,
      "file missing: transitions.jsonl": 1,
      "listed endpoints that cannot be read": 1,
    });
    expect(result.data.jobs).toBe(7);
  });

  test("names file, line and field of what it cannot read", () => {
    const incidents = join(small.folder, "wrong.jsonl");
    writeFileSync(
      incidents,
      `{"id":"fine"}\n{"id":"wrong","endpoints":[{"host":"a.example","port":"x"}]}\n`,
    );

    const { status, stderr } = evaluate("--histories", small.histories, "--incidents", incidents);

    expect(status).toBe(1);
    expect(stderr).toContain(`${incidents}:2: endpoints.0.port: `);
  });

  test.each([
    [["--histories", "/nowhere", "--incidents", "x"], "--histories: /nowhere is no folder"],
    [["--seed", "1"], "--histories is missing"],
    [["--what"], "--what"],
  ])("says what is wrong with the arguments %j", (args, message) => {
    const { status, stderr } = evaluate(...args);

    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("    at ");
  });
});
