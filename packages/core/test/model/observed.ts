import { addressClass } from "../../src/endpoint/address.js";
import { parseEndpoint } from "../../src/endpoint/endpoint.js";
import type { Observation } from "../../src/model/observation.js";

/** A call as the model sees it: by node, which an Action runs, with nothing else known of it. */
export function observed(endpoint: string, more: Partial<Observation> = {}): Observation {
  const { host, port } = parseEndpoint(endpoint, 443);
  const ip = addressClass(host);
  return {
    endpoint: { host, port },
    addressClass: ip === "unknown" ? "public" : ip,
    program: "node",
    lineage: "action",
    requests: [],
    ...more,
  };
}
