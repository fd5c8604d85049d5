import type { CaptureEvent } from "@straycall/core";
import { cgroupNames, type NamedCgroup } from "../cgroup/cgroup-tree.js";
import { decodeRecord } from "../decode/decode-record.js";
import type { ExecFact } from "../decode/fact.js";
import { knownProcesses } from "../proc/known-processes.js";
import type { ProcessFiles } from "../proc/process-files.js";
import type { MachineNames } from "../resolver/machine-names.js";
import type { RingReader } from "../ring/ring-reader.js";
import { type ClockOrigins, eventMaker } from "../translate/event-maker.js";
import { translator } from "../translate/translator.js";

/** Turns what is in the ring into events: everything that looks into bytes of the job. */
export interface RecordReader {
  /** The processes that are there already. */
  readonly before: CaptureEvent[];
  /** The next records; `isFull` if there may be more. */
  readBatch(): { events: CaptureEvent[]; isFull: boolean };
  /**
   * What is left, once nothing more is written. Gives an empty batch where it waits for a record that a CPU is still
   * writing: the caller then lets a millisecond pass.
   */
  rest(): Generator<CaptureEvent[]>;
  close(): void;
}

/** Plain data: it may come from another process. */
export interface ReadingOptions {
  ringBytes: number;
  /** Ids of events and connections begin with it. */
  prefix: string;
  clocks: ClockOrigins;
  /** Processes to tell of before anything else. */
  watched: readonly number[];
  agentPid: number;
  /** Whether /proc numbers processes as the kernel does. */
  seesProc: boolean;
  machineNames: MachineNames;
}

/** A process, and where the program lay that it runs. */
export type StartedProgram = [pid: number, executable: string];

/** What takes more rights than reading does. */
export interface RootHelp {
  /** Watches the TLS libraries that these processes may use. */
  watchPrograms(started: readonly StartedProgram[]): void;
  processFiles(pid: number): ProcessFiles | undefined;
  cgroups(): NamedCgroup[];
}

/** Records per batch: no more than this is held while the consumer works. */
const batchSize = 512;
/** How long to wait at the end for a record that a CPU is still writing. */
const lastWordMs = 100;

export function recordReader(
  ring: RingReader,
  { prefix, clocks, watched, agentPid, seesProc, machineNames }: ReadingOptions,
  help: RootHelp,
): RecordReader {
  const maker = eventMaker(prefix, clocks);
  const processes = knownProcesses(seesProc ? help.processFiles : () => undefined);
  const translate = translator({
    maker,
    cgroups: cgroupNames(help.cgroups),
    describeProcess: processes.describe,
    machineNames,
  });
  const lost = (reason: string) =>
    maker.make("capture.lost", { time: now() }, { lost: { count: 1, reason } });

  const snapshot = seesProc ? processes.snapshot(watched, agentPid) : [];
  help.watchPrograms(snapshot.map(programOf));
  const readBatch = () => {
    const events: CaptureEvent[] = [];
    const started: StartedProgram[] = [];
    const count = ring.read(batchSize, (record) => {
      const fact = decodeRecord(record);
      if (fact?.type === "exec") started.push(programOf(fact));
      if (fact !== undefined) events.push(...translate.translate(fact));
      else events.push(lost("records of the kernel side that could not be read"));
    });
    if (seesProc) help.watchPrograms(started);
    return { events, isFull: count === batchSize };
  };

  return {
    before: snapshot.flatMap((fact) => translate.translate(fact)),
    readBatch,
    *rest() {
      for (let waitedSince = now(); ring.waiting > 0; ) {
        const before = ring.waiting;
        yield readBatch().events;
        if (ring.waiting < before) waitedSince = now();
        else if (now() - waitedSince > lastWordMs) break;
      }
      if (ring.waiting > 0) yield [lost("records that the kernel never finished")];
      yield translate.end();
    },
    close: () => ring.close(),
  };
}

const programOf = ({ process, executable }: ExecFact): StartedProgram => [process.pid, executable];

/** CLOCK_MONOTONIC in milliseconds. */
function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
