import { StraycallError } from "@straycall/core";
import type { GithubCiProviderOptions } from "./github-ci-provider-options.js";

export type CheckedOptions = Required<GithubCiProviderOptions>;

export function checkOptions(options: GithubCiProviderOptions): CheckedOptions {
  const { auth, apiUrl = "https://api.github.com", maxWaitMs = 10_000, name = "github" } = options;
  if (!Number.isInteger(maxWaitMs) || maxWaitMs < 0 || maxWaitMs > 3_600_000) {
    throw invalid("maxWaitMs", "must be a whole number from 0 to 3,600,000");
  }
  checkAuth(auth);
  return { auth, apiUrl: checkUrl(apiUrl), maxWaitMs, name };
}

function checkAuth(auth: GithubCiProviderOptions["auth"]): void {
  if (typeof auth !== "object" || auth === null) {
    throw invalid("auth", "must be a token, or a GitHub App");
  }
  if ("token" in auth) {
    if (typeof auth.token === "string" && /^[\x21-\x7e]{8,512}$/.test(auth.token)) return;
    throw invalid("auth.token", "must be a token");
  }
  if (!/^\d{1,20}$/.test(String(auth.appId))) throw invalid("auth.appId", "must be an app's id");
  if (typeof auth.privateKey !== "string" || !auth.privateKey.includes("PRIVATE KEY-----")) {
    throw invalid("auth.privateKey", "must be the app's private key in PEM");
  }
}

function checkUrl(given: unknown): string {
  const url = typeof given === "string" && URL.canParse(given) ? new URL(given) : undefined;
  const isWeb = url?.protocol === "https:" || url?.protocol === "http:";
  if (url === undefined || !isWeb || url.username !== "" || url.password !== "") {
    throw invalid("apiUrl", "must be the address of GitHub's API");
  }
  return url.href.replace(/\/$/, "");
}

function invalid(option: string, problem: string): StraycallError {
  return new StraycallError("CONFIG_INVALID", `githubCiProvider: ${option} ${problem}`, {
    field: option,
  });
}
