import type { CaptureEvent } from "../../events/event.js";
import { parseEvents } from "../../events/parse-events.js";
import { check } from "../check.js";
import type { AgentCase } from "./agent-case.js";
import { observe } from "./observed-capture.js";

/** Clocks of a kernel tick in steps, and a machine's wall clock is moved now and then. */
const clockStepMs = 1_000;

export const callCases: readonly AgentCase[] = [
  {
    name: "calls: each is told with its process and the time it was made",
    async run({ agent, call }) {
      const capture = await observe(agent);
      for (const _ of [1, 2]) {
        const before = Date.now() - clockStepMs;
        const made = await call();
        const { process, time } = await capture.untilTold(made);
        if (made.pid !== undefined) {
          check(process.pid === made.pid, `process ${made.pid} called, ${process.pid} is told`);
        }
        const after = Date.now() + clockStepMs;
        check(
          time >= before && time <= after,
          `told as made at ${time}, not ${before} to ${after}`,
        );
      }
      await capture.stop();
    },
  },
  {
    name: "events: core takes every one",
    async run({ agent, call }) {
      const capture = await observe(agent);
      await capture.untilTold(await call());
      const { rejected } = parseEvents(await capture.stop());
      const [first] = rejected;
      check(first === undefined, `core refuses an event: ${first?.field} ${first?.message}`);
    },
  },
  {
    name: "events: no two share an id, not even in a second capture",
    async run({ agent, call }) {
      const ids: string[] = [];
      for (const _ of [1, 2]) {
        const capture = await observe(agent);
        await capture.untilTold(await call());
        ids.push(...(await capture.stop()).map(({ id }) => id));
      }
      const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
      check(repeated === undefined, `two events have the id ${repeated}`);
    },
  },
  {
    name: "events: what is told of a connection comes after its network.connect",
    async run({ agent, call }) {
      const capture = await observe(agent);
      for (const _ of [1, 2]) await capture.untilTold(await call());
      const known = new Set<string>();
      for (const event of await capture.stop()) {
        const id = connectionOf(event);
        if (id === undefined) continue;
        if (event.type === "network.connect") {
          check(!known.has(id), `two calls have the connection id ${id}`);
          known.add(id);
        }
        check(known.has(id), `${event.type} is told of the connection ${id}, which is not known`);
      }
    },
  },
];

function connectionOf(event: CaptureEvent): string | undefined {
  return "connection" in event ? event.connection?.id : undefined;
}
