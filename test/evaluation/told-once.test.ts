import type { Severity } from "@straycall/core";
import { expect, test } from "vitest";
import type { Judgement } from "../../bench/detection/detectors/detector.js";
import { toldOnce } from "../../bench/detection/replay/told-once.js";

const itself = { name: "any", judge: (judgement: Judgement) => judgement };
const judged = (key: string, severity: Severity, more: Partial<Judgement> = {}): Judgement => ({
  call: 0,
  key,
  score: 1,
  severity,
  ...more,
});
const severities = (told: readonly Judgement[]) => told.map(({ severity }) => severity);

test("a thing is told once, and again only where it is worse", () => {
  const memory = toldOnce(itself);

  const told = ["low", "low", "high", "medium", "critical"] as const;
  expect(severities(memory.tell(told.map((severity) => judged("a", severity))))).toEqual([
    "low",
    "high",
    "critical",
  ]);
  expect(memory.tell([judged("a", "critical")])).toEqual([]);
});

test("while a job is learning only what is high by itself is told, and the rest may be told later", () => {
  const memory = toldOnce(itself);
  const learning = { learning: true, score: 5 };
  const seldom = { part: "novelty", code: "seldom-new", bits: 2, text: "" } as const;

  expect(memory.tell([judged("a", "medium", { learning: true, score: 3 })])).toEqual([]);
  expect(memory.tell([judged("c", "high", { ...learning, parts: [seldom] })])).toEqual([]);
  expect(severities(memory.tell([judged("b", "high", learning)]))).toEqual(["high"]);
  expect(severities(memory.tell([judged("a", "medium")]))).toEqual(["medium"]);
});

test("a fork knows what was told before and tells nothing to the memory it came from", () => {
  const memory = toldOnce(itself);
  memory.tell([judged("a", "high")]);
  const fork = memory.fork();

  expect(fork.tell([judged("a", "high"), judged("b", "high")])).toHaveLength(1);
  expect(memory.tell([judged("b", "high")])).toHaveLength(1);
});

test("of a crowd of new things at one endpoint five are told, and then only what is worse", () => {
  const memory = toldOnce(itself);
  const crowd = Array.from({ length: 9 }, (_, at) => judged(`way ${at}`, "medium", { crowd: "x" }));

  expect(memory.tell(crowd)).toHaveLength(5);
  expect(severities(memory.tell([...crowd, judged("worse", "high", { crowd: "x" })]))).toEqual([
    "high",
  ]);
});
