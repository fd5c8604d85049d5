import type { KnownHosts } from "../baseline/known-hosts.js";
import { domainParts } from "../endpoint/domain-name.js";
import type { Call, CallName } from "../run/call.js";
import type { Reason, Severity } from "./detection.js";

export interface SeverityVerdict {
  severity: Severity;
  reasons: Reason[];
}

/** How bad a call to an endpoint is that its job never called before: the worst that applies of a few plain rules. */
export function newEndpointSeverity(call: Call, known: KnownHosts): SeverityVerdict {
  const host = call.endpoint.host;
  // Azure's platform address is also the resolver of every machine there.
  if (call.addressClass === "metadata" && call.endpoint.port !== 53) {
    return {
      severity: "critical",
      reasons: [
        {
          code: "metadata-service",
          text: "The address is the cloud's instance metadata service, which hands out credentials.",
        },
      ],
    };
  }
  if (host === call.ip) return unnamedAddress(call);
  return namedHost(host, known);
}

function unnamedAddress(call: Call): SeverityVerdict {
  const isPublic = call.addressClass === "public" || call.addressClass === "reserved";
  const reasons: Reason[] = [unprovenAddress(call)];
  const claimed = call.names.find((name) => name.source === "tls" || name.source === "http");
  if (claimed && !call.names.some((name) => name.name === claimed.name && isAnswered(name))) {
    reasons.push({
      code: "unproven-name",
      text: `It claims to talk to ${claimed.name}, but no lookup of that name was seen.`,
    });
  }
  return { severity: isPublic ? "high" : "medium", reasons };
}

/** Somebody answered, though nobody who is trusted. */
const isAnswered = ({ source, confidence }: CallName) =>
  confidence === "doubtful" && source !== "reverse";

function unprovenAddress({ names }: Call): Reason {
  const answered = names.find(isAnswered);
  if (answered === undefined) {
    return {
      code: "address-without-name",
      text: "The process called an address without asking for a name first.",
    };
  }
  const who = answered.server ? `${answered.server.ip}, which` : "somebody who";
  return {
    code: "untrusted-answer",
    text: `That the address is ${answered.name} was said by ${who} is not a trusted resolver of this machine.`,
  };
}

function namedHost(host: string, known: KnownHosts): SeverityVerdict {
  const { registrable, multiTenant, suffix } = domainParts(host);
  if (multiTenant) {
    return {
      severity: "medium",
      reasons: [
        {
          code: "multi-tenant-suffix",
          text: `Anyone can get a name below ${suffix}: its other names say nothing of this one.`,
        },
      ],
    };
  }
  if (known.hasHost(host)) {
    return {
      severity: "low",
      reasons: [{ code: "new-port", text: `The job knows ${host}, but not on this port.` }],
    };
  }
  if (registrable !== undefined && known.hasDomain(registrable)) {
    return {
      severity: "low",
      reasons: [{ code: "known-domain", text: `The job calls other hosts of ${registrable}.` }],
    };
  }
  return {
    severity: "medium",
    reasons: [
      {
        code: "new-domain",
        text: `The job never called any host of ${registrable ?? host} before.`,
      },
    ],
  };
}
