import { isStraycallError } from "@straycall/core";
import { describe, expect, it } from "vitest";
import { parseArguments, type RunRequest } from "../../src/command/arguments.js";

function requestOf(...argv: string[]): RunRequest {
  const invocation = parseArguments(["run", ...argv]);
  if (invocation.action !== "run") throw new Error(`it is ${invocation.action}`);
  return invocation.request;
}

function problemOf(...argv: string[]): string {
  try {
    parseArguments(argv);
  } catch (error) {
    if (isStraycallError(error, "CONFIG_INVALID")) return error.message;
    throw error;
  }
  return "none";
}

describe("the command line", () => {
  it("leaves everything behind -- untouched", () => {
    const command = ["sh", "-c", "echo $1 -- --json", "--", "--help", "", "ü\n"];
    expect(requestOf("--", ...command).command).toEqual(command);
  });

  it("needs nothing but a command", () => {
    expect(requestOf("--", "true")).toEqual({
      command: ["true"],
      resolvers: [],
      json: false,
      quiet: false,
      capture: "kernel",
    });
  });

  it("takes every option", () => {
    const argv =
      "--job demo --db a.db --mode audit --fail-on high --events=e.ndjson --json --learning-runs 3 --run-id r1 --quiet --capture polling --resolver 192.0.2.53 --resolver=2001:db8::53";
    expect(requestOf(...argv.split(" "), "--", "npm", "test")).toEqual({
      command: ["npm", "test"],
      job: "demo",
      database: "a.db",
      failOn: "high",
      eventsFile: "e.ndjson",
      json: true,
      learningRuns: 3,
      resolvers: ["192.0.2.53", "2001:db8::53"],
      runId: "r1",
      quiet: true,
      capture: "polling",
    });
  });

  it("knows two ways to capture", () => {
    expect(requestOf("--capture", "kernel", "--", "true").capture).toBe("kernel");
    expect(() => requestOf("--capture", "auto", "--", "true")).toThrow(
      '--capture must be kernel or polling, not "auto"',
    );
  });

  it("asks for help and for the version", () => {
    for (const argv of [["--help"], ["-h"], ["run", "--help"], ["doctor", "--help"]]) {
      expect(parseArguments(argv)).toEqual({ action: "help" });
    }
    expect(parseArguments(["--version"])).toEqual({ action: "version" });
    expect(parseArguments(["doctor"])).toEqual({ action: "doctor", json: false });
    expect(parseArguments(["doctor", "--json"])).toEqual({ action: "doctor", json: true });
  });

  it("does not take the command's own --help for its own", () => {
    expect(requestOf("--", "ls", "--help").command).toEqual(["ls", "--help"]);
  });

  it.each([
    [[], "say what to do"],
    [["walk"], '"walk" is neither run nor doctor'],
    [["run"], "name a command after --"],
    [["run", "--"], "name a command after --"],
    [["run", "npm", "test"], 'put -- before the command: "npm" is no option'],
    [["run", "--frobnicate", "--", "true"], "Unknown option '--frobnicate'"],
    [["run", "--job", "--", "true"], "--job"],
    [["run", "--job", "", "--", "true"], "--job is empty"],
    [["run", "--fail-on", "awful", "--", "true"], "info, low, medium, high, critical"],
    [["run", "--learning-runs", "-1", "--", "true"], "--learning-runs"],
    [["run", "--learning-runs", "1.5", "--", "true"], "whole number from 0 to 10000"],
    [["run", "--learning-runs", "10001", "--", "true"], "whole number from 0 to 10000"],
    [["run", "--resolver", "dns.example", "--", "true"], "--resolver must be an IP address"],
    [["run", "--mode", "strict", "--", "true"], "--mode must be audit or block"],
    [["doctor", "this"], "doctor takes no arguments"],
  ])("refuses %j and says why", (argv, why) => {
    expect(problemOf(...argv)).toContain(why);
  });

  it("takes rules for block mode, and no more than it is told", () => {
    expect(requestOf("--mode", "block", "--", "true").block).toEqual({
      allow: [],
      failClosed: false,
    });
    const options = ["--allow", "a.example:443", "--allow", "192.0.2.0/24", "--allow-file", "f"];
    expect(requestOf("--mode", "block", ...options, "--fail-closed", "--", "true").block).toEqual({
      allow: ["a.example:443", "192.0.2.0/24"],
      allowFile: "f",
      failClosed: true,
    });
    expect(requestOf("--", "true")).not.toHaveProperty("block");
  });

  it.each([
    [["--allow", "a.example"], "--allow is for --mode block"],
    [["--mode", "audit", "--allow-file", "f"], "--allow-file is for --mode block"],
    [["--fail-closed"], "--fail-closed is for --mode block"],
    [["--mode", "block", "--allow", ""], "--allow is empty"],
    [["--mode", "block", "--capture", "polling"], "--capture polling cannot block"],
  ])("refuses %j, which would block nothing", (options, why) => {
    expect(problemOf("run", ...options, "--", "true")).toContain(why);
  });
});
