import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EventOf } from "@straycall/core";
import type { Answer } from "dns-packet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { correlate } from "./correlate.js";
import { listenDns } from "./dns-server.js";
import { type Listening, listenHttp } from "./listen.js";
import { callsTo, ofType, type Recording, record, requireRoot } from "./record.js";

/** An address of its own on loopback: another run of these tests may be under way. */
const resolver = `127.77.${(process.pid >> 8) & 0xff}.${(process.pid & 0x7f) + 1}`;

function address(name: string, data = "127.0.0.1"): Answer {
  return { type: "A", name, ttl: 60, data };
}

const manyAddresses = Array.from({ length: 120 }, (_, index) =>
  address("big.example.test", `127.0.1.${index + 1}`),
);

describe("names, from the real kernel", () => {
  let folder: string;
  let dns: Listening;
  let web: Listening;

  beforeAll(async () => {
    requireRoot();
    folder = mkdtempSync(join(tmpdir(), "straycall-names-"));
    writeFileSync(join(folder, "resolv.conf"), `nameserver ${resolver}\n`);
    writeFileSync(join(folder, "hosts"), "127.0.0.1 in-hosts.example.test\n");
    dns = await listenDns(resolver, {
      "one.example.test": { answers: [address("one.example.test")] },
      "two.example.test": { answers: [address("two.example.test")] },
      "www.example.test": {
        answers: [
          { type: "CNAME", name: "www.example.test", ttl: 30, data: "edge.example.test" },
          address("edge.example.test"),
        ],
      },
      "big.example.test": { answers: manyAddresses, onlyOverTcp: true },
    });
    web = await listenHttp("127.0.0.1", (_, response) => response.end("ok"));
  });
  afterAll(async () => {
    await dns.close();
    await web.close();
    rmSync(folder, { recursive: true });
  });

  /** Runs a shell script that resolves through our own server and hosts file, in a mount namespace of its own. */
  const recordResolving = (script: string): Promise<Recording> => {
    const mounts = ["resolv.conf", "hosts"].map(
      (name) => `mount --bind ${join(folder, name)} /etc/${name} &&`,
    );
    const command = ["/usr/bin/unshare", "-m", "/bin/sh", "-c", `${mounts.join(" ")} ${script}`];
    return record(command, { resolvers: [resolver] });
  };

  const answersAbout = (recording: Recording, name: string): EventOf<"dns.answer">[] =>
    ofType(recording, "dns.answer").filter(({ dns: { question } }) => question.name === name);

  it("tells two processes apart that asked for different names on one address", async () => {
    const recording = await recordResolving(
      `curl -s http://one.example.test:${web.port}/ & curl -s http://two.example.test:${web.port}/; wait`,
    );
    const calls = callsTo(recording, web.port);
    expect(calls).toHaveLength(2);
    const programs = ofType(recording, "process.exec");
    for (const call of calls) {
      const { entity_id } = call.process;
      const exec = programs.findLast(({ process }) => process.entity_id === entity_id);
      const asked = ofType(recording, "dns.answer")
        .filter(
          ({ process, dns: { answers } }) => process.entity_id === entity_id && answers.length > 0,
        )
        .map(({ dns: { question } }) => question.name);
      expect(new Set(asked)).toEqual(new Set([new URL(exec?.process.args?.[2] ?? "").hostname]));
    }
    const named = (await correlate(recording)).filter(({ endpoint }) => endpoint.port === web.port);
    expect(named).toHaveLength(2);
    for (const { endpoint, commandLine, names } of named) {
      expect(commandLine).toContain(`http://${endpoint.host}:${web.port}/`);
      expect(names.filter(({ source }) => source === "dns")).toMatchObject([
        { name: endpoint.host, confidence: "certain", server: { ip: resolver } },
      ]);
    }
  });

  it("tells the canonical names between a name and its address", async () => {
    const recording = await recordResolving(`curl -s http://www.example.test:${web.port}/`);
    const wire = answersAbout(recording, "www.example.test").find(
      ({ dns: { question } }) => question.type === "A",
    );
    expect(wire?.dns).toEqual({
      question: { name: "www.example.test", type: "A" },
      answers: [
        { name: "www.example.test", type: "CNAME", ttl: 30, data: "edge.example.test" },
        { name: "edge.example.test", type: "A", ttl: 60, data: "127.0.0.1" },
      ],
      response_code: "NOERROR",
      seen: "wire",
      matched: true,
    });
  });

  it("tells that a name does not exist", async () => {
    const recording = await recordResolving("curl -s http://gone.example.test/; true");
    expect(answersAbout(recording, "gone.example.test")[0]?.dns).toMatchObject({
      answers: [],
      response_code: "NXDOMAIN",
    });
  });

  it("reads answers that only fit into TCP", async () => {
    const recording = await recordResolving(
      `/usr/bin/python3 -c 'import socket; socket.getaddrinfo("big.example.test", 80, socket.AF_INET)'`,
    );
    const wire = answersAbout(recording, "big.example.test").find(
      ({ dns: { answers } }) => answers.length > 16,
    );
    expect(wire?.dns.answers).toHaveLength(manyAddresses.length);
    expect(callsTo(recording, 53).map(({ network }) => network.transport)).toContain("tcp");
  });

  it("reads the answers to programs that bring a resolver of their own", async () => {
    const script = `require("dns").resolve4("one.example.test", (error, found) => console.log(found))`;
    const recording = await recordResolving(`'${process.execPath}' -e '${script}'`);
    expect(recording.output).toContain("127.0.0.1");
    expect(answersAbout(recording, "one.example.test")[0]?.dns.answers).toMatchObject([
      { type: "A", data: "127.0.0.1" },
    ]);
  });

  it("knows names from /etc/hosts, which never cross the wire", async () => {
    const recording = await recordResolving(`curl -s http://in-hosts.example.test:${web.port}/`);
    const [call] = callsTo(recording, web.port);
    const [answer] = answersAbout(recording, "in-hosts.example.test");
    expect(answer?.process.entity_id).toBe(call?.process.entity_id);
    expect(answer?.dns).toEqual({
      question: { name: "in-hosts.example.test" },
      answers: [{ name: "in-hosts.example.test", type: "A", data: "127.0.0.1" }],
      // The file was put there for this process alone: the machine's does not say so.
      seen: "library",
    });
    expect(callsTo(recording, 53)).toEqual([]);
  });

  it("does not take an address for a name", async () => {
    const recording = await recordResolving(`curl -s http://127.0.0.1:${web.port}/`);
    expect(callsTo(recording, web.port)).toHaveLength(1);
    expect(ofType(recording, "dns.answer")).toEqual([]);
  });
});
