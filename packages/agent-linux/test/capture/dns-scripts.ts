/* Python that speaks DNS itself, so that it can lie. */

/** Queries, answers, and servers that say what they are told to. */
export const dnsTools = String.raw`
import os, signal, socket, struct, sys, threading, time
signal.alarm(20)
def name_bytes(name): return b"".join(bytes([len(part)]) + part.encode() for part in name.split(".")) + b"\0"
def query(number, name, kind=1, edns=False):
  extra = b"\0\0\x29\x04\xd0\0\0\0\0\0\0" if edns else b""
  return struct.pack("!HHHHHH", number, 0x100, 1, 0, 0, 1 if edns else 0) + name_bytes(name) + struct.pack("!HH", kind, 1) + extra
def record(name, kind, data, ttl=60): return name_bytes(name) + struct.pack("!HHIH", kind, 1, ttl, len(data)) + data
def response(number, name, records, kind=1, along=[], flags=0x8180):
  head = struct.pack("!HHHHHH", number, flags, 1, len(records), 0, len(along))
  return head + name_bytes(name) + struct.pack("!HH", kind, 1) + b"".join(records) + b"".join(along)
def address(name, target): return record(name, 1, socket.inet_aton(target))
def udp(): return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
def serve(host, port, reply):
  s = udp(); s.bind((host, port))
  def run():
    while True:
      message, peer = s.recvfrom(4096)
      for each in reply(message): s.sendto(each, peer)
  threading.Thread(target=run, daemon=True).start()
  return s.getsockname()[1]
def ask(host, port, message):
  s = udp(); s.settimeout(3); s.connect((host, port)); s.send(message)
  return s, s.recv(4096)
def call(target, s=None): (s or socket.socket()).connect_ex((target, 9))
def spoof(source, port, target, message):
  """An answer that says it comes from elsewhere."""
  raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, 255)
  size = 8 + len(message)
  ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + size, 0, 0, 64, 17, 0, socket.inet_aton(source), socket.inet_aton(target[0]))
  raw.sendto(ip + struct.pack("!HHHH", port, target[1], size, 0) + message, (target[0], 0))
def own_network():
  import ctypes, fcntl
  assert ctypes.CDLL(None).unshare(0x40000000) == 0
  fcntl.ioctl(udp(), 0x8914, struct.pack("16sH14x", b"lo", 1))
def child(work):
  pid = os.fork()
  if pid == 0:
    try: work()
    except BaseException as error: print(type(error).__name__, error, flush=True); os._exit(1)
    os._exit(0)
  if os.waitpid(pid, 0)[1]: print("failed", work.__name__, flush=True)
`;
