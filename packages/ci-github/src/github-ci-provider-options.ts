/** A token that may read: of a person, or of a GitHub App's installation. */
export interface GithubTokenAuth {
  /** Kept out of every error message. */
  token: string;
}

/** A GitHub App with the permissions `actions: read` and `contents: read`. */
export interface GithubAppAuth {
  appId: number | string;
  /** In PEM. Kept out of every error message. */
  privateKey: string;
  /** Where the app is installed. Default: asked for by repository. */
  installationId?: number;
}

export interface GithubCiProviderOptions {
  auth: GithubTokenAuth | GithubAppAuth;
  /** Default `https://api.github.com`; of GitHub Enterprise Server `https://host/api/v3`. */
  apiUrl?: string;
  /** The longest wait that GitHub may ask for before a request is given up, milliseconds. Default 10,000. */
  maxWaitMs?: number;
  /** Default `github`. */
  name?: string;
}
