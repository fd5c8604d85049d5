import { type Severity, worseSeverity } from "../detection/detection.js";
import { hostOfKey, portOfKey } from "../endpoint/endpoint.js";
import { familyNumber, familyPatternOf } from "../endpoint/endpoint-chain.js";
import { parseJobKey } from "../job/job.js";
import { type ImitatedNames, imitatedNames } from "../knowledge/look-alike/imitated-names.js";
import type { Baseline, GroupKey } from "./baseline.js";
import type { Counts } from "./counts.js";
import { upgradeBaseline } from "./upgrade-baseline.js";

/** What a group's children say together; those that nobody reviewed are left out. */
export interface GroupChildren {
  /**
   * Runs that brought a child which no other run has called: each run once, so that one run that calls a thousand new
   * hosts is one run that brought something new.
   */
  singleRuns: number;
  /** In how many different runs its children were seen first. */
  firstRuns: number;
  /** The numbers by which the members of a family differ. */
  numbers?: { least: number; most: number };
  /** Of the groups and endpoints directly below it. */
  keys: readonly string[];
}

/** A baseline made ready to be asked many times. */
export interface BaselineIndex {
  readonly baseline: Baseline | undefined;
  readonly runs: number;
  children(key: GroupKey): GroupChildren | undefined;
  /** Whether the job calls the host on whatever port, and somebody may rely on that. */
  hasHost(host: string): boolean;
  /** Whether it calls any host of what one owner registered. */
  hasDomain(registrable: string): boolean;
  /** The domains that another could imitate. */
  readonly imitated: ImitatedNames;
  readonly endpoints: number;
  /** How many of the endpoints that count as evidence are called by such processes, and on such ports. */
  readonly evidence: {
    endpoints: number;
    lineages: ReadonlyMap<string, number>;
    ports: ReadonlyMap<string, number>;
  };
  /** Owners' places, and endpoints, of which something was told that nobody reviewed; how bad the worst of it is. */
  readonly told: ReadonlyMap<string, Severity>;
  /** Whether requests to this tenant's part of a shared host are what the job is for. */
  isExpectedTenant(tenant: string): boolean;
}

/** Once could be anything, also an attack: a habit is what two runs showed. */
export const habitRuns = 2;

const made = new WeakMap<Baseline, BaselineIndex>();

/** Makes the index once for each baseline object: a job can know 50,000 endpoints and call as many new ones. */
export function baselineIndex(baseline: Baseline | undefined): BaselineIndex {
  if (baseline === undefined) return emptyIndex;
  const index = made.get(baseline) ?? makeIndex(upgradeBaseline(baseline));
  made.set(baseline, index);
  return index;
}

const emptyIndex: BaselineIndex = {
  baseline: undefined,
  runs: 0,
  children: () => undefined,
  hasHost: () => false,
  hasDomain: () => false,
  imitated: imitatedNames([]),
  endpoints: 0,
  evidence: { endpoints: 0, lineages: new Map(), ports: new Map() },
  told: new Map(),
  isExpectedTenant: () => false,
};

/** Looks through the baseline only when it is asked for more than one endpoint: most runs call nothing new. */
function makeIndex(baseline: Baseline): BaselineIndex {
  let gathered: Gathered | undefined;
  const all = () => {
    gathered ??= gather(baseline);
    return gathered;
  };
  let imitated: ImitatedNames | undefined;
  let expected: ReadonlySet<string> | undefined;
  const summaries = new Map<GroupKey, GroupChildren>();
  return {
    baseline,
    runs: baseline.runs,
    children(key) {
      const children = all().below.get(key);
      if (children === undefined) return undefined;
      const summary = summaries.get(key) ?? summarize(key, children);
      summaries.set(key, summary);
      return summary;
    },
    hasHost: (host) => all().hosts.has(host),
    hasDomain: (registrable) => all().domains.has(registrable),
    get imitated() {
      imitated ??= imitatedNames(all().hosts);
      return imitated;
    },
    get endpoints() {
      return all().endpoints;
    },
    get evidence() {
      return all().evidence;
    },
    get told() {
      return all().told;
    },
    isExpectedTenant(tenant) {
      expected ??= expectedTenants(baseline);
      return expected.has(tenant);
    },
  };
}

interface Child {
  key: string;
  firstRun: number;
  runs: number;
}

interface Gathered extends Pick<BaselineIndex, "endpoints" | "evidence" | "told"> {
  below: Map<GroupKey, Child[]>;
  hosts: Set<string>;
  domains: Set<string>;
}

function gather(baseline: Baseline): Gathered {
  const below = new Map<GroupKey, Child[]>();
  const add = (parent: GroupKey | undefined, child: Child) => {
    if (parent === undefined) return;
    const siblings = below.get(parent);
    if (siblings) siblings.push(child);
    else below.set(parent, [child]);
  };
  const hosts = new Set<string>();
  const domains = new Set<string>();
  const lineages = new Map<string, number>();
  const ports = new Map<string, number>();
  const keys = Object.keys(baseline.endpoints);
  const told = new Map<string, Severity>();
  let known = 0;
  for (const key of keys) {
    const endpoint = baseline.endpoints[key];
    if (endpoint === undefined) continue;
    if (endpoint.told) {
      const { in: place, as } = endpoint.told;
      told.set(place, worseSeverity(told.get(place), as));
    }
    if (endpoint.unreviewed) continue;
    known += 1;
    hosts.add(hostOfKey(key));
    for (const [lineage, runs] of Object.entries(endpoint.habits?.lineages ?? {})) {
      if (runs >= habitRuns) count(lineages, lineage);
    }
    if (endpoint.runs >= habitRuns) count(ports, String(portOfKey(key)));
    add(endpoint.group, { key, firstRun: endpoint.firstRun, runs: endpoint.runs });
  }
  for (const [key, group] of Object.entries(baseline.groups)) {
    add(group.parent, { key, firstRun: group.firstRun, runs: group.runs });
    if (key.startsWith(domainPrefix)) domains.add(key.slice(domainPrefix.length));
  }
  const evidence = { endpoints: known, lineages, ports };
  return { below, hosts, domains, endpoints: keys.length, evidence, told };
}

/** The repository's own owner, the owners of the Actions that the job uses, and whose parts it calls anywhere. */
function expectedTenants({ jobKey, habits }: Baseline): ReadonlySet<string> {
  const tenants = new Set(usual(habits.tenants));
  for (const step of usual(habits.steps)) tenants.add(ownerOf(step));
  const repository = parseJobKey(jobKey)?.repository;
  if (repository !== undefined) tenants.add(ownerOf(repository));
  return tenants;
}

/** `actions` of `actions/checkout`. */
const ownerOf = (name: string) => name.split("/", 1)[0]?.toLowerCase() ?? "";

const usual = (counts: Counts | undefined) =>
  Object.entries(counts ?? {}).flatMap(([value, runs]) => (runs >= habitRuns ? [value] : []));

function count(counts: Map<string, number>, value: string) {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}

function summarize(key: GroupKey, children: readonly Child[]): GroupChildren {
  const firstRuns = new Set(children.map(({ firstRun }) => firstRun));
  const singles = children.filter(({ runs }) => runs <= 1);
  const numbers = familyPatternOf(key) === undefined ? [] : memberNumbers(children);
  return {
    singleRuns: new Set(singles.map(({ firstRun }) => firstRun)).size,
    firstRuns: firstRuns.size,
    ...(numbers.length === 0 ? {} : { numbers: extremes(numbers) }),
    keys: children.map(({ key }) => key),
  };
}

const memberNumbers = (children: readonly Child[]) =>
  children.map(({ key }) => familyNumber(hostOfKey(key))).filter((number) => number !== undefined);

function extremes(numbers: readonly number[]): { least: number; most: number } {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const number of numbers) {
    least = Math.min(least, number);
    most = Math.max(most, number);
  }
  return { least, most };
}

const domainPrefix = "domain:";
