import { z } from "zod";
import { readLines } from "./read-lines.js";
import type { Skipped } from "./skipped.js";

const text = z.string().max(16_384);

const incidentSchema = z.object({
  id: text.nullish(),
  name: text.nullish(),
  ecosystem: text.nullish(),
  endpoints: z
    .array(
      z.object({
        host: text.nullish(),
        port: z.int().min(0).max(65_535).nullish(),
        protocol: text.nullish(),
        method: text.nullish(),
        path: text.nullish(),
        process: text.nullish(),
        purpose: text.nullish(),
      }),
    )
    .max(1_000)
    .nullish(),
});

/** One call that an incident is known to have made. */
export interface IncidentCall {
  /** As written: a name, an address, parts in angle brackets that vary. */
  host: string;
  port: number;
  /** `https`, `http`, `dns`, `tcp`, ...: lower case. */
  protocol: string;
  method: string | undefined;
  path: string | undefined;
  /** `curl|wget <- sh <- node preinstall.js`. */
  process: string;
  purpose: string;
}

/** Something that happened to somebody's CI job: an attack, or a false alarm. */
export interface Incident {
  id: string;
  /** `npm`, `pypi`, `github-action`, ...; several joined by a plus. Empty: any. */
  ecosystem: string;
  calls: IncidentCall[];
}

const defaultPorts = new Map([
  ["http", 80],
  ["dns", 53],
  ["ssh", 22],
]);

/**
 * Reads incidents, one a line. One without endpoints is a control: it made no call.
 *
 * @throws InputError that names the file, the line and the field
 */
export function readIncidents(file: string, what: string, skipped: Skipped): Incident[] {
  return readLines(file, incidentSchema).map((row, at) => ({
    id: row.id || row.name || `${what}-${at + 1}`,
    ecosystem: (row.ecosystem ?? "").toLowerCase(),
    calls: (row.endpoints ?? []).flatMap((call) => {
      if (!call.host) {
        skipped.add(`${what} calls without a host`);
        return [];
      }
      const protocol = (call.protocol ?? "https").toLowerCase();
      return [
        {
          host: call.host,
          port: call.port ?? defaultPorts.get(protocol) ?? 443,
          protocol,
          method: call.method?.toUpperCase() || undefined,
          path: call.path || undefined,
          process: call.process ?? "",
          purpose: (call.purpose ?? "").toLowerCase(),
        },
      ];
    }),
  }));
}
