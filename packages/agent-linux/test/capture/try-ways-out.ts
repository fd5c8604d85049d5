import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EventOf } from "@straycall/core";
import { ofType, type Recording, type RecordOptions, record } from "./record.js";
import type { WayOut } from "./ways-out.js";

/** What an agent saw of the ways out that were tried. */
export interface TriedWaysOut {
  recording: Recording;
  /** Of each way, the process that tried it and how that ended, as wait(2) gives it. */
  ran: readonly { pid: number; status: number }[];
  /** The program that a process runs, or that the one it was forked from runs. */
  programOf(entity: string | undefined): EventOf<"process.exec"> | undefined;
  /** The calls of one way. */
  callsOf(index: number): EventOf<"network.connect">[];
}

export interface WaysOutOptions extends RecordOptions {
  /** `TCP4`, `TCP6`, `CLOSED` */
  ports: readonly [number, number, number];
  /** What runs a command in another network namespace. */
  enter?: readonly string[];
}

/** A way out that hangs ends with a signal. */
const limitSeconds = 10;
const begin = `import os, signal, socket, struct, sys, threading, time\nsignal.alarm(${limitSeconds})`;

/** What is denied ends with an error, as it should. */
const silence = "sys.stderr = open(os.devnull, 'w')";

/** Tries each way out by a process of its own, one after the other, told apart by an argument. */
export async function tryWaysOut(
  ways: readonly WayOut[],
  { ports, enter = [], ...options }: WaysOutOptions,
): Promise<TriedWaysOut> {
  const folder = mkdtempSync(join(tmpdir(), "straycall-ways-out-"));
  let recording: Recording;
  try {
    const scripts = ways.map(({ script }, index) => [
      nameOf(index),
      `${begin}\n${options.policy ? silence : ""}\nTCP4, TCP6, CLOSED = ${ports.join(", ")}\n${script}`,
    ]);
    const file = join(folder, "scripts.json");
    writeFileSync(file, JSON.stringify(scripts));
    recording = await record([...enter, "/usr/bin/python3", "-c", driver(file)], options);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const lines = recording.output.trim().split("\n");
  const programOf = (entity: string | undefined): EventOf<"process.exec"> | undefined => {
    const exec = ofType(recording, "process.exec").findLast(
      ({ process }) => process.entity_id === entity,
    );
    if (exec !== undefined) return exec;
    const fork = ofType(recording, "process.fork").find(
      ({ process }) => process.entity_id === entity,
    );
    return fork && programOf(fork.process.parent?.entity_id);
  };
  return {
    recording,
    ran: lines.map((line) => JSON.parse(line)).map(([pid, status]) => ({ pid, status })),
    programOf,
    callsOf: (index) =>
      ofType(recording, "network.connect").filter(
        ({ process }) => programOf(process.entity_id)?.process.args?.at(-1) === nameOf(index),
      ),
  };
}

const nameOf = (index: number) => `way-${index}`;

function driver(file: string): string {
  return `
import json, os
for name, script in json.load(open("${file}")):
  pid = os.posix_spawn("/usr/bin/python3", ["python3", "-c", script, name], os.environ)
  _, status = os.waitpid(pid, 0)
  print(json.dumps([pid, status]), flush=True)`;
}
