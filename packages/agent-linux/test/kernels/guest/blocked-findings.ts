import { ofType, type Recording, resultsOf } from "../../capture/record.js";
import type { Findings } from "./findings.js";
import { ports } from "./ports.js";

/** What of block mode a kernel offers. */
export function blockedFindingsOf(recording: Recording): Findings {
  const calls = ofType(recording, "network.connect").map((call) => {
    const { destination, network } = call;
    const result = resultsOf(recording, call)[0]?.result ?? "none";
    return `${network.transport} ${destination.domain ?? destination.ip} ${destination.port} ${result}`;
  });
  const has = (call: string) => calls.includes(call);
  return {
    "blocked: TCP over IPv4 and IPv6":
      has(`tcp 127.0.0.1 ${ports.web} blocked`) && has(`tcp ::1 ${ports.web} blocked`),
    "blocked: UDP": has(`udp 127.0.0.1 ${ports.udp} blocked`),
    "blocked: questions for other names": has("udp other.example.test 53 blocked"),
    "blocked: packet sockets": has("raw 0.0.0.0 0 blocked"),
    "allowed: a name, by its answer": has(`tcp 127.0.0.1 ${ports.tcp} established`),
    "blocked: sockets from outside":
      has(`udp 127.0.0.1 ${ports.foreign} blocked`) &&
      has(`udp 127.0.0.2 ${ports.foreign} blocked`),
  };
}
