import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";

const relayed = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"] as const;
/** What a terminal sends to every process in its foreground when a key is pressed. */
const fromKeyboard: readonly string[] = ["SIGINT", "SIGQUIT"];

/** Takes the signals that would end this process and passes them on to the command instead. */
export interface SignalRelay {
  /** Passes on to `child` what arrives from now on, and what came before it was there. */
  passTo(child: ChildProcess): void;
  /** The first signal that arrived. */
  readonly received: NodeJS.Signals | undefined;
  stop(): void;
}

export function signalRelay(): SignalRelay {
  let child: ChildProcess | undefined;
  let received: NodeJS.Signals | undefined;

  const relay = (signal: NodeJS.Signals) => {
    received ??= signal;
    // The terminal has told the command already: twice would mean "at once" to many programs.
    if (fromKeyboard.includes(signal) && isInForeground()) return;
    child?.kill(signal);
  };

  for (const signal of relayed) process.on(signal, relay);
  return {
    passTo(command) {
      child = command;
      if (received) child.kill(received);
    },
    get received() {
      return received;
    },
    stop() {
      for (const signal of relayed) process.off(signal, relay);
    },
  };
}

function isInForeground(): boolean {
  return isForegroundStat(readFileSync("/proc/self/stat", "utf8"));
}

/** Reads from a `/proc/PID/stat` whether the process is in its terminal's foreground. */
export function isForegroundStat(stat: string): boolean {
  // proc(5): behind the program's name in parentheses stand state, ppid, pgrp, session, tty_nr, tpgid.
  const [, , group, , terminal, foreground] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return terminal !== "0" && group === foreground;
}
