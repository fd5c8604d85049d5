/** A map that forgets its oldest entry rather than grow past a limit, and counts what it forgot. */
export interface BoundedMap<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  delete(key: K): void;
  readonly size: number;
  readonly forgotten: number;
}

/** `onForget` is called with each entry that had to go. */
export function boundedMap<K, V>(limit: number, onForget?: (value: V) => void): BoundedMap<K, V> {
  const entries = new Map<K, V>();
  let forgotten = 0;
  return {
    get: (key) => entries.get(key),
    set(key, value) {
      entries.set(key, value);
      if (entries.size <= limit) return;
      const [oldest] = entries;
      if (oldest === undefined) return;
      entries.delete(oldest[0]);
      forgotten += 1;
      onForget?.(oldest[1]);
    },
    delete: (key) => {
      entries.delete(key);
    },
    get size() {
      return entries.size;
    },
    get forgotten() {
      return forgotten;
    },
  };
}
