import { StraycallError } from "../straycall-error.js";

/** Writes numbers as bytes, the low ones first. */
export interface ByteWriter {
  /** A whole number from 0 to 2^28 - 1, in 1 to 4 bytes of 7 bits, the high bit of all but the last set (LEB128). */
  integer(value: number): void;
  /** A single-precision number. */
  single(value: number): void;
  /** All of it in base64. */
  text(): string;
}

export function byteWriter(): ByteWriter {
  const bytes: number[] = [];
  const view = new DataView(new ArrayBuffer(4));
  return {
    integer(value) {
      let rest = value;
      for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
      bytes.push(rest);
    },
    single(value) {
      view.setFloat32(0, value, true);
      for (let at = 0; at < 4; at += 1) bytes.push(view.getUint8(at));
    },
    text() {
      const parts: string[] = [];
      for (let at = 0; at < bytes.length; at += 4096) {
        parts.push(String.fromCharCode(...bytes.slice(at, at + 4096)));
      }
      return btoa(parts.join(""));
    },
  };
}

/** Reads what a {@link ByteWriter} wrote; its methods throw CONFIG_INVALID where that is not there. */
export interface ByteReader {
  integer(): number;
  /** Finite. */
  single(): number;
  isAtEnd(): boolean;
}

export function byteReader(text: string): ByteReader {
  const bytes = decoded(text);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const byte = () => {
    if (at >= bytes.length) throw invalid("ends too soon");
    at += 1;
    return bytes[at - 1] as number;
  };
  return {
    integer() {
      let value = 0;
      for (let shift = 0; shift < 28; shift += 7) {
        const next = byte();
        value |= (next & 127) << shift;
        if (next < 128) return value;
      }
      throw invalid("holds a number that is too large");
    },
    single() {
      if (at + 4 > bytes.length) throw invalid("ends too soon");
      at += 4;
      const value = view.getFloat32(at - 4, true);
      if (!Number.isFinite(value)) throw invalid("holds a number that is not finite");
      return value;
    },
    isAtEnd: () => at === bytes.length,
  };
}

function decoded(text: string): Uint8Array<ArrayBuffer> {
  const characters = charactersOf(text);
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = characters.charCodeAt(at);
  return bytes;
}

function charactersOf(text: string): string {
  try {
    return atob(text);
  } catch (cause) {
    throw invalid("is no base64", cause);
  }
}

function invalid(problem: string, cause?: unknown): StraycallError {
  return new StraycallError("CONFIG_INVALID", `the saved model ${problem}`, { cause });
}
