import { describe, expect, it } from "vitest";
import type { EventOf } from "../../src/events/event.js";
import { type NameTable, nameTable } from "../../src/run/name-table.js";

type Answer = EventOf<"dns.answer">;

const resolver = "192.0.2.53";
const listedResolver = "127.0.0.11";
const home = "4026531840";
const address = "198.51.100.1";

function trustingTable(limit = 100): NameTable {
  const table = nameTable(limit);
  table.trust({
    name: "test",
    resolvers: [resolver, "::ffff:192.0.2.54", listedResolver],
    listed_resolvers: [listedResolver],
    network: { namespace: home },
  });
  return table;
}

/** An answer as a packet of the trusted resolver, unless something else is said. */
function answered(
  name: string,
  {
    ip = resolver,
    port = 53,
    namespace = home,
    time = 1_000,
    ttl = 60,
    ...dns
  }: Partial<
    Answer["dns"] & { ip: string; port: number; namespace: string; time: number; ttl: number }
  > = {},
): Answer {
  return {
    id: "a",
    time,
    type: "dns.answer",
    process: { pid: 7 },
    server: { ip, port },
    network: { transport: "udp", namespace },
    dns: {
      question: { name, type: "A" },
      answers: [{ name, type: "A", ttl, data: address }],
      seen: "wire",
      matched: true,
      ...dns,
    },
  };
}

const told = (
  table: NameTable,
  {
    lineage = ["7"],
    time = 2_000,
    namespace = home,
  }: { lineage?: string[]; time?: number; namespace?: string } = {},
) =>
  table
    .namesOf(lineage, { address, time, namespace })
    .map(({ name, confidence }) => `${name} ${confidence}`);

describe("a name", () => {
  it("is certain where a trusted resolver answered the process itself", () => {
    const table = trustingTable();
    table.answer("7", answered("a.example"));
    expect(table.namesOf(["7"], { address, time: 2_000, namespace: home })).toEqual([
      {
        name: "a.example",
        source: "dns",
        confidence: "certain",
        ttl: 60,
        answeredAt: 1_000,
        server: { ip: resolver, port: 53 },
      },
    ]);
  });

  it("is probable where an ancestor asked, and says so", () => {
    const table = trustingTable();
    table.answer("5", answered("a.example"));
    expect(table.namesOf(["7", "5"], { address, time: 2_000, namespace: home })).toMatchObject([
      { name: "a.example", confidence: "probable", inherited: true },
    ]);
  });

  it("is probable once its answer is long out of date", () => {
    const table = trustingTable();
    table.answer("7", answered("a.example", { time: 0, ttl: 60 }));
    expect(told(table, { time: 59_000 })).toEqual(["a.example certain"]);
    expect(told(table, { time: 3_600_000 })).toEqual(["a.example probable"]);
  });

  it.each([
    ["a server that is not a trusted resolver", { ip: "192.0.2.99" }],
    ["a trusted resolver's address, but from another port", { port: 5_353 }],
    ["a trusted resolver, to a question that was not asked", { matched: false }],
    ["the C library alone", { seen: "library" as const }],
  ])("is doubtful where the answer came from %s", (_, fields) => {
    const table = trustingTable();
    table.answer("7", answered("registry.example", fields));
    expect(told(table)).toEqual(["registry.example doubtful"]);
  });

  it("is certain where the hosts file says so, and probable where a local service or the agent does", () => {
    const table = trustingTable();
    table.answer("1", answered("a.example", { seen: "hosts-file" }));
    table.answer("2", answered("b.example", { seen: "resolver-service" }));
    const { server: _, network: __, ...plain } = answered("c.example");
    const { seen: ___, matched: ____, ...dns } = plain.dns;
    table.answer("3", { ...plain, dns });
    expect(told(table, { lineage: ["1"] })).toEqual(["a.example certain"]);
    expect(told(table, { lineage: ["2"] })).toEqual(["b.example probable"]);
    expect(told(table, { lineage: ["3"] })).toEqual(["c.example probable"]);
  });

  it("is probable where a trusted resolver told another process the same: a resolver daemon that the job runs", () => {
    const table = trustingTable();
    table.answer("7", answered("a.example", { ip: "127.0.0.1" }));
    table.answer("7", answered("b.example", { ip: "127.0.0.1" }));
    table.answer("daemon", answered("a.example"));
    expect(told(table)).toEqual(["a.example probable", "b.example doubtful"]);
  });

  it("does not become surer by an answer from a namespace that a process made for itself", () => {
    const table = trustingTable();
    table.answer("daemon", answered("registry.example", { namespace: "1" }));
    table.answer("7", answered("registry.example", { ip: "127.0.0.1" }));
    expect(told(table)).toEqual(["registry.example doubtful"]);
  });

  it("holds in the network namespace it was answered in, and in no other", () => {
    const table = trustingTable();
    table.answer("7", answered("registry.example", { ip: listedResolver, namespace: "1" }));
    expect(told(table, { namespace: "1" })).toEqual(["registry.example probable"]);
    expect(told(table)).toEqual(["registry.example doubtful"]);
  });

  it("is doubtful in another namespace, where anybody can have the address of the machine's resolver", () => {
    const table = trustingTable();
    table.answer("7", answered("registry.example", { namespace: "1" }));
    expect(told(table, { namespace: "1" })).toEqual(["registry.example doubtful"]);
    table.answer("daemon", answered("registry.example"));
    expect(told(table, { namespace: "1" })).toEqual(["registry.example probable"]);
  });

  it("that nobody answers for does not hide one that can be relied on", () => {
    const table = trustingTable();
    table.answer("5", answered("real.example"));
    table.answer("7", answered("forged.example", { ip: "127.0.0.1" }));
    expect(told(table, { lineage: ["7", "5"] })).toEqual([
      "real.example probable",
      "forged.example doubtful",
    ]);
  });

  it("stays certain when somebody else says it too", () => {
    const table = trustingTable();
    table.answer("7", answered("a.example"));
    table.answer("7", answered("a.example", { ip: "127.0.0.1" }));
    expect(told(table)).toEqual(["a.example certain"]);
  });

  it("that an address gives itself is doubtful", () => {
    const table = trustingTable();
    const name = "1.100.51.198.in-addr.arpa";
    const answers = [{ name, type: "PTR", ttl: 60, data: "registry.example" }];
    table.answer("7", answered(name, { answers }));
    expect(table.namesOf(["7"], { address, time: 2_000, namespace: home })).toMatchObject([
      { name: "registry.example", source: "reverse", confidence: "doubtful" },
    ]);
  });

  it("is forgotten where there are too many, and counted", () => {
    const table = trustingTable(2);
    for (let pid = 1; pid <= 5; pid += 1) {
      table.answer(`${pid}`, answered(`${pid}.example`, { ip: "127.0.0.1" }));
    }
    expect(table.forgotten).toBe(3);
  });
});
