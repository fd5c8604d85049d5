/** How well scores put outliers before the rest. */
export interface Ranking {
  /** Area under the ROC curve: how often an outlier scores above an ordinary row. */
  auc: number;
  /** Average precision: area under the curve of precision over recall, as scikit-learn sums it up. */
  ap: number;
}

export function ranking(scores: readonly number[], outliers: readonly boolean[]): Ranking {
  const order = scores.map((score, row) => ({ score, isOutlier: outliers[row] === true }));
  order.sort((left, right) => right.score - left.score);
  const all = order.filter(({ isOutlier }) => isOutlier).length;
  const ordinary = order.length - all;
  let found = 0;
  let wrong = 0;
  let pairs = 0;
  let ap = 0;
  for (let from = 0; from < order.length; ) {
    // Rows of the same score are taken together: their order says nothing.
    let to = from;
    while (to < order.length && order[to]?.score === order[from]?.score) to += 1;
    const outliersHere = order.slice(from, to).filter(({ isOutlier }) => isOutlier).length;
    const ordinaryHere = to - from - outliersHere;
    pairs += outliersHere * (ordinary - wrong - ordinaryHere / 2);
    found += outliersHere;
    wrong += ordinaryHere;
    ap += (outliersHere / all) * (found / (found + wrong));
    from = to;
  }
  return { auc: pairs / (all * ordinary), ap };
}

export function meanRanking(rankings: readonly Ranking[]): Ranking {
  const mean = (of: keyof Ranking) =>
    rankings.reduce((sum, each) => sum + each[of], 0) / rankings.length;
  return { auc: mean("auc"), ap: mean("ap") };
}

/** Standard error of the mean AUC. */
export function errorOfMean(rankings: readonly Ranking[]): number {
  const { auc } = meanRanking(rankings);
  const squares = rankings.reduce((sum, each) => sum + (each.auc - auc) ** 2, 0);
  return Math.sqrt(squares / (rankings.length - 1) / rankings.length);
}
