import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { decode, encode, RECURSION_AVAILABLE, RECURSION_DESIRED } from "dns-packet";

/** A resolver and a web server of this machine, for commands to call by name. */
export interface TestNetwork {
  /** The port of every web server. */
  port: number;
  /** A resolv.conf that names the resolver. */
  resolvConf: string;
  close(): Promise<void>;
}

const nameNotFound = 3;

/** Serves `names`, each with its address in 127.0.0.0/8, until it is closed. */
export async function testNetwork(
  folder: string,
  names: Record<string, string>,
): Promise<TestNetwork> {
  // Another run of these tests may be under way.
  const resolverAddress = `127.77.${randomInt(256)}.${randomInt(1, 255)}`;
  const resolver = createSocket("udp4");
  resolver.on("message", (query, { port, address }) => {
    resolver.send(answer(query, names), port, address);
  });
  resolver.bind(53, resolverAddress);
  await once(resolver, "listening");

  const web = createServer((request, response) => {
    request.resume();
    response.end("hello\n");
  });
  web.listen(0, "0.0.0.0");
  await once(web, "listening");

  const resolvConf = join(folder, "resolv.conf");
  writeFileSync(resolvConf, `nameserver ${resolverAddress}\n`);
  return {
    port: (web.address() as AddressInfo).port,
    resolvConf,
    async close() {
      resolver.close();
      web.closeAllConnections();
      web.close();
      await once(web, "close");
    },
  };
}

function answer(query: Buffer, names: Record<string, string>): Buffer {
  const { id, questions = [] } = decode(query);
  const [question] = questions;
  const address = question && names[question.name.toLowerCase()];
  const flags = RECURSION_AVAILABLE | RECURSION_DESIRED;
  return encode({
    type: "response",
    id: id ?? 0,
    flags: address === undefined ? flags | nameNotFound : flags,
    questions,
    answers:
      question?.type === "A" && address !== undefined
        ? [{ type: "A", name: question.name, ttl: 60, data: address }]
        : [],
  });
}
