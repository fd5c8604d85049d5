import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { wrongIn } from "../../../test/github-openapi/validate-request.js";

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body: string | object;
}

export interface GithubServer {
  url: string;
  /** What to answer, by path; an unknown path is answered with 404. */
  answers: Map<string, Answer | ((url: URL, headers: IncomingHttpHeaders) => Answer)>;
  requests: { path: string; query: Record<string, string>; authorization: string | undefined }[];
  /** What was wrong with requests by GitHub's description. */
  problems: string[];
  close(): Promise<void>;
}

/** A server that answers as GitHub's API does, and holds every request against its description. */
export async function githubServer(): Promise<GithubServer> {
  const answers: GithubServer["answers"] = new Map();
  const requests: GithubServer["requests"] = [];
  const problems: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    const path = decodeURIComponent(url.pathname);
    const { authorization } = request.headers;
    requests.push({ path, query: Object.fromEntries(url.searchParams), authorization });
    if (!path.startsWith("/storage/")) {
      problems.push(...wrongIn(request.method ?? "", url, undefined));
    }
    const known = answers.get(path) ?? { status: 404, body: { message: "Not Found" } };
    const answer: Answer = typeof known === "function" ? known(url, request.headers) : known;
    const { status = 200, headers = {}, body } = answer;
    const type = typeof body === "string" ? "text/plain" : "application/json";
    response
      .writeHead(status, { "content-type": type, ...headers })
      .end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    requests,
    problems,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
