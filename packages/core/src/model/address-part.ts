import { isPublicResolver } from "../knowledge/public-resolvers.js";
import type { ScorePart } from "./assessment.js";
import type { Observation } from "./observation.js";
import type { Place } from "./place.js";
import { placeBits } from "./place-bits.js";
import { scorePart } from "./score.js";

/** Taken off an address of a network that the job calls. */
const nearBits = -3;

/** An address that has no name which can be relied on. */
export function addressPart(observation: Observation, { group }: Place): ScorePart {
  const { endpoint, addressClass } = observation;
  const part = (code: string, bits: number, text: string) =>
    scorePart("destination", code, bits, text);
  if (!["public", "reserved", "unknown"].includes(addressClass)) {
    const text = `It is a ${addressClass} address without a name.`;
    return part("inner-address", placeBits.innerAddress, text);
  }
  if (endpoint.port === 53 && isPublicResolver(endpoint.host)) {
    const text = "It is a public resolver, asked past the machine's own.";
    return part("public-resolver", placeBits.publicResolver, text);
  }
  if (group?.kind === "net24" || group?.kind === "net16") {
    const text = `${nameText(observation)} The job calls addresses of the same network.`;
    return part("address-near-known", placeBits.publicAddress + nearBits, text);
  }
  const code = observation.doubtfulName ? "untrusted-answer" : "address-without-name";
  return part(code, placeBits.publicAddress, nameText(observation));
}

function nameText({ doubtfulName }: Observation): string {
  if (doubtfulName === undefined) {
    return "The process called an address without asking for a name first.";
  }
  const { name, server } = doubtfulName;
  const who = server === undefined ? "somebody who" : `${server}, which`;
  return `That the address is ${name} was said by ${who} is not a trusted resolver of this machine.`;
}
