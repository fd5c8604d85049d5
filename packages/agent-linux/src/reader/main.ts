import { closeSync, writeSync } from "node:fs";
import { readerSays, rootSays } from "../link/frame.js";
import { turn } from "../pause.js";
import { ringReader } from "../ring/ring-reader.js";
import { tlsProbePlaces } from "../tls/tls-functions.js";
import { exitAtOnce, lockDown } from "./lock-down.js";
import { type ReadingOptions, type RecordReader, recordReader } from "./record-reader.js";
import { rootLink } from "./root-link.js";

/*
 * The process that looks into bytes of the job. It gives up its rights before it is handed the first of them.
 */

const idleMs = 10;
const forEver = -1;
const stderr = 2;

const link = rootLink();
let reader: RecordReader | undefined;
let isFinishing = false;

run().then(
  () => exitAtOnce(0),
  (error: Error) => {
    writeSync(stderr, `${error.message}\n`);
    exitAtOnce(1);
  },
);

async function run() {
  const agentPid = Number(process.argv[2]);
  process.title = "straycall-reader";
  link.tell(readerSays.ready, lockDown(agentPid).hasFilter);
  while (!isFinishing) {
    listen(reader === undefined ? forEver : readBatch() ? 0 : idleMs);
    // V8 has errands of its own, such as freeing what is no longer used; they need the event loop.
    await turn();
  }
  for (const events of reader?.rest() ?? []) {
    link.tellEvents(events);
    if (events.length === 0) listen(1);
  }
  link.tell(readerSays.end, null);
}

/** Tells whether there is more to read. */
function readBatch(): boolean {
  const batch = reader?.readBatch();
  if (batch !== undefined) link.tellEvents(batch.events);
  return batch?.isFull ?? false;
}

/** Does what the other half wants, if it wants anything within that time. */
function listen(milliseconds: number) {
  const frame = link.next(milliseconds);
  switch (frame?.kind) {
    case rootSays.read:
      return start(JSON.parse(frame.json));
    case rootSays.findPlaces:
      return findPlaces();
    case rootSays.finish:
      isFinishing = true;
  }
}

function start(options: ReadingOptions) {
  reader = recordReader(ringReader(link.takeFile(), options.ringBytes), options, link);
  link.tellEvents(reader.before);
}

function findPlaces() {
  const file = link.takeFile();
  try {
    link.tell(readerSays.places, tlsProbePlaces(file));
  } catch {
    link.tell(readerSays.unlikeKnown, null);
  } finally {
    closeSync(file);
  }
}
