import { describe, expect, it } from "vitest";
import { frameFlag, frameType } from "../../src/parse/http2-frame.js";
import { http2Responses } from "../../src/parse/http2-responses.js";
import { addedField, indexedField, newest, plainField } from "./write-hpack.js";
import { headersFrame, http2Frame } from "./write-http2.js";

const ok = indexedField(8);

function hear(...pieces: Buffer[]) {
  const reader = http2Responses();
  return pieces.flatMap((piece) => reader.hear(piece));
}

describe("an HTTP/2 server's answers", () => {
  it("are statuses, whatever else is said between them", () => {
    expect(
      hear(
        http2Frame(frameType.settings, 0, 0, Buffer.alloc(12)),
        headersFrame(1, ok),
        http2Frame(frameType.data, 0, 1, Buffer.from("body")),
        headersFrame(1, plainField("grpc-status", "0")),
        headersFrame(3, plainField(":status", "503")),
      ),
    ).toEqual([
      { stream: 1, status: 200 },
      { stream: 3, status: 503 },
    ]);
  });

  it("are not the requests that it promises, though these count in its table", () => {
    const promised = Buffer.concat([Buffer.from([0, 0, 0, 2]), addedField(":status", "204")]);
    const promise = http2Frame(frameType.pushPromise, frameFlag.endHeaders, 1, promised);
    expect(hear(promise, headersFrame(1, indexedField(newest)))).toEqual([
      { stream: 1, status: 204 },
    ]);
  });

  it("are left out when their status is not known or none", () => {
    expect(hear(headersFrame(1, indexedField(newest)))).toEqual([]);
    expect(hear(headersFrame(1, plainField(":status", "2e2")))).toEqual([]);
    expect(hear(headersFrame(1, plainField(":status", "999")))).toEqual([]);
  });
});
