import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runPolicy } from "../../src/command/run-policy.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "straycall-policy-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

it("adds the rules of a file to those of the command line", () => {
  const allowFile = join(folder, "rules");
  writeFileSync(allowFile, "# CI\napi.example:443 # with a reason\n\n  192.0.2.0/24\r\n");
  expect(runPolicy({ allow: ["a.example"], allowFile, failClosed: true })).toEqual({
    allow: ["a.example", "api.example:443", "192.0.2.0/24"],
    failClosed: true,
  });
});

it.each([
  [{ allow: ["a b"], failClosed: false }, '"a b" is no name'],
  [{ allow: [], allowFile: "/nowhere", failClosed: false }, "--allow-file: ENOENT"],
])("refuses %j before anything is run", (request, why) => {
  expect(() => runPolicy(request)).toThrow(
    expect.objectContaining({ code: "CONFIG_INVALID", message: expect.stringContaining(why) }),
  );
});
