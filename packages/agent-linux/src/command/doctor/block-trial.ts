import { isStraycallError } from "@straycall/core";
import type { CommandScope } from "../command-scope.js";
import type { Finding } from "./findings.js";
import { watchProgram } from "./watch-program.js";

const capability = "block mode";
/** Nobody listens there: without a policy the call would be refused, not denied. */
const port = 1;
const program = `
require("node:net").connect(${port}, "127.0.0.1").on("error", ({ code }) => process.exit(code === "EPERM" ? 0 : 1));`;

/** Tries to call where the scope's policy, which must allow nothing, forbids it. */
export async function tryBlocking(openScope: () => CommandScope): Promise<Finding> {
  try {
    const { isDenied, isTold, open } = await denyOneCall(openScope());
    if (!isDenied) return { capability, answer: "no", detail: "a forbidden call got through" };
    if (!isTold)
      return { capability, answer: "partly", detail: "denies a call, and does not tell" };
    if (open.length > 0) return { capability, answer: "partly", detail: open.join(" ") };
    return { capability, answer: "yes", detail: "denies a forbidden call, and tells who tried" };
  } catch (error) {
    if (!isStraycallError(error)) throw error;
    return { capability, answer: "no", detail: error.message };
  }
}

async function denyOneCall(scope: CommandScope) {
  try {
    const forbidden = [process.execPath, "-e", program] as const;
    const { status, events, blindSpots } = await watchProgram(scope, forbidden);
    return {
      isDenied: status === 0,
      isTold: events.some((event) => event.type === "network.result" && event.result === "blocked"),
      open: blindSpots,
    };
  } finally {
    scope.close();
  }
}
