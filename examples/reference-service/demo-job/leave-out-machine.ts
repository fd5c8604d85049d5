/*
 * The agent also tells of the processes that the job's first process descends from. Those are the recording
 * machine's own business: leaves out of a recording what started before the capture did. Usage: FILE...
 */
import { readFileSync, writeFileSync } from "node:fs";

for (const path of process.argv.slice(2)) {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  const events = lines.map((line) => JSON.parse(line));
  const start = events.find((event) => event.type === "capture.started").time;
  const kept = lines.filter((_, index) => {
    const { type, time } = events[index];
    return type !== "process.exec" || time >= start;
  });
  writeFileSync(path, `${kept.join("\n")}\n`);
}
