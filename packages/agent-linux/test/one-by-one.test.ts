import { describe, expect, it } from "vitest";
import { oneByOne } from "../src/one-by-one.js";

async function* batches(...all: number[][]) {
  yield* all;
}

describe("what comes in batches", () => {
  it("is given one by one, in order, also after empty batches", async () => {
    const given: number[] = [];
    for await (const each of oneByOne(batches([], [1, 2], [], [], [3]))) given.push(each);
    expect(given).toEqual([1, 2, 3]);
  });

  it("fails as they do, after what came before", async () => {
    const given: number[] = [];
    const failing = async function* () {
      yield [1, 2];
      throw new Error("broke");
    };
    const taking = async () => {
      for await (const each of oneByOne(failing())) given.push(each);
    };
    await expect(taking()).rejects.toThrow("broke");
    expect(given).toEqual([1, 2]);
  });

  it("is given back when nobody wants more", async () => {
    let isReleased = false;
    const held = async function* () {
      try {
        yield [1, 2, 3];
      } finally {
        isReleased = true;
      }
    };
    const given = oneByOne(held());
    for await (const each of given) if (each === 2) break;
    expect(isReleased).toBe(true);
    expect(await given.next()).toEqual({ done: true, value: undefined });
  });
});
