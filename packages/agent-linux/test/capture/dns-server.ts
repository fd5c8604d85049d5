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

/** What a DNS server knows: the answers to a name, or that they only fit into TCP. */
export type Zone = Record<string, { answers: Answer[]; onlyOverTcp?: boolean }>;

const nameDoesNotExist = 3;
const port = 53;

/** Starts a real DNS server over UDP and TCP. */
export async function listenDns(host: string, zone: Zone): Promise<Listening> {
  const udp = createSocket("udp4");
  udp.on("message", (message, from) => {
    udp.send(encode(respond(decode(message), zone, "udp")), from.port, from.address);
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

function respond(query: Packet, zone: Zone, over: "udp" | "tcp"): Packet {
  const [question] = query.questions ?? [];
  const known = question && zone[question.name.toLowerCase()];
  const isCut = over === "udp" && known?.onlyOverTcp === true;
  const chain = known?.answers ?? [];
  const hasType = chain.some(({ type }) => type === question?.type);
  return {
    type: "response",
    id: query.id ?? 0,
    flags:
      AUTHORITATIVE_ANSWER |
      (isCut ? TRUNCATED_RESPONSE : 0) |
      (known === undefined ? nameDoesNotExist : 0),
    questions: query.questions ?? [],
    answers: isCut || !hasType ? [] : chain,
  };
}
