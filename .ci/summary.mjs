// Adds up what the stages of .ci/run counted. A test stage counts its tests, any other stage counts as one.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Stages whose tests are the reason to run here at all: skipping one is a failure. */
const neverSkip = new Set(["packages", "capture", "browser"]);

const [results] = process.argv.slice(2);
const stages = readFileSync(join(results, "stages"), "utf8").trim().split("\n").map(readStage);
const sum = (of) => stages.reduce((total, stage) => total + stage[of], 0);

for (const { name, seconds, passed, failed, skipped } of stages) {
  const counts = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  console.log(`${name.padEnd(14)} ${String(seconds).padStart(4)} s   ${counts}`);
}
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`);
process.exitCode = sum("failed") > 0 ? 1 : 0;

function readStage(line) {
  const [name, status, seconds] = line.split(" ");
  const report = join(results, `${name}.json`);
  const counted = existsSync(report) ? countTests(report) : { passed: 0, failed: 0, skipped: 0 };
  if (neverSkip.has(name)) {
    counted.failed += counted.skipped;
    counted.skipped = 0;
  }
  // A stage may also fail without a failed test: a file that does not load, a time limit, no tests at all.
  if (status !== "0" && counted.failed === 0) counted.failed = 1;
  if (status === "0" && !existsSync(report)) counted.passed = 1;
  return { name, seconds, ...counted };
}

function countTests(report) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests,
    skipped: numPendingTests + numTodoTests,
  };
}
