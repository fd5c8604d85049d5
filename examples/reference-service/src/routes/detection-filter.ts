import {
  type DetectionKind,
  type DetectionQuery,
  type DetectionStatus,
  detectionKinds,
  type Severity,
  severities,
} from "@straycall/core";

/** Which detections a list shows. */
export type DetectionFilter = Pick<
  DetectionQuery,
  "status" | "kind" | "minimumSeverity" | "search"
>;

export const detectionStatuses: readonly DetectionStatus[] = [
  "new",
  "acknowledged",
  "resolved",
  "suppressed",
];

/** Reads a filter from a query; what is none of the values there are filters nothing. */
export function readDetectionFilter(query: Record<string, string | undefined>): DetectionFilter {
  const status = detectionStatuses.find((each) => each === query.status);
  const kind = detectionKinds.find((each): each is DetectionKind => each === query.kind);
  const severity = severities.find((each): each is Severity => each === query.severity);
  const search = query.q?.trim().slice(0, 512);
  return {
    ...(search ? { search } : {}),
    ...(status === undefined ? {} : { status }),
    ...(kind === undefined ? {} : { kind }),
    ...(severity === undefined ? {} : { minimumSeverity: severity }),
  };
}

/** The filter as a query, to go on with: `status=new&severity=high`. */
export function filterQuery({ search, status, kind, minimumSeverity }: DetectionFilter): string {
  const given = Object.entries({ q: search, status, kind, severity: minimumSeverity });
  const set = given.filter(
    (entry): entry is [string, NonNullable<(typeof entry)[1]>] => !!entry[1],
  );
  return new URLSearchParams(set).toString();
}
