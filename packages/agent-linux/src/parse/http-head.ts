/** The head of an HTTP/1 request (RFC 9112), as much as is kept of it. */
export interface HttpHead {
  method: string;
  /** As sent: a path with its query, a whole URL to a proxy, `host:port` for CONNECT. */
  target: string;
  host?: string;
  /** As the head says; unset where it does not, or was not seen to its end. */
  bodyBytes?: number;
}

/** `incomplete`: more bytes may make it one. */
export type ParsedHead = HttpHead | "incomplete" | "other";

const maxTarget = 8_192;
const methodLetters = /^[A-Z]{1,20}( |$)/;
const requestLine = /^([A-Z]{1,20}) (\S+) HTTP\/1\.[01]\r?\n/;
const hostHeader = /\nhost:[ \t]*([^\s,]{1,255})[ \t]*\r?\n/i;
const lengthHeader = /\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r?\n/i;
const encodingHeader = /\ntransfer-encoding:/i;
const headEnd = /\r?\n\r?\n/;

/** Reads a request head from the first bytes that a client sends. */
export function parseHttpHead(bytes: Buffer): ParsedHead {
  const text = bytes.toString("latin1");
  if (!methodLetters.test(text)) return isStartOfMethod(text) ? "incomplete" : "other";
  const lineEnd = text.indexOf("\n");
  if (lineEnd < 0) return "incomplete";
  const [, method, target] = requestLine.exec(text) ?? [];
  if (method === undefined || target === undefined) return "other";
  const end = headEnd.exec(text);
  const head = text.slice(0, end ? end.index + end[0].length : undefined);
  const host = hostHeader.exec(head)?.[1];
  if (host === undefined && end === null) return "incomplete";
  const bodyBytes = end === null ? undefined : bodyLength(head);
  return {
    method,
    target: target.slice(0, maxTarget),
    ...(host === undefined ? {} : { host: host.toLowerCase() }),
    ...(bodyBytes === undefined ? {} : { bodyBytes }),
  };
}

/** RFC 9112, 6.3: with neither header there is no body; an encoded one says its length on the way. */
function bodyLength(head: string): number | undefined {
  if (encodingHeader.test(head)) return undefined;
  return Number(lengthHeader.exec(head)?.[1] ?? 0);
}

/**
 * Reads what there is of a head whose rest was not captured.
 *
 * @returns undefined if not even the request line is there.
 */
export function parseCutHttpHead(bytes: Buffer): HttpHead | undefined {
  const text = bytes.toString("latin1");
  const [, method, target] = /^([A-Z]{1,20}) (\S+)/.exec(text) ?? [];
  if (method === undefined || target === undefined) return undefined;
  const host = hostHeader.exec(text)?.[1];
  return {
    method,
    target: target.slice(0, maxTarget),
    ...(host === undefined ? {} : { host: host.toLowerCase() }),
  };
}

function isStartOfMethod(text: string): boolean {
  return text.length < 20 && /^[A-Z]*$/.test(text);
}
