/**
 * Which repositories somebody may see or write: `acme/shop`, all of an owner as `acme/*`, or `*`. Case does not matter.
 */
export type RepositoryScope = readonly string[];

/** Whether a repository is one of those; without a scope, every one is. */
export function inScope(scope: RepositoryScope | undefined, repository: string): boolean {
  if (scope === undefined) return true;
  const name = repository.toLowerCase();
  return scope.some((pattern) => {
    const wanted = pattern.toLowerCase();
    return wanted.endsWith("*") ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
  });
}
