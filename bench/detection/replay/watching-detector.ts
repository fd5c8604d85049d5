import type { JobTimeline } from "../data/job-timeline.js";
import type { Detector, DetectorKind, Judgement } from "../detectors/detector.js";
import type { SimulatedRun } from "../simulation/simulated-run.js";
import { type ToldOnce, toldOnce } from "./told-once.js";

/** What a detector, or a variant of it, had to say of a run. */
export interface Watched {
  name: string;
  /** Of every call that it has a score for. */
  judged: readonly Judgement[];
  /** What is told now; see {@link ToldOnce}. */
  told: readonly Judgement[];
}

/** A detector with the memory of what it has told, and its variants with theirs. */
export interface WatchingDetector {
  /** Judges a run, tells, and learns it. The detector itself comes first. */
  watch(run: SimulatedRun): Watched[];
  fork(timeline: JobTimeline | undefined): WatchingDetector;
  bytes(timeline: JobTimeline): number;
  /** Spent judging and learning. */
  milliseconds(): number;
}

export function watchingDetector(kind: DetectorKind, seed: number): WatchingDetector {
  const itself = { name: kind.name, judge: (judgement: Judgement) => judgement };
  const variants = [itself, ...(kind.variants ?? [])];
  const watching = (detector: Detector, memories: readonly ToldOnce[]): WatchingDetector => {
    let spent = 0;
    return {
      watch(run) {
        const start = performance.now();
        const judged = detector.judge(run);
        const judgedAt = performance.now();
        const watched = memories.map((memory, at): Watched => {
          const variant = variants[at] ?? itself;
          const own = at === 0 ? judged : judged.map(variant.judge);
          return { name: memory.name, judged: own, told: memory.tell(judged) };
        });
        const learnedFrom = performance.now();
        detector.learn(run);
        spent += judgedAt - start + performance.now() - learnedFrom;
        return watched;
      },
      fork: (timeline) =>
        watching(
          timeline ? detector.fork(timeline) : detector,
          memories.map((memory) => memory.fork()),
        ),
      bytes: (timeline) => detector.bytes(timeline),
      milliseconds: () => spent,
    };
  };
  return watching(
    kind.create(seed),
    variants.map((variant) => toldOnce(variant)),
  );
}
