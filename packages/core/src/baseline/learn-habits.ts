import { isWritingMethod } from "../model/writing-method.js";
import type { EndpointHabits } from "./baseline.js";
import { trafficGroup } from "./chain-groups.js";
import { type Counts, countEach, countOf } from "./counts.js";
import { learnTraffic } from "./learn-traffic.js";
import type { EndpointSighting } from "./run-sightings.js";

/** How many different programs, steps, ... of one endpoint, or of one group, are remembered. */
export const maxHabits = 32;
/** How many different routes and tenants of one endpoint. */
const maxRoutes = 128;

/** The habits of an endpoint after one more run. What was told of them is kept apart. */
export function learnHabits(
  before: EndpointHabits | undefined,
  sighting: EndpointSighting,
  weight: number,
): EndpointHabits {
  const untold = (kind: string, values: ReadonlySet<string>): ReadonlySet<string> => {
    if (sighting.toldHabits.size === 0 && before?.told === undefined) return values;
    return new Set([...values].filter((value) => !isTold(before, sighting, `${kind}:${value}`)));
  };
  const habits: EndpointHabits = {
    programs: countEach(before?.programs, untold("program", sighting.programs), maxHabits, weight),
    lineages: countEach(before?.lineages, untold("lineage", sighting.lineages), maxHabits, weight),
    steps: countEach(before?.steps, untold("step", sighting.steps), maxHabits, weight),
  };
  if (before?.readableRuns !== undefined || sighting.routes.size > 0) {
    const routes = untold("route", sighting.routes);
    const tenants = untold("tenant", sighting.tenants);
    habits.routes = countEach(before?.routes, routes, maxRoutes, weight);
    habits.methods = countEach(
      before?.methods,
      untold("method", sighting.methods),
      maxHabits,
      weight,
    );
    habits.tenants = countEach(before?.tenants, tenants, maxRoutes, weight);
    habits.readableRuns = (before?.readableRuns ?? 0) + (sighting.routes.size > 0 ? weight : 0);
    const news = [...routes].filter((route) => countOf(before?.routes, route) === 0);
    habits.newRouteRuns =
      (before?.newRouteRuns ?? 0) + (news.some((route) => !isWritingRoute(route)) ? weight : 0);
    habits.newWriteRuns = (before?.newWriteRuns ?? 0) + (news.some(isWritingRoute) ? weight : 0);
    habits.newTenantRuns =
      (before?.newTenantRuns ?? 0) + bringsNew(before?.tenants, tenants, weight);
  }
  const traffic =
    trafficGroup(sighting.chain) === undefined
      ? learnTraffic(before?.traffic, sighting.traffic, weight)
      : before?.traffic;
  if (traffic !== undefined) habits.traffic = traffic;
  if (sighting.toldHabits.size > 0 || before?.told !== undefined) {
    habits.told = countEach(before?.told, sighting.toldHabits, maxRoutes, 1);
  }
  return habits;
}

function isTold(before: EndpointHabits | undefined, sighting: EndpointSighting, habit: string) {
  return sighting.toldHabits.has(habit) || countOf(before?.told, habit) > 0;
}

/** A run counts once, however much of it was new. */
function bringsNew(
  before: Counts | undefined,
  values: ReadonlySet<string>,
  weight: number,
): number {
  return [...values].some((value) => countOf(before, value) === 0) ? weight : 0;
}

/** A route begins with its method. */
const isWritingRoute = (route: string) => isWritingMethod(route.slice(0, route.indexOf(" ")));
