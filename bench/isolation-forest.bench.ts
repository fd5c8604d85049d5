/**
 * Our isolation forest against npm's ml-isolation-forest, as it is and through its adapter, and against scikit-learn's:
 * first that they find outliers equally well, then what they cost. Needs scikit-learn, and takes more public sets from
 * mlbench where it is there:
 *
 *   apt-get install python3-sklearn r-cran-mlbench
 */
import { printCost } from "./isolation-forest/cost.js";
import { printQuality } from "./isolation-forest/quality.js";
import { findPython, labelledSets } from "./isolation-forest/scikit-learn.js";

const costSets = ["clusters", "satellite", "shuttle"];

export default function isolationForestBench() {
  const python = findPython();
  const { version, sets } = labelledSets(python);
  console.log(`scikit-learn ${version}, Node ${process.version}`);
  printCost(
    python,
    sets
      .filter(({ name }) => costSets.includes(name))
      .sort((a, b) => a.rows.length - b.rows.length),
  );
  printQuality(python, sets);
}
