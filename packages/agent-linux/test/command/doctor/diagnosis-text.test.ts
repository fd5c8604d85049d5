import { describe, expect, it } from "vitest";
import { diagnosisText } from "../../../src/command/doctor/diagnosis-text.js";

const machine = { platform: "linux", arch: "x64", kernel: "6.1.0" };

describe("a diagnosis in words", () => {
  it("says why a way does not work, with what to do", () => {
    const text = diagnosisText({
      machine,
      capture: "none",
      refused: { kernel: ["No BPF; run it as root."], polling: ["/proc cannot be read."] },
      findings: [],
      blindSpots: [],
    });
    expect(text).toBe(`Linux 6.1.0, x64

Programs in the kernel do not work here:
- No BPF; run it as root.

Polling /proc does not work here:
- /proc cannot be read.

This machine cannot capture.
`);
  });

  it("shows hostile text as what it is, and breaks lines", () => {
    const text = diagnosisText({
      machine,
      capture: "polling",
      refused: { kernel: ["\u001b[2J\u202e gone"] },
      findings: [{ capability: "TCP", answer: "no", detail: "seen less ".repeat(30) }],
      blindSpots: ["word ".repeat(60)],
    });
    expect(text).not.toMatch(/[^\n\P{Cc}]|\p{Bidi_Control}/u);
    expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});
