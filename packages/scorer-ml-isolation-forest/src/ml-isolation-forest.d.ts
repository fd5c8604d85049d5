/** What is used of ml-isolation-forest 0.1.0, which brings no types. */
declare module "ml-isolation-forest" {
  /** A split with both sides, or a leaf with the rows that ended there. */
  export interface TreeNode {
    left?: TreeNode;
    right?: TreeNode;
    /** Rows whose number in this column is below `splitValue` go left. */
    splitColumn?: number;
    splitValue?: number;
    trainingSet?: readonly (readonly number[])[];
  }

  export class IsolationForest {
    constructor(options: { nEstimators: number });
    readonly forest: TreeNode[];
    train(trainingSet: readonly (readonly number[])[]): void;
    predict(data: readonly (readonly number[])[]): number[];
  }
}
