import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { GroupResult } from "./group-result.js";
import type { GroupTask } from "./replay-group.js";

/**
 * Replays groups on all processors, the largest first. A group's result depends on the group alone, so it does not
 * matter which finishes first.
 */
export async function replayGroups(
  tasks: readonly GroupTask[],
  finished: (done: number) => void,
): Promise<GroupResult[]> {
  const size = ({ jobs }: GroupTask) => jobs.reduce((sum, job) => sum + job.schedule.length, 0);
  const waiting = tasks
    .map((task, at) => ({ task, at }))
    .sort((a, b) => size(b.task) - size(a.task));
  const results: GroupResult[] = new Array(tasks.length);
  let done = 0;

  const work = async () => {
    const worker = new Worker(new URL("./worker-start.mjs", import.meta.url));
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        results[next.at] = await answer(worker, next.task);
        done += 1;
        finished(done);
      }
    } finally {
      await worker.terminate();
    }
  };
  const workers = Math.min(availableParallelism(), tasks.length);
  await Promise.all(Array.from({ length: workers }, work));
  return results;
}

function answer(worker: Worker, task: GroupTask): Promise<GroupResult> {
  return new Promise((resolve, reject) => {
    const onMessage = (result: GroupResult) => {
      worker.off("error", onError);
      worker.off("exit", onExit);
      resolve(result);
    };
    const onError = (error: unknown) => reject(error);
    const onExit = (code: number) => reject(new Error(`a worker ended with ${code}`));
    worker.once("message", onMessage);
    worker.once("error", onError);
    worker.once("exit", onExit);
    worker.postMessage(task);
  });
}
