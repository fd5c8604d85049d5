import { writeFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import type { EventReader } from "../src/event-reader.js";
import { maxFrame, readerSays } from "../src/link/frame.js";
import { packageFile } from "../src/package-file.js";
import type { RootHelp } from "../src/reader/record-reader.js";
import { readerProcess } from "../src/reader-process.js";
import { startReader } from "../src/start-reader.js";

/*
 * Whoever takes over the process that reads can say what they like: here it is a script that does. It has `tell` for a
 * frame and `write` for any bytes.
 */
const speaker = `
  import { writeSync } from "node:fs";
  const write = (bytes) => { for (let at = 0; at < bytes.length; ) at += writeSync(3, bytes, at); };
  const header = (length, kind) => {
    const bytes = Buffer.alloc(5);
    bytes.writeUInt32LE(length, 0);
    bytes.writeUInt8(kind, 4);
    return bytes;
  };
  const tell = (kind, json) => write(Buffer.concat([header(Buffer.byteLength(json), kind), Buffer.from(json)]));
`;
const file = packageFile("node_modules/.speaks.mjs");

const helped: unknown[] = [];
const help: RootHelp = {
  watchPrograms: (started) => void helped.push(started),
  processFiles: (pid) => void helped.push(pid),
  cgroups: () => Array(1_000).fill(["1", "/a/cgroup/of/a/usual/length"]),
};

let reader: EventReader | undefined;

function readerThat(does: string): EventReader {
  writeFileSync(file, `${speaker}${does}; setInterval(() => {}, 1_000);`);
  reader = readerProcess(help, startReader([file]));
  return reader;
}

async function untilItFails(from: EventReader): Promise<unknown> {
  try {
    for (;;) await from.next(new AbortController().signal);
  } catch (error) {
    return error;
  }
}

afterEach(async () => {
  await reader?.close();
  helped.length = 0;
});

describe("what the reading process says", () => {
  const event = { id: "x", time: 1, type: "process.fork", process: { pid: 1 } };

  it("is taken where it makes sense", async () => {
    const events = JSON.stringify([event]);
    const from =
      readerThat(`tell(${readerSays.ready}, "true"); tell(${readerSays.watch}, '[[7, "/bin/sh"]]');
      tell(${readerSays.events}, ${JSON.stringify(events)})`);
    await from.ready();
    let heard: unknown[] = [];
    while (heard.length === 0) heard = await from.next(new AbortController().signal);
    expect(heard).toEqual([event]);
    expect(helped).toEqual([[[7, "/bin/sh"]]]);
  });

  it.each([
    ["a frame that is too large", `write(header(${maxFrame + 1}, ${readerSays.events}))`],
    ["no JSON", `tell(${readerSays.watch}, "[7")`],
    ["events that are no JSON", `tell(${readerSays.events}, "[{")`],
    ["a kind of its own", 'tell(99, "null")'],
    ["no list of events", `tell(${readerSays.events}, "7")`],
    ["that the capture started", eventOf({ type: "capture.started" })],
    ["that the run is over", eventOf({ type: "run.finished" })],
    ["an event without a time", eventOf({ time: "now" })],
    ["an event with an endless id", eventOf({ id: "x".repeat(129) })],
    ["processes that cannot be", `tell(${readerSays.watch}, '[[-1, "/bin/sh"]]')`],
    ["paths for processes", `tell(${readerSays.askProcess}, '"../etc/shadow"')`],
  ])("breaks the capture if it is %s", async (_, does) => {
    expect(await untilItFails(readerThat(does))).toMatchObject({ code: "CAPTURE_FAILED" });
    expect(helped).toEqual([]);
  });

  function eventOf(fields: object): string {
    return `tell(${readerSays.events}, ${JSON.stringify(JSON.stringify([{ ...event, ...fields }]))})`;
  }

  it("breaks the capture if it is questions without end", async () => {
    const from = readerThat(`for (;;) tell(${readerSays.askCgroups}, "null")`);
    expect(await untilItFails(from)).toMatchObject({ code: "CAPTURE_FAILED" });
  });

  it("is bounded while nobody takes it: the process has to wait", async () => {
    const events = JSON.stringify(Array(1_000).fill(event));
    const from = readerThat(`
      for (let i = 0; i < 1_000; i++) tell(${readerSays.events}, ${JSON.stringify(events)});
      tell(${readerSays.watch}, '[[7, "/bin/sh"]]')`);
    await from.next(new AbortController().signal);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(helped).toEqual([]);
  });
});

describe("the end of the reading process", () => {
  it("is told with its last words", async () => {
    const from = readerThat('process.stderr.write("\\u001b[31mno memory"); process.exit(3)');
    const failure = await untilItFails(from);
    expect(failure).toMatchObject({ code: "CAPTURE_FAILED" });
    expect(String(failure)).toContain("exit code 3, [31mno memory");
  });

  it("is told to whoever waits until it is ready, or for functions in a file", async () => {
    const from = readerThat("process.exit(3)");
    await expect(from.ready()).rejects.toMatchObject({ code: "CAPTURE_FAILED" });
    await expect(from.placesIn(0)).rejects.toMatchObject({
      code: "CAPTURE_FAILED",
    });
  });
});
