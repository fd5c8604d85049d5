import { check, inTime } from "../check.js";
import type { AgentCase } from "./agent-case.js";
import { observe } from "./observed-capture.js";

export const startCases: readonly AgentCase[] = [
  {
    name: "start: says that it sees before anything else, once, under its own name",
    async run({ agent, call }) {
      const isPlain = /^[\x21-\x7e]{1,64}$/.test(agent.name);
      check(isPlain, "a name is 1 to 64 visible ASCII characters");
      const capture = await observe(agent);
      await capture.untilTold(await call());
      const events = await capture.stop();
      const [first] = events;
      check(first?.type === "capture.started", `the first event is ${first?.type}`);
      check(
        first.agent.name === agent.name,
        `${agent.name} called itself ${first.agent.name} when it started`,
      );
      const starts = events.filter(({ type }) => type === "capture.started");
      check(starts.length === 1, `it said ${starts.length} times that it started`);
    },
  },
  {
    name: "start: a capture that was aborted before it began ends",
    async run({ agent }) {
      const taken = (async () => {
        for await (const _ of agent.capture(AbortSignal.abort()));
      })();
      await inTime(taken, "it does not end");
    },
  },
];
