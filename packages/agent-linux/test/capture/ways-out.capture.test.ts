import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EventOf } from "@straycall/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listenTcp } from "./listen.js";
import { ofType, type Recording, recordPython, resultsOf } from "./record.js";
import { type WayOut, waysOut } from "./ways-out.js";

/** Nobody listens there. */
const closedPort = 9;
/** A way out that hangs ends with a signal, and fails. */
const begin = "import os, signal, socket, struct, sys, threading, time\nsignal.alarm(10)";

type Call = EventOf<"network.connect">;

/** One process for each way out, one after the other, told apart by an argument. */
function driver(file: string): string {
  return `
import json, os
for name, script in json.load(open("${file}")):
  pid = os.posix_spawn("/usr/bin/python3", ["python3", "-c", script, name], os.environ)
  _, status = os.waitpid(pid, 0)
  print(json.dumps([pid, status]), flush=True)`;
}

describe("every way out", () => {
  let recording: Recording;
  let ran: { pid: number; status: number }[];
  const table: string[] = [];

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "straycall-ways-out-"));
    const ipv4 = await listenTcp("127.0.0.1", (socket) => socket.resume());
    const ipv6 = await listenTcp("::1", (socket) => socket.resume());
    try {
      const ports = `TCP4, TCP6, CLOSED = ${ipv4.port}, ${ipv6.port}, ${closedPort}`;
      const scripts = waysOut.map(({ script }, index) => [
        `way-${index}`,
        `${begin}\n${ports}\n${script}`,
      ]);
      const file = join(folder, "scripts.json");
      writeFileSync(file, JSON.stringify(scripts));
      recording = await recordPython(driver(file));
      ran = recording.output
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
        .map(([pid, status]) => ({ pid, status }));
    } finally {
      rmSync(folder, { recursive: true });
      await ipv4.close();
      await ipv6.close();
    }
  });
  afterAll(() => {
    const head = ["| way out | told | |", "|---|---|---|"];
    console.log([...head, ...table].join("\n"));
  });

  /** The program that a process runs, or that the one it was forked from runs. */
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
  const callsOf = (name: string) =>
    ofType(recording, "network.connect").filter(
      ({ process }) => programOf(process.entity_id)?.process.args?.at(-1) === name,
    );
  const inWords = (call: Call) =>
    [call.network.transport, call.destination.ip, resultsOf(recording, call)[0]?.result]
      .filter(Boolean)
      .join(" ");
  const addRow = ({ way, reason = "", name }: WayOut, calls: readonly Call[]) => {
    const told = calls.map(({ network }) => network.transport);
    const results = calls.flatMap((call) => resultsOf(recording, call).map(({ result }) => result));
    const what = [...new Set([...told, ...results])].join(", ");
    table.push(`| ${way} | ${what || "no"} | ${reason || (name ? "with its name" : "")} |`);
  };

  it.each(waysOut.map((way, index) => ({ ...way, index })))("$way", (way) => {
    const { index, calls: expected, lost, name } = way;
    const calls = callsOf(`way-${index}`);
    addRow(way, calls);
    expect(ran[index]?.status).toBe(0);
    expect(calls.map(inWords)).toEqual(expected);
    for (const { process } of calls) {
      const program = programOf(process.entity_id);
      const lineage = [process.pid, process.parent?.pid, program?.process.parent?.pid];
      expect(lineage).toContain(ran[index]?.pid);
      expect([recording.pid, ran[index]?.pid]).toContain(process.parent?.pid);
    }
    if (lost !== undefined) {
      const reasons = ofType(recording, "capture.lost").map((event) => event.lost.reason);
      expect(reasons).toContainEqual(expect.stringMatching(lost));
    }
    if (name !== undefined) {
      const answers = ofType(recording, "dns.answer").filter(
        ({ process }) => process.entity_id === calls[0]?.process.entity_id,
      );
      expect(answers[0]?.dns).toMatchObject({
        question: { name },
        answers: [{ data: calls[0]?.destination.ip }],
      });
    }
  });

  it("counts each as lost that is not seen and should be, and nothing else", () => {
    const lost = ofType(recording, "capture.lost").reduce((sum, { lost }) => sum + lost.count, 0);
    expect(lost).toBe(waysOut.filter((way) => way.lost !== undefined).length);
  });
});
