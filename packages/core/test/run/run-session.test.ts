import { describe, expect, it } from "vitest";
import type { CaptureEvent, EventOf } from "../../src/events/event.js";
import type { Call } from "../../src/run/call.js";
import { runSession } from "../../src/run/run-session.js";
import {
  answer,
  attached,
  close,
  connect,
  exec,
  exit,
  fork,
  hello,
  httpCall,
  lost,
  request,
  response,
  result,
} from "../events/make-events.js";

/** Applies events and settles everything. */
function callsOf(...events: CaptureEvent[]): Call[] {
  const session = runSession("run");
  for (const event of events) session.apply(event, 0);
  return session.takeSettled(Number.POSITIVE_INFINITY);
}

const ended = { now: 0, isOver: true };

describe("the name of a call", () => {
  it("is what its process asked for", () => {
    const [call] = callsOf(...httpCall(7, "api.example", "192.0.2.1", 443));
    expect(call?.endpoint).toEqual({ host: "api.example", port: 443 });
  });

  it("is its own process's where two processes ask for two names on one address", () => {
    const calls = callsOf(
      answer(7, "a.example", "192.0.2.1"),
      answer(8, "b.example", "192.0.2.1"),
      connect(7, "192.0.2.1", 443, "c7"),
      connect(8, "192.0.2.1", 443, "c8"),
    );
    expect(calls.map((call) => [call.pid, call.endpoint.host])).toEqual([
      [7, "a.example"],
      [8, "b.example"],
    ]);
  });

  it("is the parent's where the parent asked", () => {
    const [call] = callsOf(
      exec(7, ["node"]),
      answer(7, "a.example", "192.0.2.1"),
      fork(7, 8),
      connect(8, "192.0.2.1", 443, "c"),
    );
    expect(call?.endpoint.host).toBe("a.example");
  });

  it("is never a stranger's", () => {
    const [call] = callsOf(
      exec(7, ["node"]),
      exec(8, ["sh"]),
      answer(7, "a.example", "192.0.2.1"),
      connect(8, "192.0.2.1", 443, "c"),
    );
    expect(call?.endpoint.host).toBe("192.0.2.1");
  });

  it("is not what the process merely claims", () => {
    const [call] = callsOf(
      connect(7, "192.0.2.66", 443, "c"),
      hello("c", "api.github.com"),
      request("c", "POST", "api.github.com", "/gists"),
    );
    expect(call?.endpoint.host).toBe("192.0.2.66");
    expect(call?.names).toEqual([
      { name: "api.github.com", source: "tls", confidence: "claimed" },
      { name: "api.github.com", source: "http", confidence: "claimed" },
    ]);
  });

  it("is the claimed one of several that the process asked for on one address", () => {
    const events = [
      answer(7, "a.example", "192.0.2.1"),
      answer(7, "b.example", "192.0.2.1"),
      connect(7, "192.0.2.1", 443, "c1"),
      connect(7, "192.0.2.1", 443, "c2"),
      hello("c1", "a.example"),
      hello("c2", "b.example"),
    ];
    expect(callsOf(...events).map((call) => call.endpoint.host)).toEqual([
      "a.example",
      "b.example",
    ]);
  });

  it("is not that of a process that had the pid before", () => {
    const known = (entity: string, event: CaptureEvent): CaptureEvent =>
      "process" in event
        ? ({ ...event, process: { ...event.process, entity_id: entity } } as CaptureEvent)
        : event;
    const [call] = callsOf(
      known("7-1", exec(7, ["curl", "one"])),
      known("7-1", answer(7, "a.example", "192.0.2.1")),
      known("7-1", exit(7)),
      known("7-2", exec(7, ["curl", "two"])),
      known("7-2", connect(7, "192.0.2.1", 443, "c")),
    );
    expect(call?.endpoint.host).toBe("192.0.2.1");
    expect(call?.commandLine).toBe("curl two");
  });

  it("is the address where only somebody says it who is not trusted; the name is shown", () => {
    const trusted = { name: "test", resolvers: ["192.0.2.53"] };
    const forged = answer(7, "registry.example", "192.0.2.66");
    const [call] = callsOf(
      { id: "s", time: 1, type: "capture.started", agent: trusted },
      {
        ...forged,
        server: { ip: "127.0.0.1", port: 53 },
        dns: { ...forged.dns, seen: "wire", matched: true },
      },
      connect(7, "192.0.2.66", 443, "c"),
      hello("c", "registry.example"),
    );
    expect(call?.endpoint.host).toBe("192.0.2.66");
    expect(call?.names).toMatchObject([
      { name: "registry.example", source: "dns", confidence: "doubtful" },
      { name: "registry.example", source: "tls", confidence: "claimed" },
    ]);
  });

  it("shows a claim that contradicts it, and not one of its canonical names", () => {
    const known = answer(7, "www.example", "192.0.2.1");
    const chain = { name: "www.example", type: "CNAME", data: "edge.example" };
    const answers = [chain, { name: "edge.example", type: "A", data: "192.0.2.1" }];
    const [call] = callsOf(
      { ...known, dns: { ...known.dns, answers } },
      connect(7, "192.0.2.1", 443, "c"),
      hello("c", "edge.example"),
      request("c", "GET", "evil.example", "/"),
    );
    expect(call?.endpoint.host).toBe("www.example");
    expect(call?.names.map(({ name, contradicts }) => [name, contradicts])).toEqual([
      ["www.example", undefined],
      ["edge.example", undefined],
      ["evil.example", true],
    ]);
  });

  it("does not come with more claims than a call may have, whatever its requests say", () => {
    const [call] = callsOf(
      answer(7, "api.example", "192.0.2.1"),
      connect(7, "192.0.2.1", 443, "c"),
      ...Array.from({ length: 1_000 }, (_, number) =>
        request("c", "GET", `host-${number}.example`, "/"),
      ),
    );
    expect(call?.endpoint.host).toBe("api.example");
    expect(call?.names).toHaveLength(64);
  });

  it("is the same for an IPv4-mapped address", () => {
    const [call] = callsOf(
      answer(7, "a.example", "192.0.2.1"),
      connect(7, "::ffff:192.0.2.1", 443, "c"),
    );
    expect(call?.endpoint.host).toBe("a.example");
    expect(call?.ip).toBe("192.0.2.1");
  });
});

describe("the process of a call", () => {
  it("comes with its command and its ancestors", () => {
    const session = runSession("run");
    const events = [
      exec(1, ["runner"]),
      exec(5, ["bash", "-e", "build.sh"], { parent: 1 }),
      fork(5, 7),
      exec(7, ["curl", "-d", "it's", "x.example"]),
      connect(7, "192.0.2.1", 80, "c"),
    ];
    for (const event of events) session.apply(event, 0);
    const [call] = session.takeSettled(1);
    if (call === undefined) throw new Error("no call");
    const { process, ancestors } = session.context(call);
    expect(process).toMatchObject({ pid: 7, parentPid: 5, executable: "/usr/bin/curl" });
    expect(call.commandLine).toBe("curl -d 'it'\\''s' x.example");
    expect(ancestors.map((ancestor) => ancestor.pid)).toEqual([5, 1]);
  });

  it("is known with its container and its start", () => {
    const session = runSession("run");
    const event = exec(7, ["curl"]) as EventOf<"process.exec">;
    const process = { ...event.process, start: event.time - 50 };
    session.apply({ ...event, process, container: { id: "c0ffee" } }, 0);
    session.apply(connect(7, "192.0.2.1", 80, "c"), 0);
    const [call] = session.takeSettled(1);
    if (call === undefined) throw new Error("no call");
    expect(session.context(call).process).toMatchObject({
      containerId: "c0ffee",
      startedAt: event.time - 50,
    });
  });

  it("is the one that it was when it called, though it becomes another program", () => {
    const session = runSession("run");
    session.apply(exec(7, ["bash", "build.sh"]), 0);
    session.apply(connect(7, "192.0.2.1", 80, "c"), 0);
    session.apply(exec(7, ["node", "server.js"]), 0);
    const [call] = session.takeSettled(Number.POSITIVE_INFINITY);
    if (call === undefined) throw new Error("no call");
    expect(session.context(call).process).toMatchObject({ commandLine: "bash build.sh" });
  });

  it("is filled in where its exec arrives after the call", () => {
    const [call] = callsOf(connect(7, "192.0.2.1", 80, "c"), exec(7, ["curl", "x"]));
    expect(call?.commandLine).toBe("curl x");
  });

  it("is told apart by its command where the agent sees no processes come and go", () => {
    const withArgs = (event: CaptureEvent, ...args: string[]) =>
      ({ ...event, process: { pid: 7, args } }) as CaptureEvent;
    const calls = callsOf(
      withArgs(connect(7, "192.0.2.1", 80, "c1"), "curl", "one"),
      withArgs(connect(7, "192.0.2.1", 80, "c2"), "curl", "two"),
    );
    expect(calls.map((call) => call.commandLine)).toEqual(["curl one", "curl two"]);
  });

  it("survives a chain of parents that bites its tail", () => {
    const session = runSession("run");
    session.apply(exec(1, ["a"], { parent: 2 }), 0);
    session.apply(exec(2, ["b"], { parent: 1 }), 0);
    session.apply(exec(1, ["a"], { parent: 2 }), 0);
    session.apply(connect(1, "192.0.2.1", 80, "c"), 0);
    const [call] = session.takeSettled(1);
    if (call === undefined) throw new Error("no call");
    expect(session.context(call).ancestors.map((ancestor) => ancestor.pid)).toEqual([2]);
  });
});

describe("the step of a call", () => {
  const step = { id: "__run_2" };

  it("is what the environment of an ancestor says", () => {
    const [call] = callsOf(
      { id: "s", time: 1, type: "step.started", step: { id: "other", name: "Other" } },
      exec(5, ["bash"], { step }),
      fork(5, 7),
      connect(7, "192.0.2.1", 80, "c"),
    );
    expect(call?.step).toEqual(step);
  });

  it("is not what a process below names, which is kept as its claim and counted", () => {
    const session = runSession("run");
    const events = [
      exec(1, ["runner"]),
      exec(5, ["bash"], { parent: 1, step }),
      fork(5, 7),
      exec(7, ["env", "GITHUB_ACTION=checkout"], { step: { id: "checkout" } }),
      connect(7, "192.0.2.1", 80, "c7"),
      fork(7, 8),
      exec(8, ["curl"], { step }),
      connect(8, "192.0.2.1", 80, "c8"),
    ];
    for (const event of events) session.apply(event, 0);
    const [liar, child] = session.takeSettled(1);
    expect(liar).toMatchObject({ step, claimedStep: { id: "checkout" } });
    expect(child?.step).toEqual(step);
    expect(child?.claimedStep).toBeUndefined();
    expect(session.counts().contradictedSteps).toBe(1);
  });

  it.each([
    ["Action", { id: "__run_2", action: { name: "actions/checkout" } }],
    ["job", { id: "__run_2", job: "release" }],
    ["run", { id: "__run_2", run: "78.1" }],
  ])("cannot be given another %s", (_, claim) => {
    const own = { id: "__run_2", job: "build", run: "77.1" };
    const [call] = callsOf(
      exec(5, ["bash"], { step: own }),
      fork(5, 7),
      exec(7, ["curl"], { step: claim }),
      connect(7, "192.0.2.1", 80, "c"),
    );
    expect(call).toMatchObject({ step: own, claimedStep: claim });
  });

  it("stays where the environment is cleared, the step over and the parent another", () => {
    const event = exec(7, ["daemon"], { parent: 1 });
    const [call] = callsOf(
      exec(1, ["runner"]),
      exec(5, ["bash"], { parent: 1, step }),
      fork(5, 6),
      fork(6, 7),
      exit(6),
      exit(5),
      exec(9, ["bash"], { parent: 1, step: { id: "__run_3" } }),
      event,
      connect(7, "192.0.2.1", 80, "c"),
    );
    expect(call?.step).toEqual(step);
    expect(call?.claimedStep).toBeUndefined();
  });

  it("is not that of a process that had the pid before", () => {
    const [call] = callsOf(
      exec(1, ["runner"]),
      exec(7, ["bash"], { parent: 1, step }),
      exit(7),
      exec(7, ["bash"], { parent: 1, step: { id: "__run_3" } }),
      connect(7, "192.0.2.1", 80, "c"),
    );
    expect(call?.step).toEqual({ id: "__run_3" });
    expect(call?.claimedStep).toBeUndefined();
  });

  it("gets its name from the platform", () => {
    const [call] = callsOf(
      { id: "s", time: 1, type: "step.started", step: { id: "__run_2", name: "Build" } },
      exec(5, ["bash"], { step }),
      connect(5, "192.0.2.1", 80, "c"),
    );
    expect(call?.step).toEqual({ id: "__run_2", name: "Build" });
  });

  it("is the running one where the environment says nothing", () => {
    const [first, second] = callsOf(
      { id: "s1", time: 1, type: "step.started", step: { id: "1", name: "Build" } },
      connect(5, "192.0.2.1", 80, "c1"),
      { id: "s2", time: 2, type: "step.finished", step: { id: "1" } },
      connect(5, "192.0.2.1", 80, "c2"),
    );
    expect(first?.step?.name).toBe("Build");
    expect(second?.step).toBeUndefined();
  });
});

describe("a call", () => {
  it("keeps its request, result, bytes and duration", () => {
    const [call] = callsOf(...httpCall(7, "a.example", "192.0.2.1"));
    expect(call).toMatchObject({
      result: "established",
      bytesOut: 100,
      bytesIn: 200,
      http: [{ method: "GET", host: "a.example", path: "/" }],
    });
    expect(call?.durationMs).toBeGreaterThan(0);
  });

  it("keeps where it comes from", () => {
    const from = {
      process: { pid: 7, thread: { id: 9 }, user: { id: 1000 }, start: 1_699_999_999_000 },
      container: { id: "c0ffee" },
      network: { transport: "tcp", namespace: "4026531840" },
    } as const;
    const session = runSession("run");
    session.apply({ ...connect(7, "192.0.2.1", 80, "c"), ...from } as CaptureEvent, 0);
    session.apply({ ...result("c", "refused"), source: { port: 54_321 } } as CaptureEvent, 0);
    const [call] = session.takeSettled(1);
    if (call === undefined) throw new Error("no call");
    expect(call).toMatchObject({
      threadId: 9,
      userId: 1000,
      containerId: "c0ffee",
      networkNamespace: "4026531840",
      localPort: 54_321,
    });
    expect(session.context(call).process?.startedAt).toBe(1_699_999_999_000);
  });

  it("keeps how its requests were answered, in whatever order, and how long their bodies were", () => {
    const asked = (id: string, path: string, bytes: number): CaptureEvent => ({
      ...(request("c", "POST", "a.example", path) as EventOf<"http.request">),
      http: { request: { id, method: "POST", body: { bytes } } },
    });
    const [call] = callsOf(
      ...[connect(7, "192.0.2.1", 443, "c"), asked("1", "/a", 5), asked("3", "/b", 0)],
      ...[response("c", "3", 404), response("c", "1", 201), response("c", "7", 500)],
    );
    expect(call?.http).toMatchObject([
      { path: "/a", status: 201, bodyBytes: 5 },
      { path: "/b", status: 404, bodyBytes: 0 },
    ]);
  });

  it("is decided on when its request was seen, not before", () => {
    const session = runSession("run");
    session.apply(connect(7, "192.0.2.1", 80, "c"), 1000);
    session.apply(result("c", "established"), 1000);
    expect(session.takeSettled(1000)).toEqual([]);
    session.apply(request("c", "GET", "a.example", "/"), 1000);
    expect(session.takeSettled(1000)).toHaveLength(1);
    expect(session.takeSettled(Number.POSITIVE_INFINITY)).toEqual([]);
  });

  it("is decided on when nothing more is heard of it", () => {
    const session = runSession("run");
    session.apply(connect(7, "192.0.2.1", 443, "c"), 1000);
    expect(session.oldestUndecided).toBe(1000);
    expect(session.takeSettled(1001)).toHaveLength(1);
    expect(session.oldestUndecided).toBeUndefined();
  });

  it.each(["refused", "timed-out", "unreachable", "denied", "blocked", "failed"] as const)(
    "is decided on when it is %s",
    (outcome) => {
      const session = runSession("run");
      session.apply(connect(7, "192.0.2.1", 443, "c"), 1000);
      session.apply(result("c", outcome), 1000);
      expect(session.takeSettled(0)).toMatchObject([{ result: outcome }]);
    },
  );

  it("is another where an agent uses the id of a connection again", () => {
    const calls = callsOf(
      connect(7, "192.0.2.1", 443, "fd3"),
      close("fd3"),
      connect(7, "192.0.2.1", 443, "fd3"),
      connect(7, "203.0.113.66", 4444, "fd3"),
    );
    expect(calls.map((call) => call.endpoint.port)).toEqual([443, 443, 4444]);
    expect(new Set(calls.map((call) => call.id)).size).toBe(3);
  });

  it("that is over may be forgotten without a loss", () => {
    const session = runSession("run", { processes: 10, names: 10, calls: 2 });
    session.apply(attached(), 0);
    for (let call = 0; call < 5; call += 1) {
      session.apply(connect(7, "192.0.2.1", 80, `c${call}`), 0);
      session.apply(close(`c${call}`), 0);
    }
    expect(session.coverage(ended).level).toBe("full");
    expect(session.counts().calls).toBe(5);
  });

  it("without a connection is sent", () => {
    const [call] = callsOf(connect(7, "192.0.2.1", 0, "c", "icmp"));
    expect(call).toMatchObject({ transport: "icmp", result: "sent", endpoint: { port: 0 } });
  });
});

describe("a call to a resolver", () => {
  const asked = (name: string, type = "A"): CaptureEvent => ({
    id: `q-${name}-${type}`,
    time: 1,
    type: "dns.question",
    process: { pid: 7 },
    connection: { id: "c" },
    dns: { question: { name, type } },
  });

  it("says what was asked, and how much more", () => {
    const [call] = callsOf(
      connect(7, "192.0.2.53", 53, "c", "udp"),
      asked("A.example."),
      asked("a.example"),
      asked("a.example", "AAAA"),
      {
        id: "more",
        time: 2,
        type: "dns.questions",
        process: { pid: 7 },
        connection: { id: "c" },
        dns: { question: { registered_domain: "evil.example" } },
        questions: { count: 1_000_000, name_bytes: 60_000_000, longest_label: 60 },
      },
    );
    expect(call).toMatchObject({
      carries: "dns",
      questions: {
        count: 1_000_003,
        asked: [
          { name: "a.example", type: "A" },
          { name: "a.example", type: "AAAA" },
        ],
        nameBytes: 60_000_027,
        longestLabel: 60,
      },
    });
  });

  it("keeps no more names than it can hold", () => {
    const many = Array.from({ length: 500 }, (_, index) => asked(`${index}.example`));
    const [call] = callsOf(connect(7, "192.0.2.53", 53, "c", "udp"), ...many);
    expect(call?.questions?.asked).toHaveLength(32);
    expect(call?.questions?.count).toBe(500);
  });

  it.each([
    ["dns-over-tls", 853, "tcp", undefined],
    ["dns-over-tls", 8_853, "tcp", "dot"],
    ["dns-over-quic", 784, "udp", "doq"],
    [undefined, 443, "tcp", "h2"],
  ] as const)("is marked %s, port %i over %s", (carries, port, transport, protocol) => {
    const said = {
      ...hello("c", "dns.example"),
      tls: { client: {}, ...(protocol ? { next_protocols: [protocol] } : {}) },
    } as CaptureEvent;
    const [call] = callsOf(connect(7, "192.0.2.53", port, "c", transport), said);
    expect(call?.carries).toBe(carries);
  });

  it("is marked where its requests are DNS over HTTPS", () => {
    const carriedBy = (path: string) =>
      callsOf(connect(7, "192.0.2.53", 443, "c"), request("c", "POST", "dns.example", path))[0]
        ?.carries;
    expect(carriedBy("/dns-query")).toBe("dns-over-https");
    expect(carriedBy("/resolve?dns=***")).toBe("dns-over-https");
    expect(carriedBy("/api?mdns=***")).toBeUndefined();
  });
});

describe("coverage", () => {
  it("is full where an agent reported and nothing was lost", () => {
    const session = runSession("run");
    session.apply(attached(), 0);
    session.apply(connect(7, "192.0.2.1", 80, "c"), 0);
    expect(session.coverage(ended)).toEqual({ level: "full", lost: 0, reasons: [] });
  });

  it("is partial where events were lost, and says how many and why", () => {
    const session = runSession("run");
    session.apply(attached(), 0);
    session.apply(lost(3, "ring buffer full"), 0);
    session.apply(lost(4, "ring buffer full"), 0);
    expect(session.coverage(ended)).toEqual({
      level: "partial",
      lost: 7,
      reasons: ["7 events lost: ring buffer full"],
    });
  });

  it("counts what was lost for more reasons than it keeps", () => {
    const session = runSession("run");
    session.apply(attached(), 0);
    for (let number = 0; number < 40; number += 1) session.apply(lost(2, `reason ${number}`), 0);
    const { lost: count, reasons } = session.coverage(ended);
    expect(count).toBe(80);
    expect(reasons).toHaveLength(33);
    expect(reasons.at(-1)).toBe("16 events lost: further reasons");
  });

  it("is partial where no agent said since when it saw everything", () => {
    const session = runSession("run");
    session.apply(connect(7, "192.0.2.1", 80, "c"), 0);
    expect(session.coverage(ended)).toMatchObject({ level: "partial", lost: 0 });
  });

  it("is none where no agent reported", () => {
    const session = runSession("run");
    session.apply({ id: "r", time: 1, type: "run.started", run: { commit: "abc" } }, 0);
    expect(session.coverage(ended).level).toBe("none");
  });

  it("says when a run was too large to remember", () => {
    const session = runSession("run", { processes: 2, names: 100, calls: 2 });
    for (let pid = 1; pid <= 5; pid += 1) {
      session.apply(exec(pid, ["x"]), 0);
      session.apply(connect(pid, "192.0.2.1", 80, `c${pid}`), 0);
    }
    expect(session.takeSettled(Number.POSITIVE_INFINITY)).toHaveLength(5);
    expect(session.coverage(ended).level).toBe("partial");
    expect(session.coverage(ended).reasons.join()).toMatch(/3 processes.*3 calls/s);
    expect(session.counts()).toEqual({ events: 10, processes: 5, calls: 5 });
  });
});

describe("a session", () => {
  it("makes the same calls of the same events", () => {
    const events = [
      exec(7, ["curl"]),
      ...httpCall(7, "a.example", "192.0.2.1"),
      ...httpCall(7, "b.example", "192.0.2.2"),
      close("c-unknown"),
    ];
    expect(callsOf(...events)).toEqual(callsOf(...events));
  });

  it("cannot be switched to block mode by its events", () => {
    const session = runSession("run");
    session.apply({ id: "r", time: 1, type: "run.started", run: { mode: "block" } }, 0);
    expect(session.facts.mode).toBeUndefined();
  });
});
