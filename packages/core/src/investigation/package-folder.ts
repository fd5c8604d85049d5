import type { ProcessRecord } from "../run/process.js";

/**
 * The package whose folder a process runs in: the last one on the way, of npm (`node_modules/@scope/name`), pip
 * (`site-packages/name`), RubyGems (`gems/name-1.0`), Cargo (`registry/src/index/name-1.0`) or Composer (`vendor/owner/name`).
 */
export function packageOfFolder({ workingDirectory }: ProcessRecord): string | undefined {
  if (workingDirectory === undefined) return undefined;
  const patterns = [
    /\/node_modules\/((?:@[^/]+\/)?[^/@.][^/]*)(?!.*\/node_modules\/)/,
    /\/(?:site|dist)-packages\/([^/]+)/,
    /\/gems\/([^/]+)-\d[^/]*/,
    /\/registry\/src\/[^/]+\/([^/]+)-\d[^/]*/,
    /\/vendor\/([^/]+\/[^/]+)(?:\/|$)/,
  ];
  for (const pattern of patterns) {
    const name = pattern.exec(workingDirectory.slice(0, 4_096))?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}
