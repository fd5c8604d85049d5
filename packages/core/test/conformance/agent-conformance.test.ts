import { describe, expect, it, test } from "vitest";
import { agentConformance, type WatchedPlace } from "../../src/conformance/index.js";
import { brokenAgents, goodPlace, watchedPlace } from "./broken-agents.js";

describe("agentConformance: an agent that does as it should passes", () => {
  agentConformance({ test, open: goodPlace });
});

describe("agentConformance: an agent with heartbeats passes", () => {
  agentConformance({ test, open: watchedPlace });
});

/** Runs those tests of the suite that have this in their name; answers the names of those that failed. */
async function failuresOf(open: () => WatchedPlace, part: string): Promise<string[]> {
  const tests: { name: string; body: () => Promise<void> }[] = [];
  agentConformance({ test: (name, body) => tests.push({ name, body }), open });
  const failed: string[] = [];
  for (const { name, body } of tests) {
    if (name.includes(part)) await body().catch(() => failed.push(name));
  }
  return failed;
}

// At once: some of them are caught only when the suite's patience is at its end.
describe.concurrent("agentConformance: an agent that breaks a promise fails", () => {
  it.each(Object.entries(brokenAgents))("one that %s", async (_, { open, caughtBy }) => {
    expect(await failuresOf(open, caughtBy)).toHaveLength(1);
  });

  it("is closed all the same", async () => {
    let open = 0;
    await failuresOf(() => {
      open += 1;
      const place = goodPlace();
      return {
        ...place,
        async close() {
          open -= 1;
        },
      };
    }, "");
    expect(open).toBe(0);
  });
});
