/**
 * Why a request over the network failed, in the words that help: `fetch failed` says nothing, what lies behind it does
 * (`connect ECONNREFUSED 192.0.2.1:443`). Neither escaped nor made visible.
 */
export function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return cause.message || ("code" in cause ? String(cause.code) : cause.name);
}
