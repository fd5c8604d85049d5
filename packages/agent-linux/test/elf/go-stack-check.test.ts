import { describe, expect, it } from "vitest";
import { machine } from "../../src/elf/elf-tables.js";
import { stackCheckSize } from "../../src/elf/go-stack-check.js";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");

describe("the check of the stack, with which functions of Go begin", () => {
  it("is known on x64, for small frames and large ones, with a short jump and a long one", () => {
    const small = hex("49 3b 66 10 0f 86 15 01 00 00 48 83 ec 58");
    const short = hex("49 3b 66 10 76 1e 48 83 ec 18");
    const large = hex("4c 8d 64 24 98 4d 3b 66 10 0f 86 64 07 00 00 48 81 ec e8 00 00 00");
    const larger = hex("4c 8d a4 24 00 ff ff ff 4d 3b 66 10 0f 86 64 07 00 00 48 81 ec");
    const sizes = [small, short, large, larger].map((code) => stackCheckSize(code, machine.x64));
    expect(sizes).toEqual([10, 6, 15, 18]);
  });

  it("is known on arm64, for small frames and large ones", () => {
    const small = hex("900b40f9 ff6330eb 69010054 fe0f1cf8");
    const large = hex("900b40f9 f1c301d1 3f0210eb 69300054 fe0f11f8");
    expect([small, large].map((code) => stackCheckSize(code, machine.arm64))).toEqual([12, 16]);
  });

  it("is not found in other code", () => {
    const library = hex("f3 0f 1e fa 55 48 89 e5 41 57 41 56 41 55 41 54 53 48 83 ec 28");
    for (const processor of [machine.x64, machine.arm64, 3]) {
      expect(stackCheckSize(library, processor)).toBeUndefined();
      expect(stackCheckSize(Buffer.alloc(0), processor)).toBeUndefined();
      expect(stackCheckSize(hex("49 3b 66 10 0f 86"), processor)).toBeUndefined();
      expect(stackCheckSize(hex("900b40f9"), processor)).toBeUndefined();
    }
  });
});
