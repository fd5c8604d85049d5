import { describe, expect, it } from "vitest";
import type { Store } from "../../src/contracts/store.js";
import type { Notification } from "../../src/delivery/notification.js";
import { memoryStore } from "../../src/memory-store/memory-store.js";
import { createMonitor } from "../../src/monitor/monitor.js";
import { StraycallError } from "../../src/straycall-error.js";
import { calls, usual } from "./audited-job.js";

const job = { platform: "github", repository: "acme/shop", workflow: "ci.yml", job: "build" };
const startedAt = 1_800_000_000_000;
/** Longer than any lease. */
const later = startedAt + 200_000;

type When = "before" | "after";

/** A store whose process dies before or after its so-manieth method. */
function dyingStore(inner: Store, step: number, when: When) {
  let made = 0;
  let diedAt: string | undefined;
  const crash = (name: string): never => {
    diedAt ??= name;
    throw new StraycallError("STORE_FAILED", "the process is dead");
  };
  const group = (groupName: string, methods: object) =>
    new Proxy(methods, {
      get:
        (target, name) =>
        async (...args: unknown[]) => {
          const full = `${groupName}.${String(name)}`;
          made += 1;
          const own = made;
          if (diedAt !== undefined || (own === step && when === "before")) return crash(full);
          const answer: unknown = await Reflect.apply(Reflect.get(target, name), target, args);
          return own === step ? crash(full) : answer;
        },
    });
  const names = Object.keys(inner).filter((name) => name !== "close");
  const store = Object.fromEntries(
    names.map((name) => [name, group(name, inner[name as keyof Store] as object)]),
  );
  return {
    store: { ...store, close: async () => {} } as unknown as Store,
    diedAt: () => diedAt,
  };
}

/** A whole run, as a process goes through it. Answers whether it came to its end. */
async function goThrough(
  store: Store,
  told: Notification[],
  now: number,
  events: ReturnType<typeof usual>,
  isAlive = () => true,
): Promise<boolean> {
  const chat = {
    name: "chat",
    async notify(notification: Notification) {
      if (!isAlive()) throw new Error("the process is dead");
      told.push(notification);
    },
  };
  const options = { store, notifiers: [chat], baseline: { learningRuns: 0 }, now: () => now };
  const monitor = createMonitor({ ...options, notifyFrom: "info" });
  try {
    await monitor.resume();
    const run = await monitor.startRun({ job, runId: "1" });
    await run.observe(events);
    await run.finish({ outcome: "success" });
    await monitor.idle();
    return isAlive();
  } catch {
    return false;
  } finally {
    const closing = monitor.close();
    if (isAlive()) await closing;
    else void closing.catch(() => {});
  }
}

describe("a process that dies", () => {
  it.each(["before", "after"] as const)(
    "%s any step of the store loses nothing and tells nothing twice, but for what it had sent and not noted",
    { timeout: 60_000 },
    async (when) => {
      const events = [...usual(), ...calls(7, "new.example", "203.0.113.9")];
      const died: string[] = [];
      for (let step = 1; step < 300; step += 1) {
        const inner = memoryStore();
        const told: Notification[] = [];
        const dying = dyingStore(inner, step, when);
        const isAlive = () => dying.diedAt() === undefined;
        if (await goThrough(dying.store, told, startedAt, events, isAlive)) break;
        const at = dying.diedAt() ?? "nowhere";
        died.push(at);
        const noted = (await inner.deliveries.find({ status: "delivered" })).items.map(
          ({ id }) => id,
        );
        const between = told.filter(({ idempotencyKey }) => !noted.includes(idempotencyKey)).length;
        expect(await goThrough(inner, told, later, events)).toBe(true);

        const { items } = await inner.detections.list();
        const subjects = items.map(({ kind, subject }) => `${kind} ${subject}`);
        expect(new Set(subjects).size, `${when} ${at}`).toBe(3);
        expect(subjects, `${when} ${at}`).toHaveLength(3);
        const keys = told.map(({ idempotencyKey }) => idempotencyKey);
        expect(new Set(keys), `${when} ${at}`).toEqual(
          new Set(items.map(({ id }) => `${id}:chat`)),
        );
        expect(keys, `${when} ${at}`).toHaveLength(3 + between);
        const [run] = (await inner.runs.list()).items;
        expect(run?.outcome).toBe("success");
        expect((await inner.baselines.get(run?.jobKey ?? ""))?.runs, `${when} ${at}`).toBe(1);
        expect(await inner.deliveries.counts()).toMatchObject([{ pending: 0, delivered: 3 }]);
      }
      // It died at each of these at least once.
      for (const step of [
        ...["runs.start", "events.append", "detections.record", "calls.put", "runs.update"],
        ...["runs.finish", "deliveries.claim", "deliveries.delivered", "deliveries.hasten"],
      ]) {
        expect(died).toContain(step);
      }
    },
  );
});
