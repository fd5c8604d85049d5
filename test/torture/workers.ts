import { type ChildProcess, fork } from "node:child_process";
import type { Store } from "@straycall/core";
import { type Receivers, startReceivers, type Taken } from "./receivers.js";
import type { SeededRandom } from "./seeded-random.js";
import type { Work, WorkerMessage, WorkerOptions } from "./work.js";

/** The processes, and what they are given to do. */
export interface Workers {
  /** Gives it to any process, again and again until one has done it. */
  do(work: Work): Promise<void>;
  /** Kills a process at random; another takes its place. Resolves when what it left was counted. */
  killOne(): Promise<void>;
  readonly kills: number;
  /** Messages that a killed process had sent and not recorded. */
  readonly crashesBetween: number;
  readonly failures: readonly string[];
  close(): Promise<void>;
}

interface Place {
  receivers: Receivers;
  child: ChildProcess;
  /** Of this process. */
  generation: number;
  isReady: boolean;
  orders: Map<number, { work: Work; done: () => void }>;
}

export interface WorkersOptions {
  script: string;
  count: number;
  random: SeededRandom;
  taken: Taken;
  /** Over the same database, to see what a dead process left. */
  store: Store;
  common: Pick<WorkerOptions, "database" | "webhookSecret" | "githubToken">;
}

const ordersAtOnce = 4;

export async function startWorkers(options: WorkersOptions): Promise<Workers> {
  const { script, count, random, taken, store, common } = options;
  const waiting: { work: Work; done: () => void }[] = [];
  const failures: string[] = [];
  let [generations, orders, kills, crashesBetween] = [0, 0, 0, 0];
  let isClosed = false;

  const start = (place: Pick<Place, "receivers">): Place => {
    generations += 1;
    const { receivers } = place;
    receivers.sender = generations;
    const { webhookUrl, smtpPort, githubUrl } = receivers;
    const given: WorkerOptions = { ...common, webhookUrl, smtpPort, githubUrl };
    const child = fork(script, [JSON.stringify(given)], { execArgv: [], stdio: "inherit" });
    const started: Place = Object.assign(place, {
      ...{ receivers, child, generation: generations, isReady: false, orders: new Map() },
    });
    const { orders: own } = started;
    // To what was killed just now nothing can be sent any more; what it had is given to another.
    child.on("error", () => {});
    child.once("exit", (code) => {
      // Nobody killed it: it could not start, or broke.
      if (code !== null && !isClosed) throw new Error(`a process ended with ${code}`);
    });
    child.on("message", (message: WorkerMessage) => {
      if ("ready" in message) started.isReady = true;
      else {
        const order = own.get(message.id);
        own.delete(message.id);
        if (message.error === undefined) order?.done();
        else if (order) {
          failures.push(message.error);
          waiting.push(order);
        }
      }
      hand();
    });
    return started;
  };

  const places: Place[] = [];
  for (let at = 0; at < count; at += 1) {
    places.push(start({ receivers: await startReceivers(taken) }));
  }

  const hand = () => {
    while (waiting.length > 0) {
      const free = places.filter(({ isReady, orders }) => isReady && orders.size < ordersAtOnce);
      const place = free[random.below(free.length)];
      const order = place && waiting.shift();
      if (!place || !order) return;
      orders += 1;
      place.orders.set(orders, order);
      place.child.send({ id: orders, work: order.work });
    }
  };

  /** Messages of a process that it had sent, whose deliveries are not recorded: they come again. */
  const countBetween = async (generation: number): Promise<number> => {
    let between = 0;
    for (const { notifier, key, sender } of taken.accepted) {
      if (sender !== generation) continue;
      // Ids have no colon: see deliveryId.
      const [detection = ""] = key.split(":");
      const deliveries = await store.deliveries.list(detection);
      const delivery = deliveries.find((each) => each.notifier === notifier);
      if (delivery?.status !== "delivered") between += 1;
    }
    return between;
  };

  return {
    do: (work) =>
      new Promise((resolve) => {
        waiting.push({ work, done: resolve });
        hand();
      }),
    async killOne() {
      const alive = places.filter(({ isReady }) => isReady);
      const place = alive[random.below(alive.length)];
      if (place === undefined) return;
      const { child, generation, orders: left } = place;
      place.isReady = false;
      kills += 1;
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await gone;
      // What it sent last may still be on its way through the servers of this process.
      await new Promise((resolve) => setTimeout(resolve, 50));
      crashesBetween += await countBetween(generation);
      waiting.push(...left.values());
      if (!isClosed) start(place);
      hand();
    },
    get kills() {
      return kills;
    },
    get crashesBetween() {
      return crashesBetween;
    },
    failures,
    async close() {
      isClosed = true;
      for (const { child, receivers } of places) {
        child.kill("SIGKILL");
        await receivers.close();
      }
    },
  };
}
