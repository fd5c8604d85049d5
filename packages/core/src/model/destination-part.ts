import type { BaselineIndex } from "../baseline/baseline-index.js";
import { innerClasses } from "../endpoint/address.js";
import { addressPart } from "./address-part.js";
import type { ScorePart } from "./assessment.js";
import type { Observation } from "./observation.js";
import type { Family, Place } from "./place.js";
import { dualUseBits, knownCodeHostBits, placeBits } from "./place-bits.js";
import { scorePart } from "./score.js";
import { tenantPart } from "./tenant-part.js";

/**
 * It hands settings and certificates to the agent of a machine, and no credentials
 * (https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16).
 */
const azurePlatform = "168.63.129.16";

/** What kind of place a call goes to. */
export function destinationPart(
  observation: Observation,
  place: Place,
  index: BaselineIndex,
): ScorePart {
  const part = (code: string, bits: number, text: string) =>
    scorePart("destination", code, bits, text);
  const { addressClass } = observation;
  const { host, port } = observation.endpoint;
  if (host === azurePlatform && port !== 53) {
    const text = "It is Azure's platform address, where a machine's own agent reports.";
    return part("cloud-platform", placeBits.cloudPlatform, text);
  }
  // Azure's platform address is also the resolver of every machine there.
  if (addressClass === "metadata" && port !== 53) {
    const text =
      "The address is the cloud's instance metadata service, which hands out credentials.";
    // The machine's own agents ask it all the time.
    const isAgent = observation.lineage === "service";
    return part("metadata-service", isAgent ? placeBits.metadataByAgent : placeBits.metadata, text);
  }
  if (place.isAddress) return addressPart(observation, place);
  if (innerClasses.has(addressClass)) {
    return part("inner-host", placeBits.innerAddress, `${host} has a ${addressClass} address.`);
  }
  const { family, dualUse, service, domain, suffix } = place;
  if (family !== undefined && !family.isOutOfRange) {
    return part("family-member", placeBits.familyMember, familyText(family));
  }
  if (index.hasHost(host)) {
    return part("known-host", placeBits.knownHost, `The job knows ${host}, but not on this port.`);
  }
  const buildService = () =>
    part("build-service", placeBits.buildService, `Builds everywhere call it: ${service}.`);
  if (place.multiTenant) {
    const isProviders = service !== undefined && dualUse === undefined;
    return isProviders ? buildService() : tenantPart(place, index);
  }
  if (dualUse !== undefined) {
    const isKnownCodeHost =
      dualUse.kind === "code-host" && domain !== undefined && index.hasDomain(domain);
    const bits = dualUseBits[dualUse.kind] + (isKnownCodeHost ? knownCodeHostBits : 0);
    return part(`dual-use-${dualUse.kind}`, bits, dualUse.text);
  }
  if (domain !== undefined && index.hasDomain(domain)) {
    return part("known-domain", placeBits.sibling, `The job calls other hosts of ${domain}.`);
  }
  if (service !== undefined) return buildService();
  const name = domain ?? suffix ?? host;
  return part(
    "new-domain",
    placeBits.newDomain,
    `The job never called any host of ${name} before.`,
  );
}

function familyText({ pattern, members, runs, approved }: Family): string {
  const seen = `${members} members seen in ${runs} runs`;
  return approved
    ? `It is one of ${pattern}, which was approved.`
    : `It is one of ${pattern}: ${seen}.`;
}
