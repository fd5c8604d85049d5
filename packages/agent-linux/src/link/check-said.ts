import type { CaptureEvent, CaptureEventType } from "@straycall/core";
import type { StartedProgram } from "../reader/record-reader.js";
import { type ProbePlace, tlsFunctions } from "../tls/tls-functions.js";

/*
 * The half with rights believes nothing that the reading half says: whoever took that over would speak here.
 */

/** That a capture, a run or a step starts or ends is not for the reading half to say. */
const tells: Record<CaptureEventType, boolean> = {
  "capture.lost": true,
  "capture.heartbeat": false,
  "capture.started": false,
  "capture.stopped": false,
  "dns.answer": true,
  "dns.question": true,
  "dns.questions": true,
  "http.request": true,
  "http.response": true,
  "network.close": true,
  "network.connect": true,
  "network.result": true,
  "process.exec": true,
  "process.exit": true,
  "process.fork": true,
  "run.finished": false,
  "run.started": false,
  "step.finished": false,
  "step.started": false,
  "tls.hello": true,
};
const toldTypes: ReadonlySet<unknown> = new Set(
  Object.entries(tells).flatMap(([type, isTold]) => (isTold ? [type] : [])),
);
const maxId = 128;
/** PID_MAX_LIMIT of the kernel. */
const maxPid = 1 << 22;
const maxPrograms = 65_536;
const maxPath = 8_192;
const maxPlaces = 256;
const probes: ReadonlySet<unknown> = new Set(tlsFunctions.flatMap(({ programs }) => programs));

/** Checks what makes an event one; its fields are checked by whoever observes events, as those of every agent. */
export function checkEvents(said: unknown, prefix: string): CaptureEvent[] {
  if (!Array.isArray(said) || !said.every((each) => isEvent(each, prefix)))
    throw nonsense("events");
  return said;
}

export function checkPid(said: unknown): number {
  if (!isPid(said)) throw nonsense("a process");
  return said;
}

/** Processes, each with its program. */
export function checkPrograms(said: unknown): StartedProgram[] {
  if (!Array.isArray(said) || said.length > maxPrograms || !said.every(isProgram)) {
    throw nonsense("programs");
  }
  return said;
}

export function checkPlaces(said: unknown): ProbePlace[] {
  if (!Array.isArray(said) || said.length > maxPlaces || !said.every(isPlace)) {
    throw nonsense("places in a file");
  }
  return said;
}

function isPlace(said: unknown): said is ProbePlace {
  if (typeof said !== "object" || said === null) return false;
  const { program, offset } = said as Partial<ProbePlace>;
  return probes.has(program) && Number.isSafeInteger(offset) && Number(offset) >= 0;
}

function isProgram(said: unknown): said is StartedProgram {
  if (!Array.isArray(said) || said.length !== 2) return false;
  const [pid, executable] = said;
  return isPid(pid) && typeof executable === "string" && executable.length <= maxPath;
}

function isEvent(said: unknown, prefix: string): said is CaptureEvent {
  if (typeof said !== "object" || said === null) return false;
  const { id, time, type } = said as Partial<CaptureEvent>;
  return (
    typeof id === "string" &&
    id.startsWith(prefix) &&
    id.length <= maxId &&
    typeof time === "number" &&
    toldTypes.has(type)
  );
}

function isPid(said: unknown): said is number {
  return Number.isInteger(said) && (said as number) > 0 && (said as number) <= maxPid;
}

function nonsense(what: string): Error {
  return new Error(`the reading process told of ${what} in a way that makes no sense`);
}
