import { firstSchema } from "./0001-first-schema.js";
import { whoCallsWhat } from "./0002-who-calls-what.js";
import { toldTogether } from "./0003-told-together.js";
import { lookedUp } from "./0004-looked-up.js";
import type { Migration } from "./migration.js";

/** In order, the first has version 1. */
export const migrations: readonly Migration[] = [firstSchema, whoCallsWhat, toldTogether, lookedUp];
