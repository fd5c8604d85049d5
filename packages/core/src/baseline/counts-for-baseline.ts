import type { Call } from "../run/call.js";
import type { BaselineOptions } from "./baseline-options.js";

/** Tells whether a call is compared with the baseline and learned; see {@link BaselineOptions.loopback}. */
export function countsForBaseline(
  call: Call,
  loopback: Required<BaselineOptions>["loopback"],
): boolean {
  if (call.addressClass !== "loopback" || loopback === "all") return true;
  if (loopback === "none") return false;
  const { host } = call.endpoint;
  return host !== call.ip && host !== "localhost" && !host.endsWith(".localhost");
}
