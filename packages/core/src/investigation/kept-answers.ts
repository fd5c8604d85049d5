/** Answers that are kept for a while, the last ones; what is asked for meanwhile waits for the same. */
export interface KeptAnswers<T> {
  get(key: string, make: () => Promise<T>): Promise<T>;
}

/** @param isWorth whether an answer is kept: one that failed in part is asked for again */
export function keptAnswers<T>(
  { keepMs, limit }: { keepMs: number; limit: number },
  isWorth: (answer: T) => boolean,
  now: () => number = Date.now,
): KeptAnswers<T> {
  const kept = new Map<string, { answer: Promise<T>; until: number }>();
  return {
    async get(key, make) {
      const known = kept.get(key);
      if (known && known.until > now()) return known.answer;
      const answer = make();
      const entry = { answer, until: now() + keepMs };
      kept.delete(key);
      kept.set(key, entry);
      const [oldest] = kept.keys();
      if (kept.size > limit && oldest !== undefined) kept.delete(oldest);
      const forget = () => {
        if (kept.get(key) === entry) kept.delete(key);
      };
      const made = await answer.catch((error: unknown) => {
        forget();
        throw error;
      });
      if (!isWorth(made)) forget();
      return made;
    },
  };
}
