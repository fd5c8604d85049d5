import type { Detection, RunRecord, Severity, Store } from "@straycall/core";

/** A token that may write checks: of a GitHub App's installation, or the workflow's own `GITHUB_TOKEN`. */
export interface GithubTokenAuth {
  /** Kept out of every error message. */
  token: string;
}

/** A GitHub App with the permission `checks: write`. */
export interface GithubAppAuth {
  appId: number | string;
  /** In PEM. Kept out of every error message. */
  privateKey: string;
  /** Where the app is installed. Default: asked for by repository. */
  installationId?: number;
}

export interface GithubCheckNotifierOptions {
  auth: GithubTokenAuth | GithubAppAuth;
  /** The monitor's: a check shows all detections of its run. */
  store: Pick<Store, "detections">;
  /** The page that shows a run. Default: none. */
  runPage?: (run: Pick<RunRecord, "key">) => string;
  /** The page that shows a detection. Default: none. */
  detectionPage?: (detection: Detection) => string;
  /** The least severity that fails a check while nobody has reviewed it. Default `low`. */
  failFrom?: Severity;
  /** Default `https://api.github.com`; of GitHub Enterprise Server `https://host/api/v3`. */
  apiUrl?: string;
  /** Keys the delivery records. Default `github-check`. */
  name?: string;
  /** How long to wait for an answer, milliseconds. Default 10,000. */
  timeoutMs?: number;
}
