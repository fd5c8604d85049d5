/** Reads ahead of a generator without losing what was read. */
export interface Lookahead<T> {
  /** The next item, taken. */
  take(): T | undefined;
  /** The item so many places after the next one, left where it is. */
  peek(distance: number): T | undefined;
}

export function lookahead<T>(items: Iterator<T>): Lookahead<T> {
  const ahead: T[] = [];
  const fill = (count: number) => {
    while (ahead.length < count) {
      const { done, value } = items.next();
      if (done) return;
      ahead.push(value);
    }
  };
  return {
    take() {
      fill(1);
      return ahead.shift();
    },
    peek(distance) {
      fill(distance + 1);
      return ahead[distance];
    },
  };
}
