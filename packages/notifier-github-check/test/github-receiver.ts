import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import type { NotifierReceiver } from "@straycall/core/conformance";
import { wrongIn } from "../../../test/github-openapi/validate-request.js";

export interface CheckRun {
  id: number;
  repository: string;
  head_sha: string;
  name: string;
  external_id: string;
  conclusion: string;
  details_url?: string;
  output: { title: string; summary: string };
}

export interface GithubReceiver extends NotifierReceiver {
  readonly apiUrl: string;
  readonly token: string;
  readonly checks: CheckRun[];
  /** What was wrong with requests by GitHub's description. */
  readonly problems: string[];
  readonly requests: string[];
  /** From now on, answer with this. */
  answer(status: number, headers?: Record<string, string>): void;
}

/** A server that keeps check runs as GitHub's API does, and holds every request against its description. */
export async function startGithubReceiver(): Promise<GithubReceiver> {
  const token = "ghs_abcdefghijklmnopqrstuvwxyz";
  const checks: CheckRun[] = [];
  const problems: string[] = [];
  const requests: string[] = [];
  let mode: "accept" | "stall" | { status: number; headers: Record<string, string> } = "accept";

  const server = createServer(async (request, response) => {
    const text = await readText(request).catch(() => undefined);
    if (text === undefined || mode === "stall") return;
    const url = new URL(request.url ?? "", "http://localhost");
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    const respond = (status: number, answer: object, headers: Record<string, string> = {}) =>
      response
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(JSON.stringify(answer));
    requests.push(`${request.method} ${url.pathname}`);
    problems.push(...wrongIn(request.method ?? "", url, body));
    if (mode !== "accept") return respond(mode.status, { message: "no" }, mode.headers);
    const { authorization } = request.headers;
    const isApp = authorization?.startsWith("bearer ey");
    if (url.pathname === "/app" && isApp) return respond(200, { id: 7 });
    if (url.pathname.endsWith("/installation") && isApp) return respond(200, { id: 42 });
    if (url.pathname === "/app/installations/42/access_tokens" && isApp) {
      const expires_at = new Date(Date.now() + 3_600_000).toISOString();
      return respond(201, { token, expires_at, permissions: { checks: "write" } });
    }
    if (authorization !== `token ${token}`) return respond(401, { message: "Bad credentials" });
    if (url.pathname === "/rate_limit") return respond(200, {});
    const [, owner, repo] = /^\/repos\/([^/]+)\/([^/]+)\//.exec(url.pathname) ?? [];
    const repository = `${owner}/${repo}`;
    const fields = body as Omit<CheckRun, "id" | "repository">;
    const [, sha] = /\/commits\/([^/]+)\/check-runs$/.exec(url.pathname) ?? [];
    if (sha !== undefined) {
      const name = url.searchParams.get("check_name");
      const found = checks.filter((check) => check.head_sha === sha && check.name === name);
      return respond(200, { total_count: found.length, check_runs: found });
    }
    if (request.method === "PATCH") {
      const id = Number(url.pathname.split("/").at(-1));
      const known = checks.find((check) => check.id === id);
      if (known === undefined) return respond(404, { message: "Not Found" });
      return respond(200, Object.assign(known, fields));
    }
    const made = { ...fields, id: checks.length + 1, repository };
    checks.push(made);
    return respond(201, made);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    apiUrl: `http://127.0.0.1:${port}`,
    token,
    checks,
    problems,
    requests,
    answer: (status, headers = {}) => {
      mode = { status, headers };
    },
    async messages() {
      return checks.map(({ name, external_id, output }) => ({
        text: shownText(`${name}\n${output.title}\n${output.summary}`),
        key: external_id,
      }));
    },
    accept: () => {
      mode = "accept";
    },
    refuse: () => {
      mode = { status: 403, headers: {} };
    },
    stall: () => {
      mode = "stall";
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What a person reads of a check: without tags, numbers as the characters they stand for. */
export function shownText(markdown: string): string {
  return markdown
    .replace(/<[^>]*>/g, "")
    .replace(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point)));
}
