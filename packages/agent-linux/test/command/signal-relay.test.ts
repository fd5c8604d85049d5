import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { isForegroundStat, signalRelay } from "../../src/command/signal-relay.js";

describe("a signal", () => {
  it("is passed on to the command", async () => {
    const relay = signalRelay();
    const child = spawn("sleep", ["60"]);
    relay.passTo(child);
    process.kill(process.pid, "SIGTERM");
    expect(await once(child, "exit")).toEqual([null, "SIGTERM"]);
    expect(relay.received).toBe("SIGTERM");
    relay.stop();
  });

  it("that came before the command is passed on when it is there", async () => {
    const relay = signalRelay();
    process.kill(process.pid, "SIGHUP");
    while (relay.received === undefined) await pause(5);
    const child = spawn("sleep", ["60"]);
    relay.passTo(child);
    expect(await once(child, "exit")).toEqual([null, "SIGHUP"]);
    relay.stop();
  });
});

describe("a process", () => {
  // pid (name) state ppid pgrp session tty_nr tpgid
  it("is in the foreground of its terminal if its group is", () => {
    expect(isForegroundStat("42 (node) S 40 42 40 34816 42 4194304 1")).toBe(true);
    expect(isForegroundStat("42 (node) S 40 42 40 34816 40 4194304 1")).toBe(false);
  });

  it("is in no foreground without a terminal", () => {
    expect(isForegroundStat("42 (node) S 40 42 40 0 -1 4194304 1")).toBe(false);
  });

  it("may have any name", () => {
    expect(isForegroundStat("42 (a) S 1 1 1 0 1) S 40 42 40 34816 42 4194304 1")).toBe(true);
  });
});
