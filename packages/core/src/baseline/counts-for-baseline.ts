import type { Call } from "../run/call.js";
import type { BaselineOptions, OptionalAddressClass } from "./baseline-options.js";

/** Tells whether a call is compared with the baseline and learned; see {@link BaselineOptions.addresses}. */
export function countsForBaseline(
  { addressClass, endpoint: { host }, ip }: Call,
  addresses: NonNullable<BaselineOptions["addresses"]>,
): boolean {
  const compared = addresses[addressClass as OptionalAddressClass] ?? "all";
  if (compared !== "named") return compared === "all";
  return host !== ip && host !== "localhost" && !host.endsWith(".localhost");
}
