export { githubCheckNotifier } from "./github-check-notifier.js";
export type {
  GithubAppAuth,
  GithubCheckNotifierOptions,
  GithubTokenAuth,
} from "./github-check-notifier-options.js";
