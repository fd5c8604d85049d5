/**
 * Gives one by one what comes in batches; as with a generator, `return` waits for what is asked for already. It costs a
 * fraction of a generator that yields each: at a hundred thousand events a second that is noticed.
 */
export function oneByOne<T>(batches: AsyncGenerator<readonly T[]>): AsyncIterableIterator<T> {
  let batch: Iterator<T> = [][Symbol.iterator]();

  const nextBatch = async (): Promise<IteratorResult<T>> => {
    for (;;) {
      const { done, value } = await batches.next();
      if (done) return { done, value: undefined };
      batch = value[Symbol.iterator]();
      const first = batch.next();
      if (!first.done) return first;
    }
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      const result = batch.next();
      return result.done ? nextBatch() : Promise.resolve(result);
    },
    async return() {
      batch = [][Symbol.iterator]();
      await batches.return(undefined);
      return { done: true, value: undefined };
    },
  };
}
