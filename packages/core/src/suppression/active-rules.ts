import { everyItem } from "../contracts/every-item.js";
import type { Store } from "../contracts/store.js";
import type { Detection } from "../detection/detection.js";
import { isActive, matchesSuppression } from "./matches-suppression.js";
import type { Suppression } from "./suppression.js";

/** The rules as they are now. */
export interface CurrentRules {
  /** Of the rules: what was decided by them is recorded with it. */
  revision: number;
  /** The rule that keeps a detection quiet: the newest of several. */
  silencing(detection: Detection): Suppression | undefined;
}

/** Reads the rules; again only after they were changed. */
export function activeRules(
  { suppressions }: Pick<Store, "suppressions">,
  now: () => number,
): () => Promise<CurrentRules> {
  let known: { revision: number; rules: Suppression[] } | undefined;

  return async () => {
    const revision = await suppressions.revision();
    if (known?.revision !== revision) {
      const rules: Suppression[] = [];
      const activeAt = now();
      for await (const rule of everyItem((page) => suppressions.list({ ...page, activeAt }))) {
        rules.push(rule);
      }
      // One that was added meanwhile may be among them: then they are read again next time.
      known = { revision, rules };
    }
    const { rules } = known;
    return {
      revision,
      silencing: (detection) =>
        rules.find((rule) => isActive(rule, now()) && matchesSuppression(rule, detection)),
    };
  };
}
