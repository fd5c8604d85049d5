import { buildServiceOf } from "./build-services.js";
import { dualUseOf } from "./dual-use.js";
import {
  type ImitatedNames,
  imitatedNames,
  nameOf,
  type RegisteredName,
} from "./look-alike/imitated-names.js";
import { type LookAlike, likeLabel, likeWord, minLength } from "./look-alike/like-label.js";
import {
  imitatedDomains,
  lures,
  otherNames,
  sisterDomains,
} from "./look-alike/well-known-names.js";

const maxLabels = 16;

let wellKnown: ImitatedNames | undefined;
let wellKnownLabels: (readonly [label: string, domain: string])[] | undefined;

/**
 * Tells whose domain the domain of a host looks like, of those that the job knows and of those that every build
 * trusts; `undefined` for one of these itself, for a service of the catalogues, and for an address.
 *
 * Takes some ten look-ups, for a name that may be like another some thousand, however many names the job knows.
 */
export function lookAlikeOf(host: string, known: ImitatedNames): LookAlike | undefined {
  wellKnown ??= imitatedNames(imitatedDomains, otherNames);
  const name = nameOf(host);
  if (name === undefined || known.has(name.domain) || wellKnown.has(name.domain)) return undefined;
  if (isGenuine(host, name)) return undefined;
  for (const index of [known, wellKnown]) {
    const found = likeDomain(name, index) ?? inFrontOf(host, name, index);
    if (found) return found;
  }
  return name.tenantSuffix === "" ? nameInside(name.label) : undefined;
}

/** The catalogues know it: a sister of the name it looks like, or a service of its own. */
function isGenuine(host: string, { domain, tenantSuffix }: RegisteredName): boolean {
  if (sisterDomains.has(domain) || buildServiceOf(host) || buildServiceOf(domain)) return true;
  return tenantSuffix === "" && dualUseOf(domain) !== undefined;
}

function likeDomain(
  { label, tenantSuffix }: RegisteredName,
  index: ImitatedNames,
): LookAlike | undefined {
  const find = (text: string) => index.withLabel(text, tenantSuffix);
  // Below one suffix of tenants, a label is one tenant's.
  const namesake = tenantSuffix === "" && label.length >= minLength ? find(label) : undefined;
  if (namesake !== undefined) return { of: namesake, how: "other-suffix" };
  const names = {
    find,
    findAlike: (skeleton: string) => index.withSkeleton(skeleton, tenantSuffix),
    mayBeNear: index.mayBeNear,
  };
  return (
    likeLabel(label, minLength, names) ??
    withWords(label, (text) => {
      // A tenant may well be named after a domain that the job knows: it is the same project.
      if (index !== wellKnown && (tenantSuffix !== "" || text.length < minLength)) return undefined;
      return index.withLabel(text, "");
    }) ??
    likeWord(label, names)
  );
}

/** The name itself with words beside it. */
function withWords(
  label: string,
  find: (word: string) => string | undefined,
): LookAlike | undefined {
  const words = label.split("-");
  const inside = words.length > 1 ? words : withoutLure(label);
  for (const word of inside) {
    const of = find(word);
    if (of !== undefined) return { of, how: "name-and-words" };
  }
  return undefined;
}

/** What is left when a word that imitators use is taken from its beginning or end. */
function withoutLure(label: string): string[] {
  const rests: string[] = [];
  for (const lure of lures) {
    if (label.startsWith(lure)) rests.push(label.slice(lure.length));
    if (label.endsWith(lure)) rests.push(label.slice(0, -lure.length));
  }
  return rests;
}

function nameInside(label: string): LookAlike | undefined {
  wellKnownLabels ??= [
    ...imitatedDomains.map((domain) => [domain.slice(0, domain.indexOf(".")), domain] as const),
    ...otherNames,
  ].filter(([name]) => name.length >= minLength);
  const inside = wellKnownLabels.find(([name]) => label.startsWith(name) || label.endsWith(name));
  return inside && { of: inside[1], how: "name-inside" };
}

/** `api.github.com.example.net`; a bucket may well have such a name. */
function inFrontOf(host: string, { domain, tenantSuffix }: RegisteredName, index: ImitatedNames) {
  if (tenantSuffix !== "" || host === domain) return undefined;
  const labels = host
    .slice(0, -domain.length - 1)
    .split(".")
    .slice(-maxLabels);
  for (const [at] of labels.entries()) {
    for (const count of [2, 3]) {
      const text = labels.slice(at, at + count).join(".");
      if (index.has(text)) return { of: text, how: "name-in-front" as const };
    }
  }
  return undefined;
}
