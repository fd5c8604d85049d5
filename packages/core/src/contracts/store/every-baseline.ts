import type { Baseline } from "../../baseline/baseline.js";
import { everyItem } from "../every-item.js";
import type { BaselineStore } from "./baseline-store.js";

/** Goes through all baselines of a store, one in memory at a time. */
export async function* everyBaseline(baselines: BaselineStore): AsyncGenerator<Baseline> {
  for await (const key of everyItem((query) => baselines.list(query))) {
    const baseline = await baselines.get(key);
    if (baseline) yield baseline;
  }
}
