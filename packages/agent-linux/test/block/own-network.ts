import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A network namespace of the test's own, with whatever arrives there being looked at from outside the run. */
export interface OwnNetwork {
  /** What runs a command inside. */
  enter: readonly string[];
  /** Whom to call; an address of the other end. */
  ipv4: string;
  ipv6: string;
  /** A port where TCP and UDP are listened to. */
  port: number;
  /** What arrived since it was asked last. */
  arrived(): Promise<Arrived>;
  close(): Promise<void>;
}

export interface Arrived {
  connections: number;
  datagrams: number;
  /** `17 10.77.0.2 5010`: protocol, destination and port of each packet on the wire that is none of the kernel's own. */
  packets: string[];
}

const port = 5010;
let networks = 0;

/** Listens to TCP and UDP, and to the wire itself by a packet socket. */
const receiver = `
import json, select, socket, struct, sys
device, port = sys.argv[1], int(sys.argv[2])
tcp = socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True, backlog=4096)
udp = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
udp.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
udp.bind(("::", port))
wire = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(3))
wire.setsockopt(socket.SOL_SOCKET, 33, 1 << 24)
wire.bind((device, 3))
def summary(packet):
  if packet[0] >> 4 == 4:
    head, protocol, target = (packet[0] & 15) * 4, packet[9], socket.inet_ntop(socket.AF_INET, packet[16:20])
  else:
    head, protocol, target = 40, packet[6], socket.inet_ntop(socket.AF_INET6, packet[24:40])
  number = struct.unpack("!H", packet[head + 2:head + 4])[0] if protocol in (6, 17, 132, 136) else 0
  return protocol, target, number
connections = datagrams = 0
packets, kept = [], []
print("ready", flush=True)
while True:
  ready, _, _ = select.select([tcp, udp, wire, sys.stdin], [], [])
  if tcp in ready:
    kept.append(tcp.accept()[0]); connections += 1
  if udp in ready:
    udp.recv(65536); datagrams += 1
  if wire in ready:
    packet, (_, kind, direction, *_) = wire.recvfrom(65536)
    if direction == 4: continue # what this end sends
    if kind not in (0x0800, 0x86dd):
      if kind != 0x0806: packets.append(f"frame {kind:x}")
      continue
    protocol, target, number = summary(packet)
    # Neighbours and groups are the kernel's own talk.
    if protocol == 58 and packet[40] in (133, 134, 135, 136, 143) or protocol == 0 and packet[0] >> 4 == 6: continue
    packets.append(f"{protocol} {target} {number}")
  elif sys.stdin in ready:
    if not sys.stdin.readline(): break
    print(json.dumps({"connections": connections, "datagrams": datagrams, "packets": packets}), flush=True)
    connections = datagrams = 0
    packets = []`;

/** Two namespaces with a wire between them: the run is in one, its destinations in the other. */
export async function wiredNetwork(): Promise<OwnNetwork> {
  const [near, far] = names();
  for (const name of [near, far]) ip("netns", "add", name);
  ip("link", "add", "wire", "netns", near, "type", "veth", "peer", "name", "wire", "netns", far);
  for (const [name, host] of [
    [near, 1],
    [far, 2],
  ] as const) {
    ip("-n", name, "address", "add", `10.77.0.${host}/24`, "dev", "wire");
    ip("-n", name, "address", "add", `2001:db8:77::${host}/64`, "dev", "wire", "nodad");
    ip("-n", name, "link", "set", "lo", "up");
    ip("-n", name, "link", "set", "wire", "up");
  }
  const listening = await listen(far, "wire");
  return {
    ...listening,
    enter: enter(near),
    ipv4: "10.77.0.2",
    ipv6: "2001:db8:77::2",
    async close() {
      await listening.close();
      for (const name of [near, far]) ip("netns", "delete", name);
    },
  };
}

/** One namespace with nothing but loopback. */
export async function loopbackNetwork(): Promise<OwnNetwork> {
  const [name] = names();
  ip("netns", "add", name);
  ip("-n", name, "link", "set", "lo", "up");
  const listening = await listen(name, "lo");
  return {
    ...listening,
    enter: enter(name),
    ipv4: "127.0.0.1",
    ipv6: "::1",
    async close() {
      await listening.close();
      ip("netns", "delete", name);
    },
  };
}

/** `ip netns exec` would hide the cgroups. */
const enter = (name: string) => ["/usr/bin/nsenter", `--net=/run/netns/${name}`];

function names(): [string, string] {
  networks += 1;
  return [`straycall-a-${process.pid}-${networks}`, `straycall-b-${process.pid}-${networks}`];
}

async function listen(namespace: string, device: string) {
  const child = spawn(
    "/usr/sbin/ip",
    [
      ...["netns", "exec", namespace, "/usr/bin/python3", "-c", receiver],
      ...[device, String(port)],
    ],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const nextLine = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error("the receiver ended");
    return value as string;
  };
  await nextLine();
  return {
    port,
    async arrived(): Promise<Arrived> {
      child.stdin.write("\n");
      return JSON.parse(await nextLine());
    },
    async close() {
      const end = once(child, "close");
      child.stdin.end();
      await end;
    },
  };
}

function ip(...args: string[]) {
  execFileSync("/usr/sbin/ip", args);
}
