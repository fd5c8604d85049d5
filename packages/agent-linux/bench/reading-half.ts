/** The reading half of the agent, as src/reader/main.ts runs it, but with records that are made here. */
import { closeSync } from "node:fs";
import { readerSays, rootSays } from "../src/link/frame.js";
import { turn } from "../src/pause.js";
import { type RecordReader, recordReader } from "../src/reader/record-reader.js";
import { rootLink } from "../src/reader/root-link.js";
import type { RingReader } from "../src/ring/ring-reader.js";
import { jobRecords, roundsOfJob } from "./records.js";

const records = jobRecords();
const link = rootLink();
let reader: RecordReader | undefined;

function madeRing(): RingReader {
  let at = 0;
  const end = roundsOfJob * records.length;
  return {
    get waiting() {
      return end - at;
    },
    read(limit, take) {
      const from = at;
      for (const to = Math.min(end, from + limit); at < to; at += 1) {
        take(records[at % records.length] as Buffer);
      }
      return at - from;
    },
    close() {},
  };
}

link.tell(readerSays.ready, true);
for (let isFinishing = false, waitMs = -1; !isFinishing; ) {
  const frame = link.next(waitMs);
  if (frame?.kind === rootSays.read) {
    closeSync(link.takeFile());
    reader = recordReader(madeRing(), JSON.parse(frame.json), link);
    link.tellEvents(reader.before);
  }
  const batch = reader?.readBatch();
  if (batch !== undefined) link.tellEvents(batch.events);
  waitMs = batch?.isFull ? 0 : 10;
  isFinishing = frame?.kind === rootSays.finish;
  await turn();
}
for (const events of reader?.rest() ?? []) link.tellEvents(events);
link.tell(readerSays.end, null);
// Its processor time is read before it ends.
link.next(-1);
