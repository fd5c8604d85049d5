import type { CaptureEvent } from "../../events/event.js";
import { expectEqual, expectTrue } from "./expect.js";
import { sampleEvent, sampleRun } from "./sample-data.js";
import type { StoreCase } from "./store-case.js";

const { key } = sampleRun("1");
const otherKey = sampleRun("2").key;

const eventsOf = (prefix: string, count: number): CaptureEvent[] =>
  Array.from({ length: count }, (_, i) => sampleEvent(`${prefix}${i}`));

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

export const eventCases: readonly StoreCase[] = [
  {
    name: "events: numbers a run's events from 1 without gaps",
    async run({ store }) {
      expectEqual(await store.events.append(key, eventsOf("a", 3)), [1, 2, 3], "the first numbers");
      expectEqual(await store.events.append(key, eventsOf("b", 2)), [4, 5], "the next numbers");
      expectEqual(await store.events.append(key, []), [], "the numbers of no events");
      expectEqual(await store.events.append(key, eventsOf("c", 1)), [6], "the last number");
    },
  },
  {
    name: "events: numbers each run by itself",
    async run({ store }) {
      await store.events.append(key, eventsOf("a", 3));
      expectEqual(await store.events.append(otherKey, eventsOf("a", 2)), [1, 2], "the numbers");
      expectEqual((await store.events.read(key, 0, 10)).length, 3, "the first run's events");
    },
  },
  {
    name: "events: gives back each event as it was, in order",
    async run({ store }) {
      const events = eventsOf("a", 5);
      await store.events.append(key, events.slice(0, 2));
      await store.events.append(key, events.slice(2));
      const expected = events.map((event, index) => ({ sequence: index + 1, event }));
      expectEqual(await store.events.read(key, 0, 100), expected, "the log");
    },
  },
  {
    name: "events: reads from after a number, as many as asked for",
    async run({ store }) {
      await store.events.append(key, eventsOf("a", 10));
      const numbers = async (after: number, limit: number) =>
        (await store.events.read(key, after, limit)).map(({ sequence }) => sequence);
      expectEqual(await numbers(0, 4), [1, 2, 3, 4], "the first four");
      expectEqual(await numbers(4, 4), [5, 6, 7, 8], "the next four");
      expectEqual(await numbers(8, 4), [9, 10], "the rest");
      expectEqual(await numbers(10, 4), [], "what follows the last");
      expectEqual(await store.events.read(otherKey, 0, 4), [], "the log of a run without events");
    },
  },
  {
    name: "events: leaves out an event whose id the log holds",
    async run({ store }) {
      const [a0, a1, a2] = [sampleEvent("a0"), sampleEvent("a1"), sampleEvent("a2")];
      await store.events.append(key, [a0, a1]);
      const changed = { ...a1, time: a1.time + 1 };
      const numbers = await store.events.append(key, [a0, a2, changed]);
      expectEqual(
        numbers.map((number) => number ?? "left out"),
        ["left out", 3, "left out"],
        "the numbers",
      );
      const log = await store.events.read(key, 0, 10);
      expectEqual(
        log.map(({ event }) => event),
        [a0, a1, a2],
        "the log",
      );
    },
  },
  {
    name: "events: leaves out an event that comes twice in one batch",
    async run({ store }) {
      const [a0, a1] = [sampleEvent("a0"), sampleEvent("a1")];
      const numbers = await store.events.append(key, [a0, a0, a1, a0]);
      expectEqual(
        numbers.map((number) => number ?? "left out"),
        [1, "left out", 2, "left out"],
        "the numbers",
      );
      expectEqual((await store.events.read(key, 0, 10)).length, 2, "how many events the log holds");
    },
  },
  {
    name: "events: batches that come at once get numbers without gaps, each batch in its order",
    async run({ store, connect }) {
      const stores = [store, await connect()];
      const batches = Array.from({ length: 20 }, (_, i) => eventsOf(`b${i}-`, 10));
      const answers = await Promise.all(
        batches.map((batch, i) => (stores[i % 2] ?? store).events.append(key, batch)),
      );
      const numbers = answers.flat().map((number) => number ?? 0);
      expectEqual(
        numbers.toSorted((a, b) => a - b),
        upTo(200),
        "the numbers",
      );
      for (const answer of answers) {
        expectEqual(
          answer,
          answer.toSorted((a = 0, b = 0) => a - b),
          "the numbers of a batch",
        );
      }
      const idsByNumber = new Map(
        batches.flatMap((batch, i) => batch.map((event, j) => [answers[i]?.[j], event.id])),
      );
      const log = await store.events.read(key, 0, 1000);
      expectEqual(
        log.map(({ sequence }) => sequence),
        upTo(200),
        "the numbers in the log",
      );
      for (const { sequence, event } of log) {
        expectEqual(event.id, idsByNumber.get(sequence), `the event under number ${sequence}`);
      }
    },
  },
  {
    name: "events: one event that many send at once is stored once",
    async run({ store, connect }) {
      const stores = [store, await connect()];
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          (stores[i % 2] ?? store).events.append(key, [
            sampleEvent("same"),
            sampleEvent(`own${i}`),
          ]),
        ),
      );
      const stored = answers.filter(([number]) => number !== undefined);
      expectEqual(stored.length, 1, "how many callers were told that they stored it");
      const log = await store.events.read(key, 0, 1000);
      expectEqual(
        log.map(({ sequence }) => sequence),
        upTo(21),
        "the numbers in the log",
      );
    },
  },
  {
    name: "events: shows a batch whole or not at all",
    async run({ store, connect }) {
      const reader = await connect();
      const lengths: number[] = [];
      let isWriting = true;
      const write = async () => {
        for (let i = 0; i < 5; i += 1) await store.events.append(key, eventsOf(`b${i}-`, 100));
        isWriting = false;
      };
      const watch = async () => {
        while (isWriting && lengths.length < 10_000) {
          lengths.push((await reader.events.read(key, 0, 1000)).length);
          await new Promise((resolve) => setTimeout(resolve, 0));
        }
      };
      await Promise.all([write(), watch()]);
      for (const length of lengths) {
        expectTrue(length % 100 === 0, `the log showed ${length} events, part of a batch of 100`);
      }
      expectEqual((await reader.events.read(key, 0, 1000)).length, 500, "the whole log");
    },
  },
];
