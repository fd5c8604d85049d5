import type { CaptureEvent } from "../../events/event.js";
import { check, inTime } from "../check.js";
import type { AgentCase } from "./agent-case.js";
import { tells } from "./observed-capture.js";

export const lossCases: readonly AgentCase[] = [
  {
    name: "loss: of a flood while nobody takes events, each call is told or counted as lost",
    async run({ agent, flood }) {
      const abort = new AbortController();
      const iterator = agent.capture(abort.signal)[Symbol.asyncIterator]();
      await inTime(iterator.next(), "the capture does not start");
      const { count, ...made } = await flood();
      abort.abort();
      let told = 0;
      let lost = 0;
      const take = (event: CaptureEvent) => {
        if (tells(event, made)) told += 1;
        if (event.type === "capture.lost") lost += event.lost.count;
      };
      const taking = (async () => {
        for await (const event of { [Symbol.asyncIterator]: () => iterator }) take(event);
      })();
      await inTime(taking, "the capture does not end when it is aborted");
      check(told <= count, `${count} calls were made, ${told} are told`);
      check(
        told + lost >= count,
        `${count} calls were made: ${told} are told, ${lost} counted as lost, the rest is missing`,
      );
    },
  },
];
