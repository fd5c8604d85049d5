import { StraycallError } from "../straycall-error.js";

/** How baselines are learned. */
export interface BaselineOptions {
  /** A job's first runs, which only teach. Default 5. */
  learningRuns?: number;
  /**
   * Calls to loopback addresses.
   *
   * `named` (default) looks only at those whose process asked for a name other than `localhost`: test servers on
   * random ports would otherwise be new in every run. `all` looks at each, `none` at none. All are recorded.
   */
  loopback?: "named" | "all" | "none";
}

/** Fills in the defaults. Throws CONFIG_INVALID. */
export function baselineOptions(options: BaselineOptions = {}): Required<BaselineOptions> {
  const { learningRuns = 5, loopback = "named" } = options;
  if (!Number.isInteger(learningRuns) || learningRuns < 0 || learningRuns > 10_000) {
    throw new StraycallError(
      "CONFIG_INVALID",
      "baseline.learningRuns must be a whole number from 0 to 10000",
      { field: "baseline.learningRuns" },
    );
  }
  if (!["named", "all", "none"].includes(loopback)) {
    throw new StraycallError("CONFIG_INVALID", "baseline.loopback must be named, all or none", {
      field: "baseline.loopback",
    });
  }
  return { learningRuns, loopback };
}
