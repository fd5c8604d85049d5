import { firstSchema } from "./0001-first-schema.js";
import type { Migration } from "./migration.js";

/** In order, the first has version 1. */
export const migrations: readonly Migration[] = [firstSchema];
