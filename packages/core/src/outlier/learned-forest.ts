import type { Forest } from "./forest.js";
import type { LearnedRange } from "./learned-range.js";

/** What a forest scorer learned. */
export interface LearnedForest {
  /** Its name. */
  scorer: string;
  forest: Forest;
  /** Left out where rows outside of it get no special treatment. */
  range?: LearnedRange;
}
