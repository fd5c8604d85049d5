/**
 * Python that writes a program of 200 bytes, without a C library: it sends one byte by UDP to 127.a.b.c port 5014,
 * where a, b and c are the three letters of its first argument. Starting one takes less time than watching it.
 */
export const writeSmallCaller = String.raw`
import itertools, json, os, struct, sys
code = bytes.fromhex("""
  488b5c2410 8b1b c1e308 83cb7f 48c1e320 b802001396 4809c3 31c0 50 53
  b829000000 bf02000000 be02000000 31d2 0f05 89c7
  b82c000000 4889e6 ba01000000 4531d2 4989e0 41b910000000 0f05
  b83c000000 31ff 0f05""")
size = 120 + len(code)
header = struct.pack("<16sHHIQQQIHHHHHH", b"\x7fELF\2\1\1", 2, 62, 1, 0x400078, 64, 0, 0, 64, 56, 1, 0, 0, 0)
segment = struct.pack("<IIQQQQQQ", 1, 5, 0, 0x400000, 0x400000, size, size, 4096)
caller = f"/tmp/straycall-caller-{os.getpid()}"
with open(caller, "wb", opener=lambda name, flags: os.open(name, flags, 0o755)) as file:
  file.write(header + segment + code)
letters = ["".join(each) for each in itertools.product(map(chr, range(65, 91)), repeat=3)] + \
  ["".join(each) for each in itertools.product(map(chr, range(97, 123)), repeat=3)]
def start(name): return os.posix_spawn(caller, [caller, name], {})`;

export const smallCallerPort = 5014;

/** Where the program with this argument sends to. */
export function addressOfName(name: string): string {
  return ["127", ...[...name].map((letter) => letter.charCodeAt(0))].join(".");
}
