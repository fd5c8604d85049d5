import type { CaptureEvent } from "@straycall/core";
import type { ReadingOptions } from "./reader/record-reader.js";
import type { FindPlaces } from "./tls/tls-probes.js";

/** Reads the ring and makes events of it, in whatever process. */
export interface EventReader {
  /** Fulfilled when it has given up its rights. */
  ready(): Promise<void>;
  placesIn: FindPlaces;
  /** @param ringFd of the ring's map; stays open */
  read(ringFd: number, options: ReadingOptions): void;
  /** The next events; none, if nothing came for a while or `signal` aborts. */
  next(signal: AbortSignal): Promise<CaptureEvent[]>;
  /** What is left, once nothing more is written to the ring. */
  rest(): AsyncGenerator<CaptureEvent[]>;
  close(): Promise<void>;
}
