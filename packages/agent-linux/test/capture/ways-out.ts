import type { CallCarries } from "@straycall/core";
import {
  clientHello,
  dnsQuery,
  handOver,
  leaveCgroup,
  ownNetwork,
  ring,
  sendmmsg,
  socketBy32BitCall,
  udpDatagram,
  withoutLibc,
} from "./way-out-scripts.js";

/** How one way out is tried, and what the agent must tell of it. */
export interface WayOut {
  way: string;
  /** Python. Knows TCP4 and TCP6, ports where somebody listens, and CLOSED, where nobody does. */
  script: string;
  /** `tcp 127.0.0.1 established`: transport, address and result of each call. */
  calls: readonly string[];
  /** What `capture.lost` must say: the call is not seen, but that something is not seen is. */
  lost?: RegExp;
  /** Why it is not a call, or not seen. */
  reason?: string;
  /** The name that must be told with the address. */
  name?: string;
  /** What is told when nothing may be called, `raw 0.0.0.0`; else the transport and address of each call. */
  denied?: readonly string[];
  /** The packet socket is made by another call than socket(2). */
  isMadeAside?: boolean;
  /** The socket comes from outside the cgroup. */
  isForeign?: boolean;
  /** What a resolver is asked on the call, which must be told. */
  asks?: string;
  /** How core must mark the call, if it carries questions that cannot be read. */
  marked?: CallCarries;
}

const connect = `socket.create_connection(("127.0.0.1", TCP4))`;
const tcp4 = "tcp 127.0.0.1 established";
const udp4 = "udp 127.0.0.1";
/** A socket that may not be made has no destination yet. */
const deniedSocket = ["raw 0.0.0.0"];

export const waysOut: readonly WayOut[] = [
  { way: "TCP, IPv4", script: connect, calls: [tcp4] },
  {
    way: "TCP, IPv6",
    script: `socket.create_connection(("::1", TCP6))`,
    calls: ["tcp ::1 established"],
  },
  {
    way: "TCP, IPv4 through an IPv6 socket",
    script: `socket.socket(socket.AF_INET6).connect(("::ffff:127.0.0.1", TCP4))`,
    calls: [tcp4],
  },
  {
    way: "TCP, a name from /etc/hosts",
    script: `socket.create_connection((socket.getaddrinfo("localhost", TCP4, socket.AF_INET)[0][4]))`,
    calls: [tcp4],
    name: "localhost",
  },
  {
    way: "DNS over UDP",
    script: `${dnsQuery}
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(question, ("127.0.0.1", 5010))`,
    calls: [udp4],
    asks: "asked.example.test TXT",
  },
  {
    way: "DNS over TCP",
    script: `${dnsQuery}
socket.create_connection(("127.0.0.1", TCP4)).send(struct.pack("!H", len(question)) + question)`,
    calls: [tcp4],
    asks: "asked.example.test TXT",
  },
  {
    way: "DNS over TLS",
    script: `${clientHello}
socket.create_connection(("127.0.0.1", TCP4)).send(hello("dot"))`,
    calls: [tcp4],
    marked: "dns-over-tls",
    reason: "marked as such; what is asked is encrypted",
  },
  {
    way: "DNS over HTTPS, where the request can be read",
    script: `socket.create_connection(("127.0.0.1", TCP4)).send(b"POST /dns-query HTTP/1.1\\r\\nHost: dns.example.test\\r\\n\\r\\n")`,
    calls: [tcp4],
    marked: "dns-over-https",
    reason: "marked as such; what is asked is not told",
  },
  {
    way: "TCP, refused",
    script: `socket.socket().connect_ex(("127.0.0.1", CLOSED))`,
    calls: ["tcp 127.0.0.1 refused"],
  },
  {
    way: "TCP Fast Open (sendto)",
    script: `socket.socket().sendto(b"x", 0x20000000, ("127.0.0.1", TCP4))`,
    calls: [tcp4],
  },
  {
    way: "Multipath TCP",
    script: `socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262).connect(("127.0.0.1", TCP4))`,
    calls: [tcp4],
  },
  {
    way: "UDP, sendto",
    script: `socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 5010))`,
    calls: [udp4],
  },
  {
    way: "UDP, sendmsg",
    script: `socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendmsg([b"x"], [], 0, ("127.0.0.1", 5010))`,
    calls: [udp4],
  },
  { way: "UDP, sendmmsg", script: sendmmsg, calls: [udp4] },
  {
    way: "UDP, connected",
    script: `
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect(("127.0.0.1", 5010)); s.send(b"x")`,
    calls: [udp4],
  },
  {
    way: "UDP, IPv6",
    script: `socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).sendto(b"x", ("::1", 5010))`,
    calls: ["udp ::1"],
  },
  {
    way: "UDP, IPv4 through an IPv6 socket",
    script: `socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).sendto(b"x", ("::ffff:127.0.0.1", 5010))`,
    calls: [udp4],
  },
  {
    way: "UDP-Lite",
    script: `socket.socket(socket.AF_INET, socket.SOCK_DGRAM, 136).sendto(b"x", ("127.0.0.1", 5010))`,
    calls: [udp4],
  },
  {
    way: "ICMP, datagram socket",
    script: `${ownNetwork}
open("/proc/sys/net/ipv4/ping_group_range", "w").write("0 0")
socket.socket(socket.AF_INET, socket.SOCK_DGRAM, 1).sendto(b"\\x08" + bytes(7), ("127.0.0.1", 0))`,
    calls: ["icmp 127.0.0.1"],
  },
  {
    way: "ICMP, raw socket",
    script: `socket.socket(socket.AF_INET, socket.SOCK_RAW, 1).sendto(b"\\x08" + bytes(7), ("127.0.0.1", 0))`,
    calls: ["icmp 127.0.0.1"],
  },
  {
    way: "ICMPv6, raw socket",
    script: `socket.socket(socket.AF_INET6, socket.SOCK_RAW, 58).sendto(b"\\x80" + bytes(7), ("::1", 0))`,
    calls: ["icmp ::1"],
  },
  {
    way: "raw IPv4, own header, UDP inside",
    script: `${udpDatagram}
socket.socket(socket.AF_INET, socket.SOCK_RAW, 255).sendto(ip4("127.0.0.5") + udp, ("127.0.0.5", 0))`,
    calls: ["udp 127.0.0.5"],
  },
  {
    way: "raw IPv4, a protocol of its own",
    script: `socket.socket(socket.AF_INET, socket.SOCK_RAW, 253).sendto(b"x", ("127.0.0.1", 0))`,
    calls: ["raw 127.0.0.1"],
  },
  {
    way: "raw IPv6",
    script: `socket.socket(socket.AF_INET6, socket.SOCK_RAW, 253).sendto(b"x", ("::1", 0))`,
    calls: ["raw ::1"],
  },
  {
    way: "SCTP, from a raw socket",
    script: `socket.socket(socket.AF_INET, socket.SOCK_RAW, 132).sendto(struct.pack("!HHII", 999, 5010, 0, 0), ("127.0.0.1", 0))`,
    calls: ["sctp 127.0.0.1"],
  },
  {
    way: "TCP, a raw socket that pretends to answer",
    script: `
segment = struct.pack("!HHIIBBHHH", 999, 5010, 1, 1, 0x50, 0x18, 512, 0, 0) + b"x"
socket.socket(socket.AF_INET, socket.SOCK_RAW, 6).sendto(segment, ("127.0.0.6", 0))`,
    calls: ["tcp 127.0.0.6"],
  },
  {
    way: "raw IPv4, own header that says IPv6",
    script: `${udpDatagram}
packet = bytearray(ip4("127.0.0.5") + udp)
packet[0] = 0x65
socket.socket(socket.AF_INET, socket.SOCK_RAW, 255).sendto(packet + bytes(20), ("127.0.0.5", 0))`,
    calls: [],
    lost: /packets that could not be read/,
    reason: "no host takes it, only a listener on the link; counted as lost",
  },
  {
    way: "io_uring: connect and send",
    script: `${ring}
s = socket.socket()
assert ring_connect(s, "127.0.0.1", TCP4) == 0
data = ctypes.create_string_buffer(b"x")
assert submit(26, s, ctypes.addressof(data), 1) == 1`,
    calls: [tcp4],
  },
  {
    way: "io_uring: connect in a kernel worker",
    script: `${ring}
assert ring_connect(socket.socket(), "127.0.0.1", TCP4, ASYNC) == 0`,
    calls: [tcp4],
  },
  {
    way: "io_uring: refused",
    script: `${ring}
assert ring_connect(socket.socket(), "127.0.0.1", CLOSED) == -111`,
    calls: ["tcp 127.0.0.1 refused"],
  },
  {
    way: "io_uring: no route",
    script: `${ring}
${ownNetwork}
s = socket.socket()
assert ring_connect(s, "192.0.2.1", 443) == -101
assert ring_connect(socket.socket(), "192.0.2.2", 443, ASYNC) == -101`,
    calls: ["tcp 192.0.2.1 unreachable", "tcp 192.0.2.2 unreachable"],
    denied: ["tcp 192.0.2.1"],
  },
  {
    way: "io_uring: UDP sendmsg",
    script: `${ring}
target = ctypes.create_string_buffer(struct.pack("=HH4s8x", 2, socket.htons(5010), socket.inet_aton("127.0.0.1")))
data = ctypes.create_string_buffer(b"x")
vector = ctypes.create_string_buffer(struct.pack("QQ", ctypes.addressof(data), 1))
message = ctypes.create_string_buffer(struct.pack("QIxxxxQQQQi", ctypes.addressof(target), 16, ctypes.addressof(vector), 1, 0, 0, 0) + bytes(8))
assert submit(9, socket.socket(socket.AF_INET, socket.SOCK_DGRAM), ctypes.addressof(message), 1) == 1`,
    calls: [udp4],
  },
  {
    way: "a thread",
    script: `t = threading.Thread(target=lambda: ${connect}); t.start(); t.join()`,
    calls: [tcp4],
  },
  {
    way: "a child that runs no program",
    script: `${handOver}
child(lambda: ${connect})`,
    calls: [tcp4],
  },
  { way: "another user", script: `os.setuid(65534)\n${connect}`, calls: [tcp4] },
  {
    way: "another network namespace",
    script: `${ownNetwork}
socket.socket().connect_ex(("127.0.0.1", CLOSED))`,
    calls: ["tcp 127.0.0.1 refused"],
  },
  {
    way: "a socket handed over (SCM_RIGHTS), then connected",
    script: `${handOver}
def send():
  s = socket.socket()
  socket.send_fds(yours, [b"x"], [s.fileno()])
child(send)
_, [fd], _, _ = socket.recv_fds(mine, 1, 1)
socket.socket(fileno=fd).connect(("127.0.0.1", TCP4))`,
    calls: [tcp4],
  },
  {
    way: "an inherited socket, connected by another program",
    script: `
s = socket.socket()
s.set_inheritable(True)
code = f"import socket; socket.socket(fileno={s.fileno()}).connect(('127.0.0.1', {TCP4}))"
os.waitpid(os.posix_spawn(sys.executable, ["python3", "-c", code, sys.argv[1]], os.environ), 0)`,
    calls: [tcp4],
  },
  ...(process.arch === "x64"
    ? [{ way: "a static program without a C library", script: withoutLibc, calls: [tcp4] }]
    : []),
  {
    way: "AF_PACKET, raw frames, IPv4",
    script: `${udpDatagram}
s = packet_socket()
for _ in range(3): s.send(frame(0x0800, ip4("192.0.2.7") + udp))`,
    denied: deniedSocket,
    calls: ["raw 192.0.2.7"],
  },
  {
    way: "AF_PACKET, IPv4 in a VLAN",
    script: `${udpDatagram}
packet_socket().send(frame(0x8100, b"\\0\\5\\x08\\0" + ip4("192.0.2.8") + udp))`,
    denied: deniedSocket,
    calls: ["raw 192.0.2.8"],
  },
  {
    way: "AF_PACKET, raw frames, IPv6",
    script: `${udpDatagram}
packet = struct.pack("!IHBB", 0x60000000, 8, 17, 64) + socket.inet_pton(socket.AF_INET6, "::1") + socket.inet_pton(socket.AF_INET6, "2001:db8::5")
packet_socket().send(frame(0x86dd, packet + udp))`,
    denied: deniedSocket,
    calls: ["raw 2001:db8::5"],
  },
  {
    way: "AF_PACKET, datagrams",
    script: `${udpDatagram}
socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0).sendto(ip4("192.0.2.9") + udp, ("lo", 0x0800))`,
    denied: deniedSocket,
    calls: ["raw 192.0.2.9"],
  },
  {
    way: "AF_PACKET, by the obsolete SOCK_PACKET",
    script: `${udpDatagram}
import ctypes
packet = frame(0x0800, ip4("192.0.2.13") + udp)
device = struct.pack("=H14sH", 17, b"lo", 0)
s = socket.socket(socket.AF_INET, 10, 0)
assert ctypes.CDLL(None).sendto(s.fileno(), packet, len(packet), 0, device, len(device)) == len(packet)`,
    denied: deniedSocket,
    calls: ["raw 192.0.2.13"],
  },
  {
    way: "AF_PACKET, made by io_uring",
    script: `${udpDatagram}
${ring}
class Family: fileno = lambda self: socket.AF_PACKET
made = submit(45, Family(), 0, 0, socket.SOCK_RAW)
assert made >= 0
s = socket.socket(fileno=made)
s.bind(("lo", 0))
s.send(frame(0x0800, ip4("192.0.2.14") + udp))`,
    denied: deniedSocket,
    isMadeAside: true,
    calls: ["raw 192.0.2.14"],
  },
  ...(process.arch === "x64"
    ? [
        {
          way: "AF_PACKET, made by a 32-bit call",
          script: `${udpDatagram}
${socketBy32BitCall}
s = socket.socket(fileno=make_socket(socket.AF_PACKET, socket.SOCK_RAW, 0))
s.bind(("lo", 0))
s.send(frame(0x0800, ip4("192.0.2.15") + udp))`,
          denied: deniedSocket,
          isMadeAside: true,
          calls: ["raw 192.0.2.15"],
        },
      ]
    : []),
  {
    way: "AF_PACKET, IPv4 that is called ARP",
    script: `${udpDatagram}
packet = frame(0x0800, ip4("192.0.2.11") + udp)
socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0).sendto(packet, ("lo", 0x0806))`,
    denied: deniedSocket,
    calls: ["raw 192.0.2.11"],
  },
  {
    way: "AF_PACKET, frames that hold no IP",
    script: `${udpDatagram}
packet_socket().send(frame(0x1234, b"x" * 40))`,
    denied: deniedSocket,
    calls: [],
    lost: /frames of packet sockets/,
    reason: "no address to tell; counted as lost",
  },
  {
    way: "AF_PACKET, a mapped ring (PACKET_TX_RING)",
    script: `${udpDatagram}
import mmap
s = packet_socket()
s.setsockopt(263, 13, struct.pack("IIII", 4096, 1, 2048, 2))
sent = frame(0x0800, ip4("192.0.2.12") + udp)
ring = mmap.mmap(s.fileno(), 4096)
ring[32:32 + len(sent)] = sent
struct.pack_into("I", ring, 8, len(sent))
struct.pack_into("Q", ring, 0, 1)
assert s.send(b"") == len(sent)`,
    denied: deniedSocket,
    calls: [],
    lost: /frames of packet sockets/,
    reason: "the address is not where a program can read it; counted as lost",
  },
  {
    way: "AF_PACKET past the queue (PACKET_QDISC_BYPASS)",
    script: `${udpDatagram}
s = packet_socket()
s.setsockopt(263, 20, 1)
s.send(frame(0x0800, ip4("192.0.2.10") + udp))`,
    denied: deniedSocket,
    calls: [],
    lost: /PACKET_QDISC_BYPASS/,
    reason: "the device gets the frames directly; the socket is counted as lost",
  },
  {
    way: "AF_XDP",
    script: `
try: socket.socket(44, socket.SOCK_RAW)
except OSError: pass`,
    denied: deniedSocket,
    calls: [],
    lost: /AF_XDP/,
    reason: "the device reads the frames from memory; the socket is counted as lost",
  },
  {
    way: "a container on this machine: its own cgroup and namespaces, the host's network",
    script: `${leaveCgroup}
import ctypes
box = root + mine + "/docker-" + "c0" * 32 + ".scope"
os.mkdir(box)
if os.fork() == 0:
  enter(box)
  assert ctypes.CDLL(None).unshare(0x0e020000) == 0
  ${connect}
  os._exit(0)
os.wait()
os.rmdir(box)`,
    calls: [tcp4],
  },
  {
    way: "AF_PPPOX",
    script: `
try: socket.socket(24, socket.SOCK_STREAM)
except OSError: pass`,
    denied: deniedSocket,
    calls: [],
    reason: "frames to a neighbour's hardware address; this kernel is built without it",
  },
  {
    way: "a TCP socket made outside the cgroup, connected inside",
    script: `${leaveCgroup}
enter(root)
s = socket.socket()
enter(root + mine)
s.connect(("127.0.0.1", TCP4))`,
    isForeign: true,
    calls: [tcp4],
  },
  {
    way: "a UDP socket made outside the cgroup",
    script: `${leaveCgroup}
enter(root)
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
enter(root + mine)
s.sendto(b"x", ("127.0.0.1", 5010))`,
    isForeign: true,
    denied: [udp4],
    calls: [],
    reason: "a socket counts to the cgroup it was made in; it takes root to leave",
  },
  {
    way: "a Unix socket",
    script: `socket.socket(socket.AF_UNIX).connect_ex("\\0nobody")`,
    calls: [],
    reason: "not a network call",
  },
  {
    way: "vsock",
    script: `
s = socket.socket(socket.AF_VSOCK)
s.setblocking(False)
s.connect_ex((2, 5010))`,
    denied: deniedSocket,
    calls: [],
    reason: "to the machine's own host, not a network call",
  },
];
