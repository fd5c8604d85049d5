import type { Call } from "../run/call.js";
import type { ProcessRecord } from "../run/process.js";
import { stepTitle } from "../run/step.js";

/*
 * Each part of a call in a few words. What is answered here still holds whatever the attacker put in it.
 */

/** `203.0.113.9 (public), tcp` */
export function addressText(call: Call): string {
  const address = call.ip ? `${call.ip} (${call.addressClass})` : "not seen";
  return `${address}, ${call.transport}`;
}

/** Names that the process claimed and that are not the endpoint's. */
export function claimedNames(call: Call): string[] {
  const claimed = call.names.filter(
    (name) => (name.source === "tls" || name.source === "http") && name.name !== call.endpoint.host,
  );
  return [...new Set(claimed.map((name) => name.name))];
}

/** The command line, with ` …` where the agent cut it, else the program. */
export function commandText(call: Call, process: ProcessRecord | undefined): string | undefined {
  const command = call.commandLine || process?.executable;
  return command && process?.argsTruncated ? `${command} …` : command;
}

/** What people know a container by. */
const shownIdLength = 12;

/** `pid 4242, parent 4240, user runner, container 0123456789ab` */
export function processText(call: Call, process: ProcessRecord | undefined): string {
  const parts = [`pid ${call.pid}`];
  if (process?.parentPid !== undefined) parts.push(`parent ${process.parentPid}`);
  const userId = call.userId ?? process?.userId;
  if (process?.userName) parts.push(`user ${process.userName}`);
  else if (userId !== undefined) parts.push(`uid ${userId}`);
  const container = call.containerId ?? process?.containerId;
  if (container !== undefined) parts.push(`container ${container.slice(0, shownIdLength)}`);
  return parts.join(", ");
}

/** `Build (its environment names another: Test)` */
export function stepText({ step, claimedStep }: Call): string | undefined {
  if (step === undefined || claimedStep === undefined) return step && stepTitle(step);
  return `${stepTitle(step)} (its environment names another: ${stepTitle(claimedStep)})`;
}

/** `POST /upload, and 2 more` */
export function requestText(call: Call): string | undefined {
  const [first, ...more] = call.http;
  if (first === undefined) return undefined;
  const request = `${first.method} ${first.path}`;
  return more.length > 0 ? `${request}, and ${more.length} more` : request;
}

/** `refused (ECONNREFUSED)`; `undefined` while the call is under way. */
export function resultText(call: Call): string | undefined {
  if (call.result === undefined) return undefined;
  return call.error ? `${call.result} (${call.error})` : call.result;
}
