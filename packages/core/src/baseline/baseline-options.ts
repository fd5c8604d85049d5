import type { OutlierScorer } from "../contracts/outlier-scorer.js";
import type { AddressClass } from "../endpoint/address.js";
import { StraycallError } from "../straycall-error.js";
import type { FleetPrior } from "./fleet-prior.js";
import { parseFleetPrior } from "./use-fleet-prior.js";

/**
 * Which calls to one class of addresses are compared with the baseline and learned: each, only those whose process
 * asked for a name other than `localhost`, or none.
 */
export type ComparedCalls = "all" | "named" | "none";

/** Classes that can be left out. What leaves for the public network, or for nobody knows where, cannot. */
export type OptionalAddressClass = Exclude<AddressClass, "public" | "unknown">;

/** How baselines are learned. */
export interface BaselineOptions {
  /** A job's first runs, which only teach. Default 5. */
  learningRuns?: number;
  /**
   * Calls by the class of their address. All are recorded, also those that are left out: their verdict is `ignored`.
   *
   * Default `all`, but for `loopback` `named`: test servers on random ports would be new in every run.
   */
  addresses?: Partial<Record<OptionalAddressClass, ComparedCalls>>;
  /**
   * When an endpoint that was told becomes part of the baseline: `after-run`, the default, after the run that called it, still
   * unreviewed; `after-review`, after the first run that calls it once somebody acknowledged or resolved its detection. It is
   * told once either way.
   */
  admit?: "after-run" | "after-review";
  /** Endpoints that were not called in so many runs are forgotten, and new when they come back. Default: never. */
  forgetAfterRuns?: number;
  /**
   * What other stores' fleets call, as `fleetPrior` made it: a new endpoint that many repositories call is less
   * surprising. Read from a file, it is checked.
   */
  prior?: FleetPrior;
  /**
   * Learns which bytes, calls and durations go together in a job's traffic, and says so of what does not; such as
   * `isolationForestScorer()`. Its model is kept with the baseline if it takes less than 512 KiB. Default: none.
   */
  outliers?: OutlierScorer;
}

/** With the defaults filled in. */
export type FilledBaselineOptions = Required<
  Omit<BaselineOptions, "forgetAfterRuns" | "prior" | "outliers">
> &
  Pick<BaselineOptions, "forgetAfterRuns" | "prior" | "outliers">;

const defaultAddresses: Required<BaselineOptions>["addresses"] = {
  private: "all",
  loopback: "named",
  "link-local": "all",
  metadata: "all",
  multicast: "all",
  reserved: "all",
};

/** Fills in the defaults. Throws CONFIG_INVALID. */
export function baselineOptions(options: BaselineOptions = {}): FilledBaselineOptions {
  const { learningRuns = 5, addresses = {}, admit = "after-run" } = options;
  const { forgetAfterRuns, prior, outliers } = options;
  if (!Number.isInteger(learningRuns) || learningRuns < 0 || learningRuns > 10_000) {
    throw invalid("learningRuns", "must be a whole number from 0 to 10000");
  }
  if (admit !== "after-run" && admit !== "after-review") {
    throw invalid("admit", "must be after-run or after-review");
  }
  if (
    forgetAfterRuns !== undefined &&
    !(Number.isInteger(forgetAfterRuns) && forgetAfterRuns > 0)
  ) {
    throw invalid("forgetAfterRuns", "must be a whole number above 0");
  }
  for (const [addressClass, compared] of Object.entries(addresses)) {
    if (!Object.hasOwn(defaultAddresses, addressClass)) {
      const classes = Object.keys(defaultAddresses).join(", ");
      throw invalid(`addresses.${addressClass}`, `is no class that can be left out: ${classes}`);
    }
    if (!["all", "named", "none"].includes(compared)) {
      throw invalid(`addresses.${addressClass}`, "must be all, named or none");
    }
  }
  if (outliers !== undefined && !isScorer(outliers)) {
    throw invalid("outliers", "must be an outlier scorer with a name of 1 to 128 characters");
  }
  return {
    learningRuns,
    addresses: { ...defaultAddresses, ...addresses },
    admit,
    ...(forgetAfterRuns === undefined ? {} : { forgetAfterRuns }),
    ...(prior === undefined ? {} : { prior: parseFleetPrior(prior, "baseline.prior") }),
    ...(outliers === undefined ? {} : { outliers }),
  };
}

function isScorer({ name, fit, load }: OutlierScorer): boolean {
  const isNamed = typeof name === "string" && name.length > 0 && name.length <= 128;
  return isNamed && typeof fit === "function" && typeof load === "function";
}

function invalid(option: string, problem: string): StraycallError {
  const field = `baseline.${option}`;
  return new StraycallError("CONFIG_INVALID", `${field} ${problem}`, { field });
}
