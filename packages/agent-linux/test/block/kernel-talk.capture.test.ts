import { beforeAll, describe, expect, it } from "vitest";
import { ofType, type RecordOptions, record, requireRoot } from "../capture/record.js";

const [near, far] = ["2001:db8:78::1", "2001:db8:78::2"];

/** Two network namespaces that the job makes, with a wire between them, and one call over it. */
const job = `
PATH=/usr/sbin:/usr/bin:/sbin:/bin
unshare -n sleep 20 &
other=/proc/$!/ns/net
while [ "$(readlink $other)" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done
ip link add near type veth peer far netns $!
ip address add ${near}/64 dev near nodad
ip link set near up
nsenter --net=$other ip address add ${far}/64 dev far nodad
nsenter --net=$other ip link set far up
nsenter --net=$other python3 -c '
import socket
server = socket.create_server(("${far}", 5010), family=socket.AF_INET6)
server.settimeout(15)
server.accept()' &
sleep 2 # also for the addresses that the kernel gives itself
python3 -c '
import socket
socket.create_connection(("${far}", 5010), 5)
print("reached")'
kill %1
wait`;

const makeJob = (options: RecordOptions) =>
  record(["/usr/bin/unshare", "--net", "/bin/bash", "-c", job], options);

/** The kernel looks for neighbours and tells of groups by raw sockets that count to whoever made the namespace. */
describe("what the kernel itself says in a network namespace that the job made", () => {
  beforeAll(requireRoot);

  it("is no call of the job", async () => {
    const recording = await makeJob({});
    expect(recording.output.trim()).toBe("reached");
    const calls = ofType(recording, "network.connect");
    expect(calls.map(({ destination }) => destination.ip)).toEqual([far]);
    expect(ofType(recording, "capture.lost")).toEqual([]);
  });

  it("is not denied: an allowed IPv6 address is reached", async () => {
    const policy = { allow: [`[${far}]:5010`], resolvers: [], loopback: false };
    const recording = await makeJob({ policy });
    expect(recording.output.trim()).toBe("reached");
    const blocked = ofType(recording, "network.result").filter(
      ({ result }) => result === "blocked",
    );
    expect(blocked).toEqual([]);
  });
});
