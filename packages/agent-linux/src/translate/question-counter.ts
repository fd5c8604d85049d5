import { type CaptureEvent, domainParts, normalizeDomainName } from "@straycall/core";
import type { Fact } from "../decode/fact.js";
import type { DnsQuestion } from "../parse/dns-message.js";
import { serverOf } from "./dns-events.js";
import { type EventMaker, entityId } from "./event-maker.js";
import type { OpenCall } from "./open-calls.js";
import { recentMap } from "./recent-map.js";

/**
 * Decides which questions are told one by one, and counts the rest: names can carry data out, a new one each time,
 * and a million of them must not fill the run's log.
 *
 * Of each process the first names of a registrable domain are told, once for each call; the rest is told as a sum for
 * each domain, every second and when the process ends.
 */
export interface QuestionCounter {
  /** Whether the question is to be told by itself; else it is counted. */
  count(call: OpenCall, at: Fact, question: DnsQuestion): boolean;
  /** Sums that have waited long enough. */
  due(at: Fact): CaptureEvent[];
  endProcess(at: Fact): CaptureEvent[];
  end(): CaptureEvent[];
}

interface Sum {
  domain: string | undefined;
  count: number;
  nameBytes: number;
  longestLabel: number;
  since: number;
  last: Fact;
  call: OpenCall;
}

interface AskingProcess {
  /** Names told of each domain. */
  told: Map<string, Set<string>>;
  sums: Map<string, Sum>;
}

const maxProcesses = 4_096;
const maxDomains = 64;
const maxNamesOfDomain = 16;
const maxToldOnCall = 32;
const tellEveryMs = 1_000;
/** The sum of domains that have none of their own. */
const manyDomains = "";

export function questionCounter(maker: EventMaker): QuestionCounter {
  /** Of processes that had to be forgotten. */
  const owed: Sum[] = [];
  /** Those that have something to tell. */
  const summing = new Set<AskingProcess>();
  const processes = recentMap<string, AskingProcess>(maxProcesses, (process) => {
    owed.push(...process.sums.values());
    summing.delete(process);
  });

  const processOf = ({ process: { pid, start } }: Fact): AskingProcess => {
    const id = entityId(pid, start);
    const known = processes.get(id) ?? { told: new Map(), sums: new Map() };
    processes.set(id, known);
    return known;
  };

  const isNews = (call: OpenCall, { told }: AskingProcess, name: string, domain: string) => {
    const names = told.get(domain) ?? new Set();
    if (!told.has(domain) && told.size < maxDomains) told.set(domain, names);
    if (!told.has(domain) || (!names.has(name) && names.size >= maxNamesOfDomain)) return false;
    names.add(name);
    return call.asked.size < maxToldOnCall;
  };

  const add = (process: AskingProcess, call: OpenCall, at: Fact, name: string, domain: string) => {
    const key = process.told.has(domain) ? domain : manyDomains;
    const sum = process.sums.get(key) ?? {
      domain: key === manyDomains ? undefined : domain,
      count: 0,
      nameBytes: 0,
      longestLabel: 0,
      since: at.time,
      last: at,
      call,
    };
    sum.count += 1;
    sum.nameBytes += name.length;
    sum.longestLabel = Math.max(sum.longestLabel, ...name.split(".").map(({ length }) => length));
    Object.assign(sum, { last: at, call });
    process.sums.set(key, sum);
    summing.add(process);
  };

  const eventOf = ({ domain, count, nameBytes, longestLabel, last, call }: Sum): CaptureEvent =>
    maker.make("dns.questions", last, {
      process: maker.processRef(last.process),
      connection: { id: call.id },
      ...serverOf(call),
      dns: { question: domain === undefined ? {} : { registered_domain: domain } },
      questions: { count, name_bytes: nameBytes, longest_label: longestLabel },
    });

  const take = (process: AskingProcess): CaptureEvent[] => {
    const sums = [...process.sums.values()];
    process.sums.clear();
    summing.delete(process);
    return sums.map(eventOf);
  };
  const takeOwed = () => owed.splice(0).map(eventOf);

  return {
    count(call, at, { name, type }) {
      const process = processOf(at);
      const normalized = normalizeDomainName(name) ?? ".";
      const domain = domainParts(normalized).registrable ?? normalized;
      const key = `${type} ${normalized}`;
      const news = !call.asked.has(key) && isNews(call, process, normalized, domain);
      if (news) call.asked.add(key);
      else add(process, call, at, normalized, domain);
      return news;
    },
    due(at) {
      const process = processes.get(entityId(at.process.pid, at.process.start));
      const waiting = process === undefined ? [] : [...process.sums.values()];
      const isDue = waiting.some(({ since }) => at.time - since >= tellEveryMs);
      return process !== undefined && isDue ? [...takeOwed(), ...take(process)] : takeOwed();
    },
    endProcess({ process: { pid, start } }) {
      const id = entityId(pid, start);
      const process = processes.get(id);
      processes.delete(id);
      return process === undefined ? [] : take(process);
    },
    end: () => [...takeOwed(), ...[...summing].flatMap(take)],
  };
}
