import { describe, expect, it } from "vitest";
import { packPackages } from "./packed-packages.js";
import { strangerProject } from "./stranger-project.js";
import { temporaryFolder } from "./temporary-folder.js";

const packages = packPackages(temporaryFolder("tarballs"));
const specifiers = packages.flatMap((packed) => packed.specifiers);
const project = strangerProject(temporaryFolder("stranger"), packages);

type ExportNames = Record<string, string[]>;

const importedNames: ExportNames = JSON.parse(
  project.run(
    "import-all.mjs",
    `const names = {};
     for (const specifier of ${JSON.stringify(specifiers)})
       names[specifier] = Object.keys(await import(specifier)).sort();
     console.log(JSON.stringify(names));`,
  ),
);

/** A module that uses every export by its name, so each of them must have a type. */
const usesEveryExport = Object.entries(importedNames)
  .map(([specifier, names], index) => {
    const uses = names.map((name) => `imported${index}.${name}`).join(", ");
    return `import * as imported${index} from "${specifier}";\nexport const uses${index} = [${uses}];`;
  })
  .join("\n");

describe("a stranger's project", () => {
  it("imports every export of every package", () => {
    expect(Object.keys(importedNames)).toEqual(specifiers);
    expect(Object.entries(importedNames).filter(([, names]) => names.length === 0)).toEqual([]);
  });

  it("requires the same exports", () => {
    const requiredNames: ExportNames = JSON.parse(
      project.run(
        "require-all.cjs",
        `const names = {};
         for (const specifier of ${JSON.stringify(specifiers)})
           names[specifier] = Object.keys(require(specifier)).sort();
         console.log(JSON.stringify(names));`,
      ),
    );
    expect(requiredNames).toEqual(importedNames);
  });

  it("type-checks them as ES modules and as CommonJS under nodenext", () => {
    const options = [
      "--module",
      "nodenext",
      "--moduleResolution",
      "nodenext",
      "--target",
      "es2023",
    ];
    expect(project.typeCheck(["use.mts", "use.cts"], usesEveryExport, options)).toBe("");
  });

  it("type-checks them under bundler", () => {
    const options = ["--module", "esnext", "--moduleResolution", "bundler", "--target", "es2023"];
    expect(project.typeCheck(["use.ts"], usesEveryExport, options)).toBe("");
  });

  it("loads every dependency that has an install script, though none was run", () => {
    const wanting = project.packagesWithInstallScript();
    const program = `for (const name of ${JSON.stringify(wanting)}) require(name);`;
    expect(wanting).not.toEqual([]);
    expect(project.run("load-native.cjs", `${program} console.log("loaded");`)).toBe("loaded\n");
  });

  it.each([
    ["ES modules", "watch.mjs", (name: string) => `await import("${name}")`],
    ["CommonJS", "watch.cjs", (name: string) => `require("${name}")`],
  ])("watches a run with the SQLite store from %s", (_, file, from) => {
    const program = `async function watch() {
      const { createMonitor } = ${from("@straycall/core")};
      const { sqliteStore } = ${from("@straycall/store-sqlite")};
      const store = sqliteStore({ path: "${file}.db" });
      const monitor = createMonitor({ store, baseline: { learningRuns: 0 } });
      const job = { platform: "local", repository: "r", workflow: "w", job: "j" };
      const run = await monitor.startRun({ job, runId: "1" });
      await run.observe([{
        id: "1", time: 1, type: "network.connect", connection: { id: "1" }, process: { pid: 1 },
        destination: { ip: "203.0.113.9", port: 443 }, network: { transport: "udp" },
      }]);
      const { detections } = await run.finish({ outcome: "success" });
      await monitor.close();
      console.log(detections.map(({ subject }) => subject).join());
    }
    watch();`;
    expect(project.run(file, program)).toBe("203.0.113.9:443\n");
  });

  it("runs the straycall-agent command", () => {
    expect(project.command("straycall-agent", "--help")).toContain("straycall-agent run");
  });

  it.runIf(process.getuid?.() === 0)("watches a command with the packed kernel programs", () => {
    const options = ["--job", "packed", "--db", "agent.db", "--json"];
    const report = JSON.parse(project.command("straycall-agent", "run", ...options, "--", "true"));
    expect(report).toMatchObject({ run: { outcome: "success" } });
  });

  it.runIf(process.getuid?.() === 0).each([
    ["ES modules", "capture.mjs", 'await import("@straycall/agent-linux")'],
    ["CommonJS", "capture.cjs", 'require("@straycall/agent-linux")'],
  ])("captures, with the packed process that reads, from %s", (_, file, agent) => {
    const program = `async function capture() {
      const { linuxAgent } = ${agent};
      const stop = new AbortController();
      const types = new Set();
      for await (const { type } of linuxAgent().capture(stop.signal)) {
        types.add(type);
        if (type === "process.exec") stop.abort();
      }
      console.log([...types].slice(0, 2).join());
    }
    capture();`;
    expect(project.run(file, program)).toBe("capture.started,process.exec\n");
  });
});
