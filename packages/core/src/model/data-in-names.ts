import { domainParts } from "../endpoint/domain-name.js";
import { carriesData, dataInName } from "../knowledge/data-in-name.js";
import { log2 } from "../math/log2.js";
import type { DnsQuestions } from "../run/call.js";
import type { Deviation } from "./deviation.js";
import { assessmentOf, scorePart } from "./score.js";

/** How much left in the names that a run asked for, by who serves them. */
export interface DataInNames {
  /** Adds what was asked, each name once; answers with what deviates by it. */
  asked(questions: Pick<DnsQuestions, "asked">): Deviation[];
}

const maxDomains = 256;
const maxNames = 4_096;
/** Characters that weigh nothing; each doubling weighs a bit. */
const usualCharacters = 10;
const mostBits = 8;

/** Adds up the data in the names that one run asks for. */
export function dataInNames(): DataInNames {
  const seen = new Set<string>();
  const characters = new Map<string, number>();

  const add = (name: string): Deviation | undefined => {
    if (!carriesData(name)) return undefined;
    const domain = domainParts(name).registrable ?? name;
    if (!seen.has(name)) {
      const hasRoom = characters.has(domain) || characters.size < maxDomains;
      if (seen.size >= maxNames || !hasRoom) return undefined;
      seen.add(name);
      characters.set(domain, (characters.get(domain) ?? 0) + dataInName(name));
    }
    return deviation(domain, characters.get(domain) ?? 0);
  };

  return {
    asked: ({ asked }) => asked.map(({ name }) => add(name)).filter((found) => found !== undefined),
  };
}

function deviation(domain: string, characters: number): Deviation {
  const bits = Math.min(mostBits, log2(characters / usualCharacters));
  const text = `It asked for names below ${domain} that hold ${characters} characters of what looks like encoded data: whoever serves the domain has them now.`;
  const part = scorePart("traffic", "data-in-names", bits, text);
  return { kind: "unusual-traffic", subject: `${domain} names`, assessment: assessmentOf([part]) };
}
