import { describe, expect, it } from "vitest";
import { frameSplitter, maxFrame, writeFrame } from "../../src/link/frame.js";

const frames = [
  { kind: 2, json: '["é","x"]' },
  { kind: 7, json: "null" },
  { kind: 3, json: "" },
];
const bytes = Buffer.concat(frames.map(({ kind, json }) => writeFrame(kind, json)));

describe("frames", () => {
  it("come out as they went in, wherever the stream is cut", () => {
    for (let size = 1; size <= bytes.length; size++) {
      const split = frameSplitter();
      const heard = [];
      for (let at = 0; at < bytes.length; at += size) {
        heard.push(...split(bytes.subarray(at, at + size)));
      }
      expect(heard).toEqual(frames);
    }
  });

  it("are refused when they are too large, before they are there", () => {
    const header = Buffer.alloc(5);
    header.writeUInt32LE(maxFrame + 1, 0);
    expect(() => frameSplitter()(header)).toThrow("too large");
  });
});
