import type { Call as CorrelatedCall, EventOf } from "@straycall/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { correlate } from "./correlate.js";
import { listenTcp } from "./listen.js";
import { ofType, resultsOf } from "./record.js";
import { type TriedWaysOut, tryWaysOut } from "./try-ways-out.js";
import { type WayOut, waysOut } from "./ways-out.js";

/** Nobody listens there. */
const closedPort = 9;

type Call = EventOf<"network.connect">;

describe("every way out", () => {
  let tried: TriedWaysOut;
  let correlated: CorrelatedCall[];
  const table: string[] = [];

  beforeAll(async () => {
    const ipv4 = await listenTcp("127.0.0.1", (socket) => socket.resume());
    const ipv6 = await listenTcp("::1", (socket) => socket.resume());
    try {
      tried = await tryWaysOut(waysOut, { ports: [ipv4.port, ipv6.port, closedPort] });
      correlated = await correlate(tried.recording);
    } finally {
      await ipv4.close();
      await ipv6.close();
    }
  });
  afterAll(() => {
    const head = ["| way out | told | |", "|---|---|---|"];
    console.log([...head, ...table].join("\n"));
  });

  const inWords = (call: Call) =>
    [call.network.transport, call.destination.ip, resultsOf(tried.recording, call)[0]?.result]
      .filter(Boolean)
      .join(" ");
  const questionsOn = ({ connection }: Call) =>
    ofType(tried.recording, "dns.question")
      .filter((event) => event.connection?.id === connection.id)
      .map(({ dns: { question } }) => `${question.name} ${question.type}`);
  const addRow = ({ way, reason = "", name, asks }: WayOut, calls: readonly Call[]) => {
    const told = calls.map(({ network }) => network.transport);
    const results = calls.flatMap((call) =>
      resultsOf(tried.recording, call).map(({ result }) => result),
    );
    const what = [...new Set([...told, ...results])].join(", ");
    const remark = name ? "with its name" : asks ? "with what is asked" : "";
    table.push(`| ${way} | ${what || "no"} | ${reason || remark} |`);
  };

  it.each(waysOut.map((way, index) => ({ ...way, index })))("$way", (way) => {
    const { index, calls: expected, lost, name, asks, marked } = way;
    const { recording, ran, programOf } = tried;
    const calls = tried.callsOf(index);
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
    if (asks !== undefined) expect(calls.flatMap(questionsOn)).toEqual([asks]);
    if (marked !== undefined) {
      const [call] = calls;
      expect(correlated.find(({ id }) => id === call?.connection.id)?.carries).toBe(marked);
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
    const lost = ofType(tried.recording, "capture.lost").reduce(
      (sum, { lost }) => sum + lost.count,
      0,
    );
    expect(lost).toBe(waysOut.filter((way) => way.lost !== undefined).length);
  });
});
