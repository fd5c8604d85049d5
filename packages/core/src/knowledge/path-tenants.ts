import { cloudHosts } from "./path-shapes/cloud-hosts.js";
import { codeHosts } from "./path-shapes/code-hosts.js";
import { containerRegistries } from "./path-shapes/container-registries.js";
import { normalizePath } from "./path-shapes/normalize-path.js";
import { objectStorage } from "./path-shapes/object-storage.js";
import { packageHosts } from "./path-shapes/package-hosts.js";
import { compileShape, matchShape, type PathShape } from "./path-shapes/path-shape.js";
import { webhookHosts } from "./path-shapes/webhook-hosts.js";

/** A path of a host, and whose part of that host it is. */
export interface TenantPath {
  /** In lower case: no host listed has two tenants that differ in case only. */
  tenant?: string;
  /** The path, normalized, with `<tenant>`, `<name>` and alike for what tenants named; the query stays. */
  masked: string;
}

/** Longer paths are cut here: no documented shape is as long. */
const maxPathLength = 4096;
const maxTenantLength = 128;

/**
 * Tells on hosts that many share (code hosts, container registries, buckets, webhooks) whose part of the host a path
 * names, and masks what differs from tenant to tenant and from project to project.
 *
 * On any other host the path is normalized only.
 */
export function maskPathTenant(host: string, path: string): TenantPath {
  const bounded = path.slice(0, maxPathLength);
  const queryAt = bounded.indexOf("?");
  const normal = normalizePath(queryAt < 0 ? bounded : bounded.slice(0, queryAt));
  const query = queryAt < 0 ? "" : bounded.slice(queryAt);
  const segments = normal.slice(1).split("/");
  for (const shape of shapesOf(host)) {
    const match = matchShape(shape, segments);
    if (match === undefined) continue;
    const masked = `/${[...match.masked, ...segments.slice(match.covered)].join("/")}${query}`;
    if (match.tenant === undefined) return { masked };
    return { tenant: match.tenant.slice(0, maxTenantLength).toLowerCase(), masked };
  }
  return { masked: normal + query };
}

interface ShapeIndex {
  exact: Map<string, PathShape[]>;
  /** By their last two labels. */
  patterns: Map<string, { pattern: string[]; shapes: PathShape[] }[]>;
}

let index: ShapeIndex | undefined;

function shapesOf(host: string): readonly PathShape[] {
  index ??= indexShapes();
  const exact = index.exact.get(host);
  if (exact) return exact;
  const labels = host.split(".");
  const candidates = index.patterns.get(labels.slice(-2).join(".")) ?? [];
  return candidates.find(({ pattern }) => fits(pattern, labels))?.shapes ?? [];
}

function fits(pattern: readonly string[], labels: readonly string[]): boolean {
  return (
    pattern.length === labels.length &&
    pattern.every((label, at) => label === "*" || label === labels[at])
  );
}

function indexShapes(): ShapeIndex {
  const made: ShapeIndex = { exact: new Map(), patterns: new Map() };
  const tables = [
    ...[codeHosts, packageHosts, containerRegistries],
    ...[objectStorage, cloudHosts, webhookHosts],
  ];
  for (const { hosts, shapes } of tables.flat()) {
    const compiled = shapes.map(compileShape);
    for (const host of hosts) {
      if (!host.includes("*")) {
        made.exact.set(host, [...(made.exact.get(host) ?? []), ...compiled]);
        continue;
      }
      const pattern = host.split(".");
      const key = pattern.slice(-2).join(".");
      const others = made.patterns.get(key) ?? [];
      made.patterns.set(key, [...others, { pattern, shapes: compiled }]);
    }
  }
  return made;
}
