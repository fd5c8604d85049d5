import { readSync, writeSync } from "node:fs";
import type { CaptureEvent } from "@straycall/core";
import type { NamedCgroup } from "../cgroup/cgroup-tree.js";
import { type Frame, frameSplitter, readerSays, rootSays, writeFrame } from "../link/frame.js";
import { libc } from "../native/libc.js";
import { takeFile } from "../native/pass-file.js";
import type { ProcessFiles } from "../proc/process-files.js";
import type { RootHelp } from "./record-reader.js";

/** The way from the reading half to the half with rights. Every call waits for as long as the other side takes. */
export interface RootLink extends RootHelp {
  tell(kind: number, content: unknown): void;
  tellEvents(events: readonly CaptureEvent[]): void;
  /** What the other side wants next, if anything comes within that time. Ends the process once that side is gone. */
  next(milliseconds: number): Frame | undefined;
  takeFile(): number;
}

/** Descriptors that the reading half is started with. */
const linkFd = 3;
const filesFd = 4;

/** Characters; each is up to three bytes. A single event has fewer than a frame takes: record.h bounds it. */
const maxEventsText = 1 << 20;

export function rootLink(): RootLink {
  const split = frameSplitter();
  const buffer = Buffer.alloc(64 << 10);
  const waiting: Frame[] = [];

  const read = () => {
    const length = readSync(linkFd, buffer);
    if (length === 0) process.exit();
    waiting.push(...split(Buffer.from(buffer.subarray(0, length))));
  };
  const send = (kind: number, json: string) => {
    const bytes = writeFrame(kind, json);
    for (let sent = 0; sent < bytes.length; ) sent += writeSync(linkFd, bytes, sent);
  };
  const tell = (kind: number, content: unknown) => send(kind, JSON.stringify(content));
  const ask = (question: number, content: unknown, answer: number) => {
    tell(question, content);
    for (;;) {
      const at = waiting.findIndex(({ kind }) => kind === answer);
      const [frame] = at < 0 ? [] : waiting.splice(at, 1);
      if (frame !== undefined) return JSON.parse(frame.json);
      read();
    }
  };

  const tellEvents = (events: readonly CaptureEvent[]) => {
    if (events.length === 0) return;
    const json = JSON.stringify(events);
    if (json.length <= maxEventsText || events.length === 1) return send(readerSays.events, json);
    const middle = events.length >> 1;
    tellEvents(events.slice(0, middle));
    tellEvents(events.slice(middle));
  };

  return {
    tell,
    tellEvents,
    next(milliseconds) {
      if (waiting.length === 0 && libc().waitForInput(linkFd, milliseconds)) read();
      return waiting.shift();
    },
    takeFile: () => takeFile(filesFd),
    watchPrograms(started) {
      if (started.length > 0) tell(readerSays.watch, started);
    },
    processFiles(pid): ProcessFiles | undefined {
      return ask(readerSays.askProcess, pid, rootSays.process) ?? undefined;
    },
    cgroups: (): NamedCgroup[] => ask(readerSays.askCgroups, null, rootSays.cgroups),
  };
}
