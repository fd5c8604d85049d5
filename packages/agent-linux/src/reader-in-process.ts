import type { EventReader } from "./event-reader.js";
import { pause, turn } from "./pause.js";
import { type RecordReader, type RootHelp, recordReader } from "./reader/record-reader.js";
import { ringReader } from "./ring/ring-reader.js";
import { tlsProbePlaces } from "./tls/tls-functions.js";

const idleMs = 10;

/** Reads in this process, with all its rights. */
export function readerInProcess(help: RootHelp): EventReader {
  let reader: RecordReader | undefined;
  let isIdle = false;

  return {
    ready: async () => {},
    placesIn: async (fd) => tlsProbePlaces(fd),
    read(ringFd, options) {
      reader = recordReader(ringReader(ringFd, options.ringBytes), options, help);
    },
    async next(signal) {
      await (isIdle ? pause(idleMs, signal) : turn());
      if (reader === undefined || signal.aborted) return [];
      const { events, isFull } = reader.readBatch();
      isIdle = !isFull;
      return [...reader.before.splice(0), ...events];
    },
    async *rest() {
      if (reader === undefined) return;
      yield reader.before.splice(0);
      for (const events of reader.rest()) {
        yield events;
        if (events.length === 0) await pause(1);
      }
    },
    async close() {
      reader?.close();
    },
  };
}
