import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Rows } from "./forests.js";

export interface LabelledSet {
  name: string;
  /** Not generated. */
  isPublic: boolean;
  rows: Rows;
  outliers: boolean[];
}

export interface PeerMeasurement {
  /** By seed, and by row. */
  scores: number[][];
  savedBytes: number;
  fitMs: number;
  scoreMs: number;
}

const beside = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const maxBuffer = 1024 * 1024 * 1024;

/** The Python that has scikit-learn: Debian's own, where another comes first on the path. */
export function findPython(): string {
  for (const python of ["/usr/bin/python3", "python3"]) {
    try {
      execFileSync(python, ["-c", "import sklearn"], { stdio: "ignore" });
      return python;
    } catch {
      // The next may have it.
    }
  }
  throw new Error("scikit-learn is the peer of this benchmark: apt-get install python3-sklearn");
}

/** The sets that come with scikit-learn, those of r-cran-mlbench where it is there, and generated ones. */
export function labelledSets(python: string): { version: string; sets: LabelledSet[] } {
  const folder = mkdtempSync(join(tmpdir(), "straycall-bench-"));
  try {
    execFileSync("Rscript", [beside("mlbench-sets.R"), folder], { stdio: "ignore" });
  } catch {
    console.log("Sets of r-cran-mlbench are left out: apt-get install r-cran-mlbench\n");
  }
  const sets = execFileSync(python, [beside("scikit_learn.py"), "sets", folder], { maxBuffer });
  rmSync(folder, { recursive: true });
  return JSON.parse(sets.toString());
}

export function measurePeer(
  python: string,
  request: { learn: Rows; score: Rows; seeds: number[]; rounds: number },
): PeerMeasurement {
  const input = JSON.stringify(request);
  const output = execFileSync(python, [beside("scikit_learn.py"), "measure"], { input, maxBuffer });
  return JSON.parse(output.toString());
}
