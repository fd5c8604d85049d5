const statusLine = /^HTTP\/1\.[01] ([1-5]\d\d)(?: |\r?\n)/;
const headEnd = /\r?\n\r?\n/;

/**
 * Reads the status from the beginning of what an HTTP/1 server answers; an interim answer (RFC 9110, 15.2) counts only if
 * none follows it here.
 */
export function parseHttpStatus(bytes: Buffer): number | undefined {
  const text = bytes.toString("latin1");
  const end = headEnd.exec(text);
  const next = end === null ? undefined : statusIn(text.slice(end.index + end[0].length));
  const first = statusIn(text);
  return first !== undefined && isInterim(first) ? (next ?? first) : first;
}

/** Another answer to the same request follows; not after 101, which ends HTTP on the connection. */
export function isInterim(status: number): boolean {
  return status < 200 && status !== 101;
}

function statusIn(text: string): number | undefined {
  const [, status] = statusLine.exec(text) ?? [];
  return status === undefined ? undefined : Number(status);
}
