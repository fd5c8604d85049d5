import { type CaptureEvent, StraycallError } from "@straycall/core";
import type { EventReader } from "./event-reader.js";
import { checkEvents, checkPid, checkPlaces, checkPrograms } from "./link/check-said.js";
import { type Frame, frameSplitter, readerSays, rootSays, writeFrame } from "./link/frame.js";
import type { RootHelp } from "./reader/record-reader.js";
import { startReader } from "./start-reader.js";
import type { ProbePlace } from "./tls/tls-functions.js";

interface Question<Answer> {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** Batches of events that are held while the consumer works. */
const maxBatches = 4;
const waitMs = 200;
/** On a busy machine it may be slow to answer; it may not be silent for ever. */
const maxSilenceMs = 30_000;
/** Bytes that it was sent and did not take. */
const maxUntaken = 4 << 20;

/**
 * Reads in a process of its own that has no rights, started when this is called. What it says is checked; once it
 * ends, or says what makes no sense, everything here fails with CAPTURE_FAILED.
 */
export function readerProcess(help: RootHelp, reader = startReader()): EventReader {
  const { link } = reader;
  const split = frameSplitter();
  const batches: string[] = [];
  const readiness: Question<void>[] = [];
  const questions: Question<ProbePlace[]>[] = [];
  let isReady = false;
  let prefix = "";
  let heardAt = performance.now();
  let isFinishing = false;
  let hasEnded = false;
  let failure: StraycallError | undefined;
  let wake = () => {};

  const fail = (reason: string) => {
    failure ??= new StraycallError("CAPTURE_FAILED", `Capture broke: ${reason}.`);
    for (const { reject } of [...readiness.splice(0), ...questions.splice(0)]) reject(failure);
    link.destroy();
    wake();
    return failure;
  };
  const tell = (kind: number, content: unknown) => {
    if (link.writableLength > maxUntaken) fail("the reading process does not listen");
    else link.write(writeFrame(kind, JSON.stringify(content)));
  };

  const hear = ({ kind, json }: Frame) => {
    if (kind === readerSays.events) return void batches.push(json);
    const said: unknown = JSON.parse(json);
    switch (kind) {
      case readerSays.ready:
        if (said !== true) warnOfMissingFilter();
        isReady = true;
        for (const { resolve } of readiness.splice(0)) resolve();
        return;
      case readerSays.watch:
        return help.watchPrograms(checkPrograms(said));
      case readerSays.askProcess:
        return tell(rootSays.process, help.processFiles(checkPid(said)) ?? null);
      case readerSays.askCgroups:
        return tell(rootSays.cgroups, help.cgroups());
      case readerSays.places:
        return questions.shift()?.resolve(checkPlaces(said));
      case readerSays.unlikeKnown:
        return questions.shift()?.reject(new Error("a TLS library unlike those known"));
      case readerSays.end:
        hasEnded = isFinishing;
        return;
      default:
        throw new Error(`the reading process said something of kind ${kind}`);
    }
  };

  link.on("data", (chunk: Buffer) => {
    heardAt = performance.now();
    try {
      for (const frame of split(chunk)) hear(frame);
    } catch (error) {
      fail((error as Error).message);
    }
    if (batches.length >= maxBatches) link.pause();
    wake();
  });
  reader.ended.then((how) => fail(`the reading process ended: ${how}`));

  /** Waits for something to be said, for a moment at most. */
  const listen = (signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      wake = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      // It is this timer that keeps Node running: the other process does not.
      const timer = setTimeout(wake, waitMs);
      signal?.addEventListener("abort", wake);
    });
  const checkSilence = () => {
    if (!link.isPaused() && performance.now() - heardAt > maxSilenceMs) {
      fail("the reading process is silent");
    }
  };

  /** Waits for an answer, and keeps Node running meanwhile. */
  const waitFor = async <Answer>(ask: (question: Question<Answer>) => void): Promise<Answer> => {
    if (failure !== undefined) throw failure;
    const clock = setInterval(checkSilence, waitMs);
    try {
      return await new Promise<Answer>((resolve, reject) => ask({ resolve, reject }));
    } finally {
      clearInterval(clock);
    }
  };

  const take = (): CaptureEvent[] | undefined => {
    const json = batches.shift();
    if (json === undefined) return undefined;
    if (link.isPaused()) {
      heardAt = performance.now();
      link.resume();
    }
    try {
      return checkEvents(JSON.parse(json), prefix);
    } catch (error) {
      throw fail((error as Error).message);
    }
  };

  return {
    async ready() {
      if (!isReady) await waitFor<void>((question) => readiness.push(question));
    },
    placesIn(fd) {
      heardAt = performance.now();
      return waitFor<ProbePlace[]>((question) => {
        reader.pass(fd);
        tell(rootSays.findPlaces, null);
        questions.push(question);
      });
    },
    read(ringFd, options) {
      ({ prefix } = options);
      reader.pass(ringFd);
      // A whole machine is watched: the reading process is none of the job's.
      const watched = options.watched.filter((pid) => pid !== reader.pid);
      tell(rootSays.read, { ...options, watched });
    },
    async next(signal) {
      if (batches.length === 0 && failure === undefined && !signal.aborted) await listen(signal);
      const events = take();
      if (events === undefined && failure !== undefined) throw failure;
      return events ?? [];
    },
    async *rest() {
      isFinishing = true;
      heardAt = performance.now();
      tell(rootSays.finish, null);
      for (;;) {
        const events = take();
        if (events !== undefined) yield events;
        else if (hasEnded) return;
        else if (failure !== undefined) throw failure;
        else await listen();
        checkSilence();
      }
    },
    close: () => reader.close(),
  };
}

function warnOfMissingFilter() {
  const message =
    "This kernel has no seccomp filters: the process that reads has only lost its rights.";
  process.emitWarning(message, { code: "STRAYCALL_NO_SECCOMP" });
}
