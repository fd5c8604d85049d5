/** Long enough for any machine: it only tells slow from never. */
export const patienceMs = 10_000;

/** A plain assertion: it throws an Error, which fails a test in any runner. */
export function check(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

/** Waits for what a promise gives, but not for ever. @throws Error `otherwise` */
export async function inTime<T>(promise: Promise<T>, otherwise: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const never = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(otherwise)), patienceMs);
  });
  return Promise.race([promise, never]).finally(() => clearTimeout(timer));
}
