import { ulid } from "ulid";
import { everyItem } from "../contracts/every-item.js";
import type { Page } from "../contracts/page.js";
import type { SuppressionQuery } from "../contracts/store/suppression-store.js";
import type { Store } from "../contracts/store.js";
import type { Delivery } from "../delivery/delivery.js";
import type { Detection } from "../detection/detection.js";
import { StraycallError } from "../straycall-error.js";
import { matchesSuppression } from "../suppression/matches-suppression.js";
import { parseSuppression, type SuppressionRequest } from "../suppression/parse-suppression.js";
import type { Suppression } from "../suppression/suppression.js";
import type { Reviews } from "./reviews.js";

/** What a rule would have kept quiet. */
export interface SuppressionPreview {
  /** The last of them, at most 100. */
  detections: Detection[];
  /** How many, of those that were looked at. */
  matching: number;
  /** How many of these nobody has reviewed: adding the rule suppresses them. */
  unreviewed: number;
  /** How many detections were looked at: the last 10,000. */
  lookedAt: number;
}

/** Rules that keep detections quiet. All requests throw CONFIG_INVALID naming the field. */
export interface Suppressions {
  /** What a rule would have kept quiet so far; adds nothing. Its `reason` and `by` are not asked for. */
  preview(request: Partial<SuppressionRequest>): Promise<SuppressionPreview>;
  /**
   * Adds a rule, and suppresses what it matches and nobody has reviewed. Answers how many those were.
   *
   * A crash in between leaves the rule, and what it had not come to as it was: `apply` goes on.
   */
  add(request: SuppressionRequest): Promise<{ rule: Suppression; suppressed: number }>;
  /** Suppresses what a rule matches and nobody has reviewed. Answers how many those were. */
  apply(id: string): Promise<number>;
  /**
   * Ends a rule. What it had suppressed is new again, and told if it never was. Answers how many those were. Ending it again
   * goes on where a crash left off. Throws NOT_FOUND.
   */
  end(id: string, by: string): Promise<{ rule: Suppression; reopened: number }>;
  get(id: string): Promise<Suppression | undefined>;
  /** The last added first, the ended ones too unless asked otherwise. */
  list(query?: SuppressionQuery): Promise<Page<Suppression>>;
}

export interface SuppressionsOptions {
  store: Store;
  reviews: Reviews;
  /** What tells a detection that was never told. */
  plan: (detection: Detection) => Promise<Delivery[]>;
  now: () => number;
}

const maxShown = 100;
const maxLookedAt = 10_000;

export function suppressions({ store, reviews, plan, now }: SuppressionsOptions): Suppressions {
  const ruleOf = async (id: string): Promise<Suppression> => {
    const rule = await store.suppressions.get(id);
    if (rule === undefined) throw new StraycallError("NOT_FOUND", `there is no suppression ${id}`);
    return rule;
  };

  const applyRule = async (rule: Suppression): Promise<number> => {
    const { id, createdBy: by, reason: note } = rule;
    let suppressed = 0;
    for (const detection of await matchingNew(rule)) {
      const done = await reviews.reviewBy(detection.id, (current) =>
        current.status === "new"
          ? { action: "suppress", status: "suppressed", at: now(), by, note, suppressionId: id }
          : undefined,
      );
      if (done) suppressed += 1;
    }
    return suppressed;
  };

  /** First all, then one after the other: what is suppressed leaves the list that is read. */
  const matchingNew = async (rule: Suppression): Promise<Detection[]> => {
    const found: Detection[] = [];
    const unreviewed = everyItem((page) => store.detections.list({ ...page, status: "new" }));
    for await (const one of unreviewed) if (matchesSuppression(rule, one)) found.push(one);
    return found;
  };

  const reopen = async (detection: Detection, rule: Suppression, by: string): Promise<boolean> => {
    const made = await store.deliveries.list(detection.id);
    const own = made.filter(({ review }) => review === undefined);
    const missing = own.length > 0 ? [] : await plan({ ...detection, recordedAt: now() });
    const reopened = await reviews.reviewBy(
      detection.id,
      (current) =>
        current.suppressionId === rule.id
          ? { action: "unsuppress", status: "new", at: now(), by, suppressionId: rule.id }
          : undefined,
      missing,
    );
    if (reopened === undefined) return false;
    // Those that were given up because it was suppressed.
    for (const { id, status } of own)
      if (status === "dead") await store.deliveries.revive(id, now());
    return true;
  };

  return {
    async preview(given) {
      const { match } = parseSuppression({ reason: "-", by: "-", ...given, force: true }, now());
      const rule = given.force ? { match, forced: true as const } : { match };
      const preview: SuppressionPreview = {
        detections: [],
        matching: 0,
        unreviewed: 0,
        lookedAt: 0,
      };
      for await (const detection of everyItem((page) => store.detections.list(page))) {
        if (preview.lookedAt === maxLookedAt) break;
        preview.lookedAt += 1;
        if (!matchesSuppression(rule, detection)) continue;
        preview.matching += 1;
        if (detection.status === "new") preview.unreviewed += 1;
        if (preview.detections.length < maxShown) preview.detections.push(detection);
      }
      return preview;
    },
    async add(given) {
      const { match, reason, by, expiresAt, force } = parseSuppression(given, now());
      const createdAt = now();
      const rule: Suppression = {
        id: ulid(createdAt),
        match,
        reason,
        createdBy: by,
        createdAt,
        ...(expiresAt === undefined ? {} : { expiresAt }),
        ...(force ? { forced: true } : {}),
        history: [{ at: createdAt, by, what: force ? "Made, and forced." : "Made." }],
      };
      await store.suppressions.add(rule);
      return { rule, suppressed: await applyRule(rule) };
    },
    apply: async (id) => applyRule(await ruleOf(id)),
    async end(id, by) {
      const ended = await store.suppressions.change(id, (rule) =>
        rule.endedAt === undefined
          ? {
              ...rule,
              endedAt: now(),
              history: [...rule.history, { at: now(), by: by.slice(0, 200), what: "Ended." }],
            }
          : rule,
      );
      const rule = ended ?? (await ruleOf(id));
      let reopened = 0;
      const quiet: Detection[] = [];
      const all = everyItem((page) => store.detections.list({ ...page, status: "suppressed" }));
      for await (const one of all) if (one.suppressionId === id) quiet.push(one);
      for (const one of quiet) if (await reopen(one, rule, by)) reopened += 1;
      return { rule, reopened };
    },
    get: (id) => store.suppressions.get(id),
    list: (query) => store.suppressions.list(query),
  };
}
