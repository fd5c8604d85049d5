import { createSocket } from "node:dgram";
import { createServer } from "node:net";
import {
  type Answer,
  AUTHORITATIVE_ANSWER,
  decode,
  encode,
  type Packet,
  streamEncode,
  TRUNCATED_RESPONSE,
} from "dns-packet";
import { type Listening, listen } from "./listen.js";

/** What a DNS server knows: the answers to a name, or that they only fit into TCP, or that it says nothing. */
export type Zone = Record<
  string,
  { answers?: Answer[]; along?: Answer[]; onlyOverTcp?: boolean; silent?: boolean }
>;

const nameDoesNotExist = 3;
const port = 53;

/** Starts a real DNS server over UDP and TCP. */
export async function listenDns(host: string, zone: Zone): Promise<Listening> {
  const udp = createSocket(host.includes(":") ? "udp6" : "udp4");
  udp.on("message", (message, from) => {
    const query = decode(message);
    if (known(query, zone)?.silent) return;
    udp.send(encode(respond(query, zone, "udp")), from.port, from.address);
  });
  await new Promise<void>((resolve, reject) => {
    udp.once("error", reject);
    udp.bind(port, host, resolve);
  });
  const tcp = await listen(
    createServer((socket) => {
      let asked = Buffer.alloc(0);
      socket.on("data", (data) => {
        asked = Buffer.concat([asked, data]);
        if (asked.length < 2 || asked.length < 2 + asked.readUInt16BE(0)) return;
        const response = streamEncode(respond(decode(asked.subarray(2)), zone, "tcp"));
        // In two packets: answers need not come in one piece.
        socket.write(response.subarray(0, 100));
        setTimeout(() => socket.end(response.subarray(100)), 10);
      });
    }),
    host,
    port,
  );
  return {
    port,
    async close() {
      udp.close();
      await tcp.close();
    },
  };
}

function known({ questions: [question] = [] }: Packet, zone: Zone): Zone[string] | undefined {
  return question && zone[question.name.toLowerCase()];
}

function respond(query: Packet, zone: Zone, over: "udp" | "tcp"): Packet {
  const [question] = query.questions ?? [];
  const answer = known(query, zone);
  const isCut = over === "udp" && answer?.onlyOverTcp === true;
  const chain = answer?.answers ?? [];
  const hasType = chain.some(({ type }) => type === question?.type);
  return {
    type: "response",
    id: query.id ?? 0,
    flags:
      AUTHORITATIVE_ANSWER |
      (isCut ? TRUNCATED_RESPONSE : 0) |
      (answer === undefined ? nameDoesNotExist : 0),
    questions: query.questions ?? [],
    answers: isCut || !hasType ? [] : chain,
    additionals: isCut || !hasType ? [] : (answer?.along ?? []),
  };
}
