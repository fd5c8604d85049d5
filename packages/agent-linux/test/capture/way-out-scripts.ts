/* Python that several ways out begin with, or that is long. */

export const udpDatagram = String.raw`
def ip4(target): return struct.pack("!BBHHHBBH4s4s", 0x45, 0, 28, 0, 0, 64, 17, 0, socket.inet_aton("127.0.0.1"), socket.inet_aton(target))
udp = struct.pack("!HHHH", 999, 5010, 8, 0)
frame = lambda kind, packet: b"\0" * 12 + struct.pack("!H", kind) + packet
def packet_socket():
  s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
  s.bind(("lo", 0))
  return s`;

/** A question that may as well be data on its way out. */
export const dnsQuery = String.raw`
question = struct.pack("!HHHHHH", 7, 0x100, 1, 0, 0, 0) + b"\5asked\7example\4test\0" + struct.pack("!HH", 16, 1)`;

export const clientHello = `
import ssl
def hello(protocol):
  context = ssl.create_default_context()
  context.set_alpn_protocols([protocol])
  out = ssl.MemoryBIO()
  try: context.wrap_bio(ssl.MemoryBIO(), out, server_hostname="dns.example.test").do_handshake()
  except ssl.SSLWantReadError: pass
  return out.read()`;

export const handOver = `
mine, yours = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
def child(work):
  pid = os.fork()
  if pid == 0:
    work()
    os._exit(0)
  os.waitpid(pid, 0)`;

/** io_uring(7) without a library: one entry at a time, and its result. Numbers are the same on x64 and arm64. */
export const ring = String.raw`
import ctypes, mmap
libc = ctypes.CDLL(None, use_errno=True)
parameters = bytearray(120)
fd = libc.syscall(425, 8, (ctypes.c_char * 120).from_buffer(parameters))
if fd < 0: raise OSError(ctypes.get_errno(), "io_uring_setup")
entries, completions = struct.unpack_from("II", parameters)
sq = struct.unpack_from("IIIIIII", parameters, 40)
cq = struct.unpack_from("IIIIIII", parameters, 80)
area = mmap.mmap(fd, max(sq[6] + entries * 4, cq[5] + completions * 16), offset=0)
table = mmap.mmap(fd, entries * 64, offset=0x10000000)
def submit(opcode, s, address=0, length=0, offset=0, flags=0):
  tail, = struct.unpack_from("I", area, sq[1])
  index = tail % entries
  table[index * 64:(index + 1) * 64] = struct.pack("BBHiQQIIQ", opcode, flags, 0, s.fileno(), offset, address, length, 0, 0).ljust(64, b"\0")
  struct.pack_into("I", area, sq[6] + 4 * index, index)
  struct.pack_into("I", area, sq[1], tail + 1)
  if libc.syscall(426, fd, 1, 1, 1, None, 0) < 0: raise OSError(ctypes.get_errno(), "io_uring_enter")
  head, = struct.unpack_from("I", area, cq[0])
  _, result, _ = struct.unpack_from("QiI", area, cq[5] + 16 * (head % completions))
  struct.pack_into("I", area, cq[0], head + 1)
  return result
def ring_connect(s, target, port, flags=0):
  name = ctypes.create_string_buffer(struct.pack("=HH4s8x", 2, socket.htons(port), socket.inet_aton(target)))
  return submit(16, s, ctypes.addressof(name), 0, 16, flags)
ASYNC = 16`;

/** socketcall(2) by `int $0x80`, which a 64-bit program may use as well; what it points to must be in low memory. */
export const socketBy32BitCall = `
import ctypes
libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
page = libc.mmap(None, 4096, 7, 0x62, -1, 0)
assert page < 1 << 31
code = bytes.fromhex("53 b866000000 bb01000000 b9") + struct.pack("I", page) + bytes.fromhex("cd80 5b c3")
ctypes.memmove(page + 64, code, len(code))
def make_socket(*arguments):
  ctypes.memmove(page, struct.pack("III", *arguments), 12)
  made = ctypes.CFUNCTYPE(ctypes.c_int)(page + 64)()
  assert made >= 0
  return made`;

export const ownNetwork = `
import ctypes, fcntl
assert ctypes.CDLL(None).unshare(0x40000000) == 0
fcntl.ioctl(socket.socket(socket.AF_INET, socket.SOCK_DGRAM), 0x8914, struct.pack("16sH14x", b"lo", 1))`;

/** An ELF file made by hand: socket, connect, exit, and no C library. */
export const withoutLibc = String.raw`
address = struct.pack("=HH4s8x", 2, socket.htons(TCP4), socket.inet_aton("127.0.0.1"))
code = bytes.fromhex("b829000000 bf02000000 be01000000 31d2 0f05 89c7 b82a000000 488d3510000000 ba10000000 0f05 b83c000000 31ff 0f05") + address
size = 120 + len(code)
header = struct.pack("<16sHHIQQQIHHHHHH", b"\x7fELF\2\1\1", 2, 62, 1, 0x400078, 64, 0, 0, 64, 56, 1, 0, 0, 0)
segment = struct.pack("<IIQQQQQQ", 1, 5, 0, 0x400000, 0x400000, size, size, 4096)
path = f"/tmp/straycall-static-{os.getpid()}"
with open(path, "wb", opener=lambda name, flags: os.open(name, flags, 0o755)) as file: file.write(header + segment + code)
pid = os.posix_spawn(path, [path, sys.argv[1]], {})
os.waitpid(pid, 0)
os.unlink(path)`;

export const sendmmsg = `
import ctypes, platform
number = 307 if platform.machine() == "x86_64" else 269
target = ctypes.create_string_buffer(struct.pack("=HH4s8x", 2, socket.htons(5010), socket.inet_aton("127.0.0.1")))
data = ctypes.create_string_buffer(b"x")
vector = ctypes.create_string_buffer(struct.pack("QQ", ctypes.addressof(data), 1))
message = ctypes.create_string_buffer(struct.pack("QIxxxxQQQQiI", ctypes.addressof(target), 16, ctypes.addressof(vector), 1, 0, 0, 0, 0) + bytes(8))
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
assert ctypes.CDLL(None).syscall(number, s.fileno(), message, 1, 0) == 1`;

export const leaveCgroup = `
root = "/sys/fs/cgroup" + ("/unified" if os.path.isdir("/sys/fs/cgroup/unified") else "")
mine = [line.strip()[3:] for line in open("/proc/self/cgroup") if line.startswith("0::")][0]
def enter(folder): open(folder + "/cgroup.procs", "w").write(str(os.getpid()))`;
