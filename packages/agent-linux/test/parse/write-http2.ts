import { frameFlag, frameType } from "../../src/parse/http2-frame.js";

export function http2Frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(9);
  header.writeUIntBE(payload.length, 0, 3);
  header[3] = type;
  header[4] = flags;
  header.writeUInt32BE(stream, 5);
  return Buffer.concat([header, payload]);
}

/** A HEADERS frame that holds a whole block. */
export function headersFrame(stream: number, ...fields: Buffer[]): Buffer {
  return http2Frame(frameType.headers, frameFlag.endHeaders, stream, Buffer.concat(fields));
}
