import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/*
 * Takes the operations that the packages use out of GitHub's published OpenAPI description, which is 13 MB and comes with
 * several more: `npm run github-openapi` writes them, with `--check` it compares.
 */

const published = "@octokit/openapi@23.0.2";
const file = fileURLToPath(new URL("github-openapi.json", import.meta.url));

const operations: Record<string, string> = {
  "/repos/{owner}/{repo}/check-runs": "post",
  "/repos/{owner}/{repo}/check-runs/{check_run_id}": "patch",
  "/repos/{owner}/{repo}/commits/{ref}/check-runs": "get",
  "/repos/{owner}/{repo}/installation": "get",
  "/app": "get",
  "/app/installations/{installation_id}/access_tokens": "post",
  "/rate_limit": "get",
  "/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs": "get",
  "/repos/{owner}/{repo}/actions/jobs/{job_id}/logs": "get",
  "/repos/{owner}/{repo}/compare/{basehead}": "get",
  "/repos/{owner}/{repo}/commits/{ref}": "get",
  "/repos/{owner}/{repo}/contents/{path}": "get",
  "/search/code": "get",
};

/** Of answers, and of what is only for people, nothing is needed. */
const leftOut = new Set(["responses", "examples", "example", "x-github", "externalDocs"]);

type Json = Record<string, unknown>;

function readPublished(): Json {
  const folder = mkdtempSync(join(tmpdir(), "github-openapi-"));
  try {
    const options = { cwd: folder, encoding: "utf8" } as const;
    const packed = execFileSync("npm", ["pack", "--silent", published], options).trim();
    const inside = "package/generated/api.github.com.json";
    execFileSync("tar", ["-xzf", packed, inside], options);
    return JSON.parse(readFileSync(join(folder, inside), "utf8")) as Json;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function excerptOf(api: Json): string {
  const at = (path: readonly string[]) =>
    path.reduce<unknown>((value, part) => (value as Json)[part], api);
  const resolved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolved);
    if (typeof value !== "object" || value === null) return value;
    const { $ref } = value as Json;
    if (typeof $ref === "string") return resolved(at($ref.slice(2).split("/")));
    const kept = Object.entries(value).filter(
      ([key, each]) => !leftOut.has(key) && !(key === "description" && typeof each === "string"),
    );
    return Object.fromEntries(kept.map(([key, each]) => [key, resolved(each)]));
  };
  const paths = Object.entries(operations).map(([path, method]) => [
    path,
    { [method]: resolved(at(["paths", path, method])) },
  ]);
  return `${JSON.stringify({ published, paths: Object.fromEntries(paths) }, undefined, 2)}\n`;
}

const excerpt = excerptOf(readPublished());
if (!process.argv.includes("--check")) {
  writeFileSync(file, excerpt);
} else if (
  JSON.stringify(JSON.parse(readFileSync(file, "utf8"))) !== JSON.stringify(JSON.parse(excerpt))
) {
  throw new Error(`${file} is not what ${published} says: npm run github-openapi`);
}
