import { adapter, type BenchForest, library, ours, paper, type Rows } from "./forests.js";
import { errorOfMean, meanRanking, type Ranking, ranking } from "./ranking.js";
import { type LabelledSet, measurePeer } from "./scikit-learn.js";

const seeds = Array.from({ length: 20 }, (_, seed) => seed + 1);
const peerName = "scikit-learn";

interface Task {
  set: LabelledSet;
  learn: Rows;
  score: Rows;
  outliers: readonly boolean[];
}

/** Outliers among the rows that are learned, as the sets are usually used; then rows learned that hold none. */
export function printQuality(python: string, sets: readonly LabelledSet[]): void {
  const mixed = sets.map((set) => ({
    set,
    learn: set.rows,
    score: set.rows,
    outliers: set.outliers,
  }));
  printTable(python, "All rows learned, all rows scored", mixed, [ours, adapter, library]);
  const clean = sets.map(cleanTask);
  printTable(python, "Half of the ordinary rows learned, all others scored", clean, [
    ours,
    paper,
    adapter,
    library,
  ]);
}

/** Learns every other ordinary row, as a baseline learns runs that were as usual. */
function cleanTask(set: LabelledSet): Task {
  let ordinary = 0;
  const isLearned = set.rows.map((_, row) => {
    if (set.outliers[row]) return false;
    ordinary += 1;
    return ordinary % 2 === 1;
  });
  return {
    set,
    learn: set.rows.filter((_, row) => isLearned[row]),
    score: set.rows.filter((_, row) => !isLearned[row]),
    outliers: set.outliers.filter((_, row) => !isLearned[row]),
  };
}

function printTable(
  python: string,
  title: string,
  tasks: readonly Task[],
  forests: readonly BenchForest[],
): void {
  const names = [peerName, ...forests.map(({ name }) => name)];
  console.log(`\n### ${title}: ROC AUC / average precision, means of ${seeds.length} seeds\n`);
  console.log(`| set | rows | features | outliers | ${names.join(" | ")} |`);
  console.log(`|${"---|".repeat(names.length + 4)}`);
  const means: Ranking[][] = [];
  let largestError = 0;
  for (const task of tasks) {
    const found = rankings(python, task, forests);
    largestError = Math.max(largestError, ...found.map(errorOfMean));
    const row = found.map(meanRanking);
    if (task.set.isPublic) means.push(row);
    console.log(`| ${[...factsOf(task.set), ...row.map(inWords)].join(" | ")} |`);
  }
  const overall = names.map((_, at) => meanRanking(means.map((row) => row[at] as Ranking)));
  console.log(`| **mean of the public sets** | | | | ${overall.map(inWords).join(" | ")} |`);
  console.log(`\nStandard error of a mean AUC: ${largestError.toFixed(3)} at most.`);
}

function factsOf({ name, rows, outliers }: LabelledSet): string[] {
  const share = outliers.filter((isOutlier) => isOutlier).length / rows.length;
  return [name, `${rows.length}`, `${rows[0]?.length}`, `${(100 * share).toFixed(1)} %`];
}

/** By forest, scikit-learn's first, and by seed. */
function rankings(python: string, task: Task, forests: readonly BenchForest[]): Ranking[][] {
  const { learn, score, outliers } = task;
  const peer = measurePeer(python, { learn, score, seeds, rounds: 0 });
  const scores = forests.map((forest) => seeds.map((seed) => forest.fit(learn, seed).score(score)));
  return [peer.scores, ...scores].map((bySeed) => bySeed.map((each) => ranking(each, outliers)));
}

const inWords = ({ auc, ap }: Ranking) => `${auc.toFixed(3)} / ${ap.toFixed(3)}`;
