import { describe, expect, it } from "vitest";
import { wrongDirections } from "./package-direction.js";
import { smallWorkspace } from "./small-workspace.js";

const wrongIn = (sources: Record<string, string>) => wrongDirections(smallWorkspace(sources));

describe("the direction of dependencies", () => {
  it("lets an adapter import core, Node and its own client library", () => {
    const source = `
      import type { Notifier } from "@straycall/core";
      import { connect } from "node:tls";
      import { DatabaseSync } from "node:sqlite";
      import { createTransport } from "nodemailer";
      import { subject } from "./subject.js";`;
    expect(
      wrongIn({
        "packages/notifier-email/src/index.ts": source,
        "packages/notifier-email/src/subject.ts": "export const subject = 1;",
      }),
    ).toEqual([]);
  });

  it("refuses an adapter that imports another adapter", () => {
    const source = 'import { sqliteStore } from "@straycall/store-sqlite";';
    expect(wrongIn({ "packages/notifier-email/src/index.ts": source })).toEqual([
      "packages/notifier-email/src/index.ts imports @straycall/store-sqlite: an adapter imports no package of the workspace but core",
    ]);
  });

  it("refuses a core that imports the file system, the network or a child process", () => {
    const source = `
      import { readFileSync } from "node:fs";
      export { connect } from "net";
      const spawned = await import("node:child_process");
      const dns = require("node:dns/promises");`;
    expect(wrongIn({ "packages/core/src/deep/read.ts": source })).toEqual([
      "packages/core/src/deep/read.ts imports node:fs: core imports nothing from Node",
      "packages/core/src/deep/read.ts imports net: core imports nothing from Node",
      "packages/core/src/deep/read.ts imports node:child_process: core imports nothing from Node",
      "packages/core/src/deep/read.ts imports node:dns/promises: core imports nothing from Node",
    ]);
  });

  it("refuses a core that imports an adapter", () => {
    const source = 'import { sqliteStore } from "@straycall/store-sqlite";';
    expect(wrongIn({ "packages/core/src/index.ts": source })).toHaveLength(1);
  });

  it("refuses a library that is not declared", () => {
    const source = 'import { get } from "undici/client";';
    expect(wrongIn({ "packages/notifier-email/src/index.ts": source })).toEqual([
      "packages/notifier-email/src/index.ts imports undici/client: it is neither a dependency nor a peer dependency",
    ]);
  });

  it("refuses a source that imports a test", () => {
    expect(wrongIn({ "packages/core/src/index.ts": 'import "../test/made-up.js";' })).toEqual([
      "packages/core/src/index.ts imports ../test/made-up.js: a source imports only sources of its own package",
    ]);
  });

  it("lets the agent's command import the store that it puts together with the agent", () => {
    const source = 'import { sqliteStore } from "@straycall/store-sqlite";';
    expect(wrongIn({ "packages/agent-linux/src/command/main.ts": source })).toEqual([]);
    expect(wrongIn({ "packages/agent-linux/src/index.ts": source })).toHaveLength(1);
  });

  it("refuses an agent library that imports its command, and with it the store", () => {
    expect(
      wrongIn({
        "packages/agent-linux/src/index.ts": 'export * from "./command/main.js";',
        "packages/agent-linux/src/command/main.ts": 'import "../index.js";',
      }),
    ).toEqual([
      "packages/agent-linux/src/index.ts imports ./command/main.js: the library does not import its own command",
    ]);
  });
});
