/** What is known of hosts by name: of exact hosts, and of domains with everything below them. */
export interface NameTable<V> {
  /** The exact host, else the longest domain that it is or lies below. */
  find(host: string): NameMatch<V> | undefined;
  names(): string[];
}

export interface NameMatch<V> {
  /** The name in the table. */
  name: string;
  value: V;
}

export interface NamedGroup {
  /** These names only. */
  hosts?: readonly string[];
  /** These names and all below them. */
  domains?: readonly string[];
}

/** Makes a table of groups; where a name is in two, the first counts. */
export function nameTable<G extends NamedGroup, V>(
  groups: readonly G[],
  toValue: (group: G) => V,
): NameTable<V> {
  const hosts = new Map<string, V>();
  const domains = new Map<string, V>();
  for (const group of groups) {
    const value = toValue(group);
    for (const name of group.hosts ?? []) if (!hosts.has(name)) hosts.set(name, value);
    for (const name of group.domains ?? []) if (!domains.has(name)) domains.set(name, value);
  }
  return {
    find(host) {
      const exact = hosts.get(host);
      if (exact !== undefined) return { name: host, value: exact };
      for (let at = 0; at >= 0; at = nextLabel(host, at)) {
        const name = host.slice(at);
        const value = domains.get(name);
        if (value !== undefined) return { name, value };
      }
      return undefined;
    },
    names: () => [...new Set([...hosts.keys(), ...domains.keys()])],
  };
}

/** Where the next label begins; negative after the last. */
function nextLabel(host: string, at: number): number {
  const dot = host.indexOf(".", at);
  return dot < 0 ? -1 : dot + 1;
}
