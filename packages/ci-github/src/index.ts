export { githubCiProvider } from "./github-ci-provider.js";
export type {
  GithubAppAuth,
  GithubCiProviderOptions,
  GithubTokenAuth,
} from "./github-ci-provider-options.js";
