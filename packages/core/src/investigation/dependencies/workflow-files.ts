import { type DependencyFile, versionsOnLines } from "./dependencies.js";

/**
 * Which Actions and reusable workflows a workflow uses:
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsuses
 */
export const workflowFile: DependencyFile = {
  kind: "action",
  isAt: (path) =>
    /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path) || /(?:^|\/)action\.ya?ml$/.test(path),
  read: (text) => versionsOnLines(text, /^\s*(?:- +)?uses:\s*["']?([^\s"'@#]+)@([^\s"'#]+)/),
};
