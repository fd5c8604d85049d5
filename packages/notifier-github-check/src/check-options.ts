import { StraycallError, severities } from "@straycall/core";
import type { GithubCheckNotifierOptions } from "./github-check-notifier-options.js";

export type CheckedOptions = GithubCheckNotifierOptions &
  Required<Pick<GithubCheckNotifierOptions, "failFrom" | "apiUrl" | "name" | "timeoutMs">>;

/** The longest that a timer can wait. */
const maxTimeoutMs = 2 ** 31 - 1;

export function checkOptions(options: GithubCheckNotifierOptions): CheckedOptions {
  const { auth, store, failFrom = "low", apiUrl = "https://api.github.com" } = options;
  const { name = "github-check", timeoutMs = 10_000 } = options;
  if (!/^[\x21-\x7e]{1,64}$/.test(name)) {
    throw invalid("name", "must be 1 to 64 visible ASCII characters");
  }
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > maxTimeoutMs) {
    throw invalid("timeoutMs", `must be a whole number from 1 to ${maxTimeoutMs}`);
  }
  if (!severities.includes(failFrom)) {
    throw invalid("failFrom", `must be one of ${severities.join(", ")}`);
  }
  if (typeof store?.detections?.list !== "function") {
    throw invalid("store", "must be the monitor's store");
  }
  checkAuth(auth);
  return { ...options, failFrom, apiUrl: checkUrl(apiUrl), name, timeoutMs };
}

function checkAuth(auth: GithubCheckNotifierOptions["auth"]): void {
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
  const { installationId } = auth;
  if (installationId !== undefined && !Number.isSafeInteger(installationId)) {
    throw invalid("auth.installationId", "must be the id of an installation");
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
  return new StraycallError("CONFIG_INVALID", `githubCheckNotifier: ${option} ${problem}`, {
    field: option,
  });
}
