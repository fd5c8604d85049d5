import { setTimeout as sleep } from "node:timers/promises";
import { readRetryAfter, StraycallError, visibleText } from "@straycall/core";
import type { CheckedOptions } from "./check-options.js";
import type { Repository } from "./repository.js";

/** Sends requests for a repository. They throw CI_FAILED, without a token in it. */
export interface GithubClient {
  get<Answer>(route: string, parameters: Parameters, signal: AbortSignal): Promise<Answer>;
  /** The same where what is asked for may not be there: then `undefined`. */
  find<Answer>(
    route: string,
    parameters: Parameters,
    signal: AbortSignal,
  ): Promise<Answer | undefined>;
}

/** `repository` says on whose behalf, and goes into the route where that names it. */
export interface Parameters {
  repository: Repository;
  [parameter: string]: unknown;
}

interface GithubFailure {
  status?: number;
  message?: string;
  response?: { headers?: Record<string, string | undefined> };
}

const maxMessageLength = 500;
/** Where GitHub asks for no certain wait after it limited us: as its documentation says, at least a minute. */
const defaultWaitMs = 60_000;

/** Talks to GitHub through octokit, which is loaded at the first request. */
export function githubClient({ auth, apiUrl, maxWaitMs }: CheckedOptions): GithubClient {
  const clients = new Map<string, ReturnType<typeof makeClient>>();
  /** Until when a kind of request is left alone. */
  const limited = new Map<string, number>();
  const baseOptions = { baseUrl: apiUrl, userAgent: "straycall-ci-github" };

  const signedIn = async (installationId?: number) => {
    const { Octokit } = await import("@octokit/core");
    if ("token" in auth) return new Octokit({ ...baseOptions, auth: auth.token });
    const { createAppAuth } = await import("@octokit/auth-app");
    const { appId, privateKey } = auth;
    const own = installationId === undefined ? {} : { installationId };
    const app = { appId, privateKey, ...own };
    return new Octokit({ ...baseOptions, authStrategy: createAppAuth, auth: app });
  };

  const makeClient = async ({ owner, repo }: Repository, signal: AbortSignal) => {
    if ("token" in auth) return signedIn();
    if (auth.installationId !== undefined) return signedIn(auth.installationId);
    const route = "GET /repos/{owner}/{repo}/installation";
    const app = await signedIn();
    const { data } = await app.request(route, { owner, repo, request: { signal } });
    return signedIn(data.id);
  };

  const clientFor = (repository: Repository, signal: AbortSignal) => {
    const isOne = "token" in auth || auth.installationId !== undefined;
    const key = isOne ? "" : repository.owner.toLowerCase();
    const known = clients.get(key) ?? makeClient(repository, signal);
    clients.set(key, known);
    // One that could not be made is made anew.
    known.catch(() => clients.delete(key));
    return known;
  };

  const send = async (route: string, { repository, ...asked }: Parameters, signal: AbortSignal) => {
    const client = await clientFor(repository, signal);
    const named = route.includes("{owner}") ? repository : {};
    const { headers, request, ...parameters } = asked as Record<string, object>;
    const { data } = await client.request(route, {
      ...parameters,
      ...named,
      headers: { "x-github-api-version": "2022-11-28", ...headers },
      request: { signal, ...request },
    });
    return data;
  };

  /** Waits as long as GitHub wants to be left alone, once, if that is not too long. */
  const patiently = async (route: string, parameters: Parameters, signal: AbortSignal) => {
    // Code search has a limit of its own.
    const kind = route.includes("/search/") ? "search" : "core";
    const pause = async () => {
      const waitMs = (limited.get(kind) ?? 0) - Date.now();
      if (waitMs > maxWaitMs) {
        const seconds = Math.ceil(waitMs / 1_000);
        throw new StraycallError("CI_FAILED", `GitHub's rate limit is used up for ${seconds} s`);
      }
      if (waitMs > 0) await sleep(waitMs, undefined, { signal });
    };
    await pause();
    try {
      return await send(route, parameters, signal);
    } catch (error) {
      const waitMs = waitIn(error as GithubFailure);
      if (waitMs === undefined) throw error;
      limited.set(kind, Date.now() + waitMs);
    }
    await pause();
    return send(route, parameters, signal);
  };

  const find: GithubClient["find"] = async <Answer>(
    route: string,
    parameters: Parameters,
    signal: AbortSignal,
  ) => {
    try {
      return (await patiently(route, parameters, signal)) as Answer;
    } catch (error) {
      if ((error as GithubFailure).status === 404) return undefined;
      throw failure(error, signal);
    }
  };

  return {
    find,
    async get<Answer>(route: string, parameters: Parameters, signal: AbortSignal) {
      const answer = await find<Answer>(route, parameters, signal);
      if (answer !== undefined) return answer;
      throw new StraycallError("CI_FAILED", "GitHub answered 404: it is not there, or not for us");
    },
  };
}

function failure(error: unknown, signal: AbortSignal): StraycallError {
  if (error instanceof StraycallError) return error;
  if (signal.aborted) return new StraycallError("CI_FAILED", "gave up before GitHub answered");
  const { status, response, message } = error as GithubFailure;
  const why = visibleText(String(message ?? error), maxMessageLength);
  // The cause is left out: octokit's errors hold the request, and that the token.
  if (status === undefined || response === undefined) {
    return new StraycallError("CI_FAILED", `GitHub cannot be reached: ${why}`);
  }
  return new StraycallError("CI_FAILED", `GitHub answered ${status}: ${why}`);
}

/**
 * How long GitHub wants to be left alone, if it limited us: 429, or 403 with what says so
 * (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api).
 */
function waitIn({ status, response, message = "" }: GithubFailure): number | undefined {
  const headers = response?.headers ?? {};
  const isUsedUp = headers["x-ratelimit-remaining"] === "0";
  const isLimit = status === 429 || (status === 403 && (isUsedUp || /rate limit/i.test(message)));
  const wait = readRetryAfter(headers["retry-after"]);
  if (!isLimit && !(status === 403 && wait !== undefined)) return undefined;
  if (wait !== undefined) return wait;
  const reset = Number(headers["x-ratelimit-reset"]) * 1_000 - Date.now();
  return isUsedUp && Number.isFinite(reset) ? Math.max(0, reset) : defaultWaitMs;
}
