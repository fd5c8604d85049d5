import type { Load } from "./load.js";
import { median } from "./median.js";
import { type Observer, observers } from "./observers.js";

const rounds = 5;
const connects = 2_000;
const spawns = 300;

interface Times {
  connect: number[];
  spawn: number[];
}

/** Prints what a TCP call and a process take under each observer; the observers take turns, so that noise hits all. */
export async function printAddedTime(load: Load, cgroup: string, folder: string) {
  const times = new Map<Observer, Times>();
  const cannot = new Map<Observer, string>();
  for (let round = 0; round < rounds; round += 1) {
    for (const observer of observers) {
      if (cannot.has(observer)) continue;
      try {
        const { connect, spawn } = times.get(observer) ?? { connect: [], spawn: [] };
        const watching = await observer.start(cgroup, folder);
        connect.push(await load.run(cgroup, watching.behind, ["connects", connects, load.port]));
        spawn.push(await load.run(cgroup, watching.behind, ["spawns", spawns]));
        await watching.stop();
        times.set(observer, { connect, spawn });
      } catch (error) {
        cannot.set(observer, (error as Error).message.split("\n", 1)[0] ?? "");
      }
    }
  }
  console.log(`Medians of ${rounds} rounds of ${connects} calls and ${spawns} processes`);
  console.table(table(times));
  for (const [{ name, debianPackage }, reason] of cannot) {
    const install = debianPackage === undefined ? "" : ` (apt-get install ${debianPackage})`;
    console.log(`${name} does not run here${install}: ${reason}`);
  }
}

function table(times: ReadonlyMap<Observer, Times>) {
  const [nothing] = times.values();
  return Object.fromEntries(
    [...times].map(([{ name }, { connect, spawn }]) => [
      name,
      {
        ...columns("call", connect, nothing?.connect),
        ...columns("process", spawn, nothing?.spawn),
      },
    ]),
  );
}

function columns(what: string, nanoseconds: readonly number[], peer: readonly number[] = []) {
  const time = median(nanoseconds);
  const spread = (Math.max(...nanoseconds) - Math.min(...nanoseconds)) / 1_000;
  return {
    [`${what}, us`]: Number((time / 1_000).toFixed(1)),
    [`${what}, spread`]: Number(spread.toFixed(1)),
    [`${what}, x nothing`]: Number((time / median(peer)).toFixed(2)),
  };
}
