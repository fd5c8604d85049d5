import type { AgentCase } from "./agent/agent-case.js";
import { callCases } from "./agent/call-cases.js";
import { endCases } from "./agent/end-cases.js";
import { lossCases } from "./agent/loss-cases.js";
import { startCases } from "./agent/start-cases.js";
import type { WatchedPlace } from "./watched-place.js";

export interface AgentConformanceOptions {
  /** The test runner's own: `test` of Vitest, Jest, node:test or Bun, `it` of Mocha. */
  test: (name: string, body: () => Promise<void>) => unknown;
  /** Makes something to watch: asked once per test, closed after it. */
  open: () => WatchedPlace | Promise<WatchedPlace>;
}

const cases: readonly AgentCase[] = [...startCases, ...callCases, ...endCases, ...lossCases];

/**
 * Registers the tests that every capture agent must pass: it says when it sees, tells calls that are really made,
 * ends and gives back when it is asked to, and loses nothing silently.
 */
export function agentConformance({ test, open }: AgentConformanceOptions): void {
  for (const { name, run } of cases) {
    test(name, async () => {
      const place = await open();
      try {
        await run(place);
      } finally {
        await place.close();
      }
    });
  }
}
