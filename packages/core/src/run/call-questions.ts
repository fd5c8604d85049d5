import { normalizeDomainName } from "../endpoint/domain-name.js";
import type { EventOf } from "../events/event.js";
import type { Call } from "./call.js";

/* What calls to resolvers carry, and what was asked on them. */

const maxAsked = 32;
/** RFC 7858 and RFC 9250. */
const encryptedDnsPort = 853;

export function noteQuestion(
  call: Call,
  event: EventOf<"dns.question"> | EventOf<"dns.questions">,
): void {
  call.carries ??= "dns";
  call.questions ??= { count: 0, asked: [], nameBytes: 0, longestLabel: 0 };
  const { questions } = call;
  if (event.type === "dns.questions") {
    questions.count += event.questions.count;
    questions.nameBytes += event.questions.name_bytes;
    questions.longestLabel = Math.max(questions.longestLabel, event.questions.longest_label);
    return;
  }
  const { name: text, type } = event.dns.question;
  const name = normalizeDomainName(text) ?? ".";
  questions.count += 1;
  questions.nameBytes += name.length;
  const longest = Math.max(...name.split(".").map((label) => label.length));
  questions.longestLabel = Math.max(questions.longestLabel, longest);
  const isListed = questions.asked.some((other) => other.name === name && other.type === type);
  if (isListed || questions.asked.length >= maxAsked) return;
  questions.asked.push({ name, ...(type === undefined ? {} : { type }) });
}

export function noteHello(call: Call, protocols: readonly string[]): void {
  const isPort = call.endpoint.port === encryptedDnsPort;
  if (call.transport === "tcp" && (isPort || protocols.includes("dot"))) {
    call.carries = "dns-over-tls";
  } else if (call.transport === "udp" && (isPort || protocols.includes("doq"))) {
    call.carries = "dns-over-quic";
  }
}

/** DNS over HTTPS goes to `/dns-query` by custom, and has the question in `dns` where it is a GET (RFC 8484, 4.1). */
export function noteRequest(call: Call, path: string): void {
  const [resource = "", query = ""] = path.split("?", 2);
  const hasQuestion = query.split("&").some((pair) => pair.startsWith("dns="));
  if (hasQuestion || resource.endsWith("/dns-query")) call.carries = "dns-over-https";
}
