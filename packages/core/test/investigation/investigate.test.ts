import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { CaptureEvent } from "../../src/events/event.js";
import { exec } from "../events/make-events.js";
import { auditedJob, calls, usual } from "../monitor/audited-job.js";

const inPackage = (event: CaptureEvent, name: string): CaptureEvent =>
  event.type === "process.exec"
    ? {
        ...event,
        process: { ...event.process, working_directory: `/work/shop/node_modules/${name}` },
      }
    : event;

/** An install script of a package, in a step, that sends something by a child and calls elsewhere, too. */
const theft = (): CaptureEvent[] => [
  exec(28, ["npm", "ci"], { parent: 5, step: { id: "__run_2", name: "Install" } }),
  inPackage(exec(29, ["sh", "-c", "node setup.js"], { parent: 28 }), "@evil/pack"),
  inPackage(exec(30, ["node", "setup.js"], { parent: 29 }), "@evil/pack"),
  exec(31, ["git", "status"], { parent: 30 }),
  ...calls(31, "api.github.com", "192.0.2.10"),
  ...calls(30, "collector.example", "203.0.113.9", { requests: ["POST /u"] }),
];

async function robbedJob() {
  const audited = auditedJob();
  await audited.learn();
  const { detections } = await audited.run([...usual(), ...theft()]);
  const stolen = detections.find(({ endpoint }) => endpoint.host === "collector.example");
  return { ...audited, id: stolen?.id ?? "" };
}

describe("investigate", () => {
  it("finds the step, the process chain, what it started and called besides, and the request", async () => {
    const { monitor, id } = await robbedJob();
    const found = await monitor.investigate(id);
    expect(found.step).toMatchObject({ step: { name: "Install" }, source: "environment" });
    expect(found.lineage).toBe("install-script");
    expect(found.chain.map(({ commandLine }) => commandLine)).toEqual([
      "node setup.js",
      "sh -c 'node setup.js'",
      "npm ci",
      "bash build.sh",
    ]);
    expect(found.descendants).toMatchObject({
      items: [{ commandLine: "git status" }],
      more: false,
    });
    expect(found.otherCalls).toMatchObject({
      items: [{ endpoint: { host: "api.github.com" } }],
      more: false,
    });
    expect(found.call).toMatchObject({ http: [{ method: "POST", path: "/u" }], bytesOut: 100 });
    expect(found.before).toMatchObject({ runId: "r8" });
    expect(found.requests).toMatchObject([{ method: "POST", path: "/u", route: "/u" }]);
    expect(found.unknown).toEqual([
      "The run's commit is unknown.",
      "The build log is not at hand.",
      "What changed in the repository is not known here.",
    ]);
  });

  it("suspects the package first, then the program and the step, each with its evidence", async () => {
    const { monitor, id } = await robbedJob();
    const { suspects } = await monitor.investigate(id);
    expect(suspects.map(({ kind, name }) => [kind, name])).toEqual([
      ["package", "@evil/pack"],
      ["program", "node setup.js"],
      ["step", "Install"],
    ]);
    for (const { evidence } of suspects) expect(evidence.length).toBeGreaterThan(0);
  });

  it("finds the same in other jobs of the store", async () => {
    const { monitor, run, learn, id } = await robbedJob();
    await learn();
    for (let i = 0; i < 8; i += 1) await run(usual(), { job: "deploy" });
    await run([...usual(), ...theft()], { job: "deploy" });
    const { elsewhere } = await monitor.investigate(id);
    expect(elsewhere.detections.items.map(({ job }) => job.job)).toEqual(["deploy"]);
  });

  it("says what it does not know", async () => {
    const audited = auditedJob();
    await audited.learn();
    const { detections } = await audited.run([
      ...usual(),
      ...calls(77, "collector.example", "203.0.113.9"),
    ]);
    const found = await audited.monitor.investigate(detections[0]?.id ?? "");
    expect(found.unknown).toContain("What was asked is unknown: the request could not be read.");
    expect(found.unknown).toContain("In which step it was made is unknown.");
    await expect(audited.monitor.investigate("nothing")).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

it("an investigation is what its published schema says", async () => {
  const { monitor, id } = await robbedJob();
  const schema = JSON.parse(
    readFileSync(new URL("../../schema/straycall.json", import.meta.url), "utf8"),
  );
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema(schema);
  const validate = ajv.compile({ $ref: `${schema.$id}#/$defs/Investigation` });
  const found = JSON.parse(JSON.stringify(await monitor.investigate(id)));
  expect(validate(found), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...found, chain: 7 })).toBe(false);
});
