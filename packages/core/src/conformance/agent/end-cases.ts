import type { CaptureAgent } from "../../contracts/capture-agent.js";
import { check, inTime, patienceMs } from "../check.js";
import type { AgentCase } from "./agent-case.js";
import { observe, tells } from "./observed-capture.js";

export const endCases: readonly AgentCase[] = [
  {
    name: "end: an abort ends it though nothing happens, and it can begin again",
    async run({ agent, call }) {
      await (await observe(agent)).stop();
      const again = await observe(agent);
      await again.untilTold(await call());
      await again.stop();
    },
  },
  {
    name: "end: a call that was made just before the abort is told",
    async run({ agent, call }) {
      const capture = await observe(agent);
      const made = await call();
      const events = await capture.stop();
      const isTold = events.some((event) => tells(event, made));
      check(isTold, `the call to ${made.host}:${made.port} is lost`);
    },
  },
  {
    name: "end: one that nobody wants events of any more ends, and it can begin again",
    async run({ agent, call }) {
      await takeFirst(agent);
      const again = await observe(agent);
      await again.untilTold(await call());
      await again.stop();
    },
  },
  {
    name: "end: one that promised heartbeats numbered its events and says that it stops",
    async run({ agent, call }) {
      const capture = await observe(agent);
      await capture.untilTold(await call());
      const events = await capture.stop();
      const [first] = events;
      check(first?.type === "capture.started", `the first event is ${first?.type}`);
      const { heartbeat_ms, ephemeral_id: id } = first.agent;
      if (heartbeat_ms === undefined) return;
      check(id !== undefined, "who promises heartbeats needs an ephemeral_id");
      for (const [place, event] of events.entries()) {
        check(event.id === `${id}-${place + 1}`, `event ${place + 1} has the id ${event.id}`);
      }
      const last = events.at(-1);
      check(last?.type === "capture.stopped", `the last event is ${last?.type}`);
      const { sent } = last;
      check(sent.events === events.length - 1, `it counted ${sent.events} of ${events.length - 1}`);
      const told = events.flatMap((event) =>
        event.type === "capture.lost" ? [event.lost.count] : [],
      );
      const lost = told.reduce((sum, count) => sum + count, 0);
      check(sent.lost === lost, `it counted ${sent.lost} as lost, and told of ${lost}`);
    },
  },
  {
    name: "end: gives back all that it holds, however it ended",
    async run({ agent, held }) {
      if (held === undefined) return;
      // What a process loads once and keeps is no leak.
      await (await observe(agent)).stop();
      const before = held();
      const capture = await observe(agent);
      check(held() >= before, "held() must count what the agent holds, not what is left");
      await capture.stop();
      await givenBack(held, before, "an abort");
      await takeFirst(agent);
      await givenBack(held, before, "a break");
    },
  },
];

/** Some things are given back in the background. */
async function givenBack(held: () => number, before: number, end: string): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (held() > before && Date.now() < deadline) await new Promise((go) => setTimeout(go, 20));
  check(held() <= before, `it held ${before} before, and holds ${held()} after ${end}`);
}

/** Takes one event and loses interest. */
async function takeFirst(agent: CaptureAgent): Promise<void> {
  const taking = (async () => {
    for await (const _ of agent.capture(new AbortController().signal)) break;
  })();
  await inTime(taking, "it does not end when its iteration does");
}
