import { once } from "node:events";
import { type CaptureEvent, isStraycallError } from "@straycall/core";
import type { CommandScope } from "../command-scope.js";
import { startCapture } from "../started-capture.js";
import { stderr } from "../terminal.js";
import type { Finding } from "./findings.js";

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
  const stop = new AbortController();
  try {
    const capture = await startCapture(scope.agent, stop.signal, { event() {}, broken() {} });
    try {
      const events: CaptureEvent[] = [];
      const taking = (async () => {
        for await (const event of capture.capture(stop.signal)) events.push(event);
      })();
      const child = scope.start([process.execPath, "-e", program], { stdout: stderr });
      const [status] = await once(child, "exit");
      stop.abort();
      await taking;
      return {
        isDenied: status === 0,
        isTold: events.some(
          (event) => event.type === "network.result" && event.result === "blocked",
        ),
        open: capture.blindSpots,
      };
    } finally {
      stop.abort();
      await capture.close();
    }
  } finally {
    scope.close();
  }
}
