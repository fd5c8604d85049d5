import { expect, it } from "vitest";
import { keptAnswers } from "../../src/investigation/kept-answers.js";

it("an answer is kept for its time, asked for once by all who wait, and the oldest goes", async () => {
  let time = 0;
  let asked = 0;
  const answers = keptAnswers<number>(
    { keepMs: 10, limit: 2 },
    () => true,
    () => time,
  );
  const ask = (key: string) =>
    answers.get(key, async () => {
      asked += 1;
      return asked;
    });
  expect(await Promise.all([ask("a"), ask("a")])).toEqual([1, 1]);
  time = 9;
  expect(await ask("a")).toBe(1);
  time = 10;
  expect(await ask("a")).toBe(2);
  await ask("b");
  await ask("c");
  expect(await ask("a")).toBe(5);
});

it("an answer that failed, or failed in part, is asked for again", async () => {
  const answers = keptAnswers<string>({ keepMs: 10, limit: 2 }, (answer) => answer !== "half");
  const given = ["half", "whole", "other"];
  const ask = () => answers.get("a", async () => given.shift() ?? "");
  await expect(answers.get("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect([await ask(), await ask(), await ask()]).toEqual(["half", "whole", "whole"]);
});
