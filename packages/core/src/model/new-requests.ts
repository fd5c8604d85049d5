import type { EndpointHabits } from "../baseline/baseline.js";
import { type BaselineIndex, habitRuns } from "../baseline/baseline-index.js";
import { chanceOfNew } from "../baseline/chance-of-new.js";
import { lookAlikeText } from "../knowledge/look-alike/look-alike-text.js";
import { lookAlikeTenantOf, type OwnerNames, ownerNames } from "../knowledge/look-alike-tenant.js";
import { isHabit, type KnownEndpoint, type NewHabit } from "./known-habits.js";
import { likenessWeight } from "./name-part.js";
import type { Observation, ObservedRequest } from "./observation.js";
import { isExpected, isWriting } from "./request-part.js";
import { ratioBits, scorePart } from "./score.js";

/** Of requests of attacks to hosts that the job calls: how many go to a stranger's part, or on a route of their own. */
const attackTenants = 0.4;
const attackRoutes = 0.5;
const mostTenantBits = 3;
const mostReadBits = 1.5;
const mostWriteBits = 3;
const besideTenantBits = 0.5;
const newMethodBits = 0.5;
/** How often a run brings a route that was not seen, as long as nothing is known of the endpoint. */
const priorRate = 0.3;

/** What is new about the strangest of a call's requests: one is enough to carry everything away. */
export function newRequest(
  { requests, step }: Observation,
  known: KnownEndpoint,
  index: BaselineIndex,
): NewHabit[] {
  const expects = (tenant: string) => isExpected(tenant, step, index);
  const found = requests.map((request) => habitsOf(request, known, expects));
  return (
    found.sort((one, other) => weightOf(other) - weightOf(one) || byHabits(one, other))[0] ?? []
  );
}

const weightOf = (habits: readonly NewHabit[]) =>
  habits.reduce((sum, { part }) => sum + part.bits, 0);
const textOf = (habits: readonly NewHabit[]) => habits.map(({ habit }) => habit).join(" ");
const byHabits = (one: readonly NewHabit[], other: readonly NewHabit[]) =>
  textOf(one) < textOf(other) ? -1 : 1;

type Expects = (tenant: string) => boolean;

function habitsOf(request: ObservedRequest, known: KnownEndpoint, expects: Expects): NewHabit[] {
  const tenant = newTenant(request, known, expects);
  // A stranger's part comes with routes of its own.
  const route = newRoute(request, known, tenant !== undefined);
  return [tenant, route, newMethod(request, known)].filter((found) => found !== undefined);
}

function newTenant(
  { tenant }: ObservedRequest,
  known: KnownEndpoint,
  expects: Expects,
): NewHabit | undefined {
  if (tenant === undefined || expects(tenant) || isHabit(known, "tenant", tenant)) return undefined;
  const habit = `tenant:${tenant}`;
  const { newTenantRuns, readableRuns } = known.habits;
  const bits = ratioBits(
    attackTenants,
    chanceOfAnother(newTenantRuns, readableRuns),
    0,
    mostTenantBits,
  );
  const text = `It goes to the part of ${tenant}, which the runs before did not call.`;
  const likeness = lookAlikeTenantOf(tenant, knownOwners(known.habits));
  if (likeness === undefined)
    return { part: scorePart("request", "new-tenant", bits, text), habit };
  const more = bits + likenessWeight(likeness.how);
  return {
    part: scorePart("request", "look-alike-tenant", more, `${text} ${lookAlikeText(likeness)}`),
    habit,
  };
}

const madeOwners = new WeakMap<EndpointHabits, OwnerNames>();

/** Made once for each endpoint of a baseline: a job may call on many strangers in one run. */
function knownOwners(habits: EndpointHabits): OwnerNames {
  const owners = madeOwners.get(habits) ?? ownerNames(Object.keys(habits.tenants ?? {}));
  madeOwners.set(habits, owners);
  return owners;
}

function newRoute(
  request: ObservedRequest,
  known: KnownEndpoint,
  isStranger: boolean,
): NewHabit | undefined {
  const route = `${request.method} ${request.route}`;
  if (isHabit(known, "route", route)) return undefined;
  const { newRouteRuns, newWriteRuns, readableRuns } = known.habits;
  const writes = isWriting(request);
  const chance = chanceOfAnother(writes ? newWriteRuns : newRouteRuns, readableRuns);
  const most = isStranger ? besideTenantBits : writes ? mostWriteBits : mostReadBits;
  const bits = ratioBits(attackRoutes, chance, 0, most);
  const text = `The request ${route} is new here.`;
  return { part: scorePart("request", "new-route", bits, text), habit: `route:${route}` };
}

function newMethod(request: ObservedRequest, known: KnownEndpoint): NewHabit | undefined {
  const { method } = request;
  const isKnown = isHabit(known, "method", method);
  if (isKnown || !isWriting(request) || (known.habits.readableRuns ?? 0) < habitRuns) {
    return undefined;
  }
  const text = `It sends something with ${method}, which the runs before did not here.`;
  return {
    part: scorePart("request", "new-method", newMethodBits, text),
    habit: `method:${method}`,
  };
}

/** In the first run everything is new: that says nothing of the next one. */
const chanceOfAnother = (newRuns = 0, runs = 0) => chanceOfNew(newRuns - 1, runs, priorRate);
