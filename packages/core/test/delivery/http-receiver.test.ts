import { describe, expect, it } from "vitest";
import { idempotencyHeader } from "../../src/delivery/idempotency-header.js";
import { readAnswer } from "../../src/delivery/read-answer.js";
import { networkReason } from "../../src/display/network-reason.js";

describe("what notifiers over HTTP share", () => {
  it("a key as a header has no line breaks, spaces or halves of characters", () => {
    expect(idempotencyHeader("d1:chat")).toBe("d1:chat");
    expect(idempotencyHeader("a b\r\nBcc: x\ud800é")).toBe("a%20b%0D%0ABcc:%20x%EF%BF%BD%C3%A9");
    expect(idempotencyHeader("x".repeat(10_000))).toHaveLength(512);
  });

  it("an answer is read no further than is shown of it", async () => {
    let chunks = 0;
    async function* endless() {
      for (;;) {
        chunks += 1;
        yield new TextEncoder().encode("é".repeat(100));
      }
    }
    expect((await readAnswer(endless(), 1_000)).length).toBeLessThanOrEqual(1_100);
    expect(chunks).toBeLessThan(20);
    expect(await readAnswer(null, 10)).toBe("");
  });

  it("a failure is told by what lies behind it", () => {
    const refused = Object.assign(new Error(""), { code: "ECONNREFUSED" });
    expect(networkReason(new Error("fetch failed", { cause: refused }))).toBe("ECONNREFUSED");
    const reset = new Error("read ECONNRESET");
    expect(networkReason(new Error("fetch failed", { cause: reset }))).toBe("read ECONNRESET");
    expect([networkReason(new Error("odd")), networkReason("odd")]).toEqual(["odd", "odd"]);
  });
});
