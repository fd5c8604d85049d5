import { spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { createRequire } from "node:module";
import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { libc } from "./native/libc.js";
import { passFile } from "./native/pass-file.js";
import { packageFile } from "./package-file.js";

/** The process of the reading half. It does not keep Node running. */
export interface StartedReader {
  readonly pid: number | undefined;
  readonly link: Socket;
  /** Hands it an open file. */
  pass(fd: number): void;
  /** How it ended, in words; everything it said before has been heard by then. */
  readonly ended: Promise<string>;
  /** Ends it, and waits for that. */
  close(): Promise<void>;
}

const maxLastWords = 512;
const heap = ["--max-old-space-size=512"];

/** @param program what Node is to run, src/reader/main.ts by default */
export function startReader(program: readonly string[] = readerProgram()): StartedReader {
  const [ours, theirs] = libc().socketPair();
  const child = spawn(process.execPath, [...heap, ...program, String(process.pid)], {
    cwd: "/",
    // An io_uring would get past the filter for system calls.
    env: { UV_USE_IO_URING: "0" },
    stdio: ["ignore", "ignore", "pipe", "pipe", theirs],
    // A terminal's Ctrl-C is meant for the agent, which then wants the rest of the events.
    detached: true,
  });
  closeSync(theirs);
  const link = child.stdio[3] as Socket;
  const errors = child.stdio[2] as Readable;
  let lastWords = "";
  errors.on("data", (data: Buffer) => {
    lastWords = (lastWords + data.toString("latin1")).slice(-maxLastWords);
  });
  // Its end tells enough.
  link.on("error", () => {});
  child.unref();
  for (const stream of [link, errors as Socket]) stream.unref();

  const ended = new Promise<string>((resolve) => {
    child.once("error", ({ message }) => resolve(message));
    child.once("close", (code, signal) => {
      const words = lastWords.replace(/[^\x20-\x7e]+/g, " ").trim();
      resolve([signal ?? `exit code ${code}`, words].filter(Boolean).join(", "));
    });
  });
  return {
    pid: child.pid,
    link,
    pass: (fd) => passFile(ours, fd),
    ended,
    async close() {
      child.ref();
      child.kill("SIGKILL");
      link.destroy();
      errors.destroy();
      await ended;
      closeSync(ours);
    },
  };
}

function readerProgram(): string[] {
  if (!import.meta.url.endsWith(".ts")) return [packageFile("dist/reader/main.js")];
  // In a checkout, which needs no build.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const source = ["--conditions=@straycall/source", "--import", tsx];
  return [...source, packageFile("src/reader/main.ts")];
}
