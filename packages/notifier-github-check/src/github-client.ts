import { readRetryAfter, StraycallError, visibleText } from "@straycall/core";
import type { CheckedOptions } from "./check-options.js";
import type { CheckedCommit } from "./checked-commit.js";

/** Sends requests. They throw NOTIFY_FAILED, without a token in it. */
export interface GithubClient {
  /** Sends a request for a repository. */
  request: GithubRequest;
  /** Asks for something that needs no more than a valid token, or app. */
  tryAuth(signal: AbortSignal): Promise<void>;
}

export type GithubRequest = <Answer>(
  route: string,
  parameters: CheckedCommit & Record<string, unknown>,
  signal: AbortSignal,
) => Promise<Answer>;

const maxMessageLength = 500;

/** Talks to GitHub through octokit, which is loaded at the first request. */
export function githubClient({ auth, apiUrl, timeoutMs }: CheckedOptions): GithubClient {
  const clients = new Map<string, ReturnType<typeof makeClient>>();

  const baseOptions = { baseUrl: apiUrl, userAgent: "straycall-github-check" };

  /** As the owner of the token, or as the app itself, of an installation if it is told. */
  const signedIn = async (installationId?: number) => {
    const { Octokit } = await import("@octokit/core");
    if ("token" in auth) return new Octokit({ ...baseOptions, auth: auth.token });
    const { createAppAuth } = await import("@octokit/auth-app");
    const { appId, privateKey } = auth;
    const own = installationId === undefined ? {} : { installationId };
    const app = { appId, privateKey, ...own };
    return new Octokit({ ...baseOptions, authStrategy: createAppAuth, auth: app });
  };

  const makeClient = async ({ owner, repo }: CheckedCommit, signal: AbortSignal) => {
    if ("token" in auth || auth.installationId !== undefined) {
      return signedIn("token" in auth ? undefined : auth.installationId);
    }
    const app = await signedIn();
    const route = "GET /repos/{owner}/{repo}/installation";
    const { data } = await app.request(route, { owner, repo, request: { signal } });
    return signedIn(data.id);
  };

  /** One for all repositories, or where the installation is not told, one for each owner. */
  const clientFor = async (commit: CheckedCommit, signal: AbortSignal) => {
    const isOne = "token" in auth || auth.installationId !== undefined;
    const key = isOne ? "" : commit.owner.toLowerCase();
    const known = clients.get(key) ?? makeClient(commit, signal);
    clients.set(key, known);
    // One that could not be made is made anew.
    known.catch(() => clients.delete(key));
    return known;
  };

  /** Gives up in time, and says what went wrong without the token. */
  const inTime = async <T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      return await work(AbortSignal.any([signal, timeout]));
    } catch (error) {
      throw failure(error, signal, timeout, timeoutMs);
    }
  };

  return {
    request: (route, parameters, signal) =>
      inTime(signal, async (both) => {
        const client = await clientFor(parameters, both);
        const { sha: _, ...asked } = parameters;
        const { data } = await client.request(route, {
          ...asked,
          headers: { "x-github-api-version": "2022-11-28" },
          request: { signal: both },
        });
        return data;
      }),
    tryAuth: (signal) =>
      inTime(signal, async (both) => {
        const route = "token" in auth ? "GET /rate_limit" : "GET /app";
        await (await signedIn()).request(route, { request: { signal: both } });
      }),
  };
}

function failure(
  error: unknown,
  signal: AbortSignal,
  timeout: AbortSignal,
  timeoutMs: number,
): StraycallError {
  if (signal.aborted) {
    return new StraycallError("NOTIFY_FAILED", "gave up before GitHub answered");
  }
  if (timeout.aborted) {
    return new StraycallError("NOTIFY_FAILED", `GitHub did not answer within ${timeoutMs} ms`);
  }
  const { status, response, message } = error as {
    status?: number;
    message?: string;
    response?: { headers?: Record<string, string | undefined> };
  };
  const why = visibleText(String(message ?? error), maxMessageLength);
  // The cause is left out: octokit's errors hold the request, and that the token.
  if (status === undefined || response === undefined) {
    return new StraycallError("NOTIFY_FAILED", `GitHub cannot be reached: ${why}`);
  }
  return new StraycallError("NOTIFY_FAILED", `GitHub answered ${status}: ${why}`, {
    retryAfterMs: waitIn(response.headers ?? {}),
  });
}

/**
 * How long GitHub wants to be left alone
 * (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api).
 */
function waitIn(headers: Record<string, string | undefined>): number | undefined {
  const wait = readRetryAfter(headers["retry-after"]);
  if (wait !== undefined || headers["x-ratelimit-remaining"] !== "0") return wait;
  const reset = Number(headers["x-ratelimit-reset"]) * 1_000 - Date.now();
  return Number.isFinite(reset) ? Math.min(Math.max(0, reset), 3_600_000) : undefined;
}
