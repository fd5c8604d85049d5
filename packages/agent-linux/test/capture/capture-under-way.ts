import type { CaptureEvent } from "@straycall/core";
import {
  createRunCgroup,
  type LinuxAgentOptions,
  linuxAgent,
  type RunCgroup,
} from "../../src/index.js";
import { requireRoot } from "./record.js";

/** A real capture of a cgroup of its own, to do something to while it goes on. */
export interface CaptureUnderWay {
  cgroup: RunCgroup;
  events: CaptureEvent[];
  /** What the agent said was lost, in words. */
  reasons(): string[];
  /** Ends the capture, and gives everything back. */
  stop(): Promise<void>;
}

let captures = 0;

export async function captureUnderWay(
  options: Omit<LinuxAgentOptions, "cgroup"> = {},
): Promise<CaptureUnderWay> {
  requireRoot();
  const cgroup = createRunCgroup(`under-way-${process.pid}-${++captures}`);
  const abort = new AbortController();
  const events: CaptureEvent[] = [];
  const iterator = linuxAgent({ cgroup: cgroup.path, heartbeatMs: 100, ...options })
    .capture(abort.signal)
    [Symbol.asyncIterator]();
  const first = await iterator.next();
  if (!first.done) events.push(first.value);
  const taking = (async () => {
    for await (const event of { [Symbol.asyncIterator]: () => iterator }) events.push(event);
  })();
  return {
    cgroup,
    events,
    reasons: () =>
      events.flatMap((event) => (event.type === "capture.lost" ? [event.lost.reason] : [])),
    async stop() {
      abort.abort();
      await taking;
      cgroup.remove();
    },
  };
}
