/** A map that forgets its oldest entry rather than grow without end. */
export interface RecentMap<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  delete(key: K): void;
}

export function recentMap<K, V>(
  limit: number,
  forgotten: (value: V) => void = () => {},
): RecentMap<K, V> {
  const entries = new Map<K, V>();
  return {
    get: (key) => entries.get(key),
    set(key, value) {
      entries.delete(key);
      entries.set(key, value);
      if (entries.size <= limit) return;
      for (const [oldest, oldestValue] of entries) {
        entries.delete(oldest);
        forgotten(oldestValue);
        return;
      }
    },
    delete: (key) => void entries.delete(key),
  };
}
