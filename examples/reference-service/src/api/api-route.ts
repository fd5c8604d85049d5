import type { Context } from "hono";
import type { z } from "zod";
import type { Right } from "../access/access.js";
import type { Guarded } from "../access/guard.js";
import type { Reader } from "../access/reader.js";

/** What a route's handler is given: its input is checked already. */
export interface ApiCall<Query = unknown, Body = unknown> {
  c: Context<Guarded>;
  reader: Reader;
  /** A part of the path. */
  param(name: string): string;
  query: Query;
  body: Body;
  /** Who asks, as the history shows it. */
  who: string;
}

/** What a route answers: a record of the published schema, a page of them, or something of its own. */
export type ApiAnswer =
  | { one: string }
  | { pageOf: string }
  | { media: string; description: string }
  | { schema: Record<string, unknown> };

/** One route of the API: everything that it does and that its description tells. */
export interface ApiRoute<Query extends z.ZodType = z.ZodType, Body extends z.ZodType = z.ZodType> {
  method: "get" | "post" | "patch";
  /** Below `/api/v1`; `{name}` is a part of the path. */
  path: string;
  /** A sentence. */
  summary: string;
  needs: Right;
  /** The largest body taken, bytes. Default 256 kB. */
  maxBody?: number;
  query?: Query;
  body?: Body;
  answers: ApiAnswer;
  handle(call: ApiCall<z.output<Query>, z.output<Body>>): Promise<Response | object | undefined>;
}

/** Ties the types of a route's parts together. */
export const apiRoute = <Query extends z.ZodType, Body extends z.ZodType>(
  route: ApiRoute<Query, Body>,
): ApiRoute => route as unknown as ApiRoute;
