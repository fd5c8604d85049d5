import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../../..", import.meta.url));

async function fuzz(...options: string[]): Promise<string[]> {
  const command = ["tsx", "--conditions=@straycall/source", "packages/agent-linux/fuzz/run.ts"];
  const { stdout } = await run("npx", [...command, ...options], { cwd: root });
  return stdout.trim().split("\n");
}

describe("the fuzzer", () => {
  it("says how many inputs each parser had and what it found", async () => {
    const lines = await fuzz("--inputs", "500", "--parser", "dns", "--seed", "7");
    expect(lines[0]).toMatch(/^dns +500 inputs .* understood 0 findings$/);
    expect(lines.at(-1)).toMatch(/^500 inputs in .* 0 findings \(seed 7\)$/);
  });

  it("refuses a parser that there is not", async () => {
    await expect(fuzz("--parser", "gopher")).rejects.toThrow(/no parser "gopher"/);
  });
});
