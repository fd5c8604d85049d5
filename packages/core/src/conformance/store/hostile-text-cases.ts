import type { CaptureEvent } from "../../events/event.js";
import { expectDefined, expectEqual, expectTrue } from "./expect.js";
import {
  learnHost,
  runOfJob,
  sampleCall,
  sampleDelivery,
  sampleDetection,
  sampleEvent,
  sampleRun,
  sampleTime,
} from "./sample-data.js";
import type { StoreCase } from "./store-case.js";

const hostileTexts: readonly string[] = [
  "'; DROP TABLE runs; --",
  '"quoted" \\ back\\slash `tick` %s $x {{x}}',
  "line\nbreak\r\ntab\t\u001b[31mred\u0007",
  "nul\u0000nul",
  "lone \ud800 and \udc00 surrogates",
  "right-to-left \u202e and zero\u200bwidth \ufeff \u{1f480} e\u0301",
  "x".repeat(100_000),
];

/** Different, but alike to a database that cuts texts at NUL, replaces surrogates or folds case. */
const alike = ["id", "ID", "id ", "id\u0000", "id\u0000b", "id\ud800", "id\ud801", "id\ufffd", ""];

/** Of `JobRef`: keys may be indexed, and indexes have limits. */
const longestJobName = 512;

/** The text without what some databases cannot hold: they may store U+FFFD in its place. */
const storable = (text: string) => text.toWellFormed().replaceAll("\u0000", "\ufffd");

function expectText(actual: string | undefined, expected: string): void {
  const text = expectDefined(actual, "the text");
  expectTrue(
    text === expected || text === storable(expected),
    `${JSON.stringify(expected.slice(0, 60))} came back as ${JSON.stringify(text.slice(0, 60))}`,
  );
}

export const hostileTextCases: readonly StoreCase[] = [
  {
    name: "hostile texts: survive, or come back with U+FFFD for what cannot be stored",
    async run({ store }) {
      for (const [i, text] of hostileTexts.entries()) {
        const run = sampleRun(`${i}`, { commit: text });
        await store.runs.start(run);
        expectText((await store.runs.get(run.key))?.commit, text);

        await store.calls.put([sampleCall(run, "call", { commandLine: text })]);
        expectText((await store.calls.list(run.key)).items[0]?.commandLine, text);

        const { id, time } = sampleEvent("e");
        const event: CaptureEvent = {
          id,
          time,
          type: "capture.lost",
          lost: { count: 1, reason: text },
        };
        await store.events.append(run.key, [event]);
        const [logged] = await store.events.read(run.key, 0, 1);
        const lost = logged?.event.type === "capture.lost" ? logged.event.lost.reason : undefined;
        expectText(lost, text);

        const reasons = [{ code: "hostile", text }];
        const detection = sampleDetection(run, `d${i}`, `host-${i}.example`, { reasons });
        const deliveries = [sampleDelivery(detection, "chat")];
        await store.detections.record({ detection, deliveries, baselineRevision: 0 });
        expectText((await store.detections.get(`d${i}`))?.reasons[0]?.text, text);

        const claim = { notifiers: ["chat"], owner: "o", now: sampleTime, limit: 1 };
        const [leased] = await store.deliveries.claim({ ...claim, leaseUntil: sampleTime + 1 });
        await store.deliveries.failed([leased?.id ?? ""], "o", { error: text });
        expectText((await store.deliveries.list(`d${i}`))[0]?.lastError, text);
      }
    },
  },
  {
    name: "hostile texts: ids that look alike stay different",
    async run({ store }) {
      const { key } = sampleRun("1");
      const events = alike.map((id) => ({ ...sampleEvent("e"), id }));
      const numbers = await store.events.append(key, events);
      expectEqual(
        numbers,
        events.map((_, i) => i + 1),
        "the numbers of the events",
      );

      for (const id of alike) await store.runs.start(sampleRun(id, { commit: `of ${id.length}` }));
      expectEqual((await store.runs.list()).items.length, alike.length, "how many runs there are");

      for (const [i, id] of alike.entries()) {
        const detection = sampleDetection(sampleRun("1"), `d${i}`, "evil.example", { subject: id });
        const request = { detection, deliveries: [], baselineRevision: 0 };
        const { outcome } = await store.detections.record(request);
        expectEqual(outcome, "recorded", `the outcome of subject ${JSON.stringify(id)}`);
      }
    },
  },
  {
    name: "hostile texts: a job of any name has its own baseline",
    async run({ store }) {
      const names = [...hostileTexts, ...alike].map((text) => text.slice(0, longestJobName));
      for (const [i, name] of names.entries()) {
        const run = runOfJob(name, `${i}`);
        await store.runs.start(run);
        const end = { outcome: "success", finishedAt: sampleTime } as const;
        await store.runs.finish(run.key, end, learnHost(run, `host-${i}.example`));
        const baseline = await store.baselines.get(run.jobKey);
        expectEqual(baseline?.revision, 1, "the revision");
        const endpoints = Object.keys(baseline?.endpoints ?? {});
        expectEqual(endpoints, [`host-${i}.example:443`], "the endpoints");
      }
    },
  },
  {
    name: "hostile texts: endpoints named like JavaScript's own properties are ordinary",
    async run({ store }) {
      const run = sampleRun("1");
      await store.runs.start(run);
      const names = ["__proto__", "constructor", "hasOwnProperty", "toString"];
      const end = { outcome: "success", finishedAt: sampleTime } as const;
      await store.runs.finish(run.key, end, () => {
        const learned = learnHost(run, "a.example")(undefined);
        const [known] = Object.values(learned.endpoints);
        const endpoint = expectDefined(known, "the sample's endpoint");
        return { ...learned, endpoints: Object.fromEntries(names.map((name) => [name, endpoint])) };
      });
      const baseline = expectDefined(await store.baselines.get(run.jobKey), "the baseline");
      expectEqual(Object.keys(baseline.endpoints).sort(), names.sort(), "the endpoints");
    },
  },
];
