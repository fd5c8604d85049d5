import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sqliteStore } from "@straycall/store-sqlite";
import { afterAll, expect, it } from "vitest";
import { embedded } from "../src/embed.js";

const folder = mkdtempSync(join(tmpdir(), "straycall-embed-"));
afterAll(() => rmSync(folder, { recursive: true }));

const callTo = (domain: string, pid: number) => ({
  id: domain,
  time: 1_767_225_600_000,
  type: "network.connect",
  connection: { id: domain },
  process: { pid, args: ["curl", `https://${domain}/`] },
  destination: { domain, port: 443 },
  network: { transport: "tcp" },
});

it("learns three runs, then prints a new endpoint once", async () => {
  const store = sqliteStore({ path: join(folder, "straycall.db") });
  const printed: string[] = [];
  const straycall = embedded(store, (text) => printed.push(text));
  for (const runId of ["1", "2", "3"]) await straycall.observeRun(runId, [callTo("a.example", 71)]);
  expect(printed).toEqual([]);

  await straycall.observeRun("4", [callTo("a.example", 71), callTo("b.example", 72)]);
  await straycall.observeRun("5", [callTo("a.example", 71), callTo("b.example", 72)]);
  expect(printed).toHaveLength(1);
  expect(printed[0]).toContain("New outbound call: b.example:443");
  expect(printed[0]).toContain("curl https://b.example/");

  await straycall.close();
  await store.close();
});
