/**
 * The programs of bpf/capture.bpf.c, in the order they are attached: what tells of processes before what tells of
 * their calls. A program that has a blind spot can be done without; the sentence says what goes unseen then.
 */
export interface CaptureProgram {
  name: string;
  blindSpot?: string;
}

export const capturePrograms: readonly CaptureProgram[] = [
  { name: "on_exec" },
  {
    name: "on_fork",
    blindSpot: "Processes that start and run no program of their own are not told apart.",
  },
  { name: "on_new_cgroup", blindSpot: "The names of short-lived cgroups are not seen." },
  { name: "on_exit", blindSpot: "The end of processes is not seen." },
  { name: "on_connect_exit", blindSpot: "Calls that fail without a packet do not say why." },
  { name: "on_tcp_state", blindSpot: "Whether TCP calls succeed, and their bytes, are not seen." },
  { name: "on_release", blindSpot: "The end and the bytes of UDP calls are not seen." },
  {
    name: "on_egress",
    blindSpot: "Connected UDP, raw and ICMP calls, TLS names and HTTP requests are not seen.",
  },
  { name: "on_ingress", blindSpot: "Answers of DNS servers are not seen." },
  { name: "on_connect4" },
  { name: "on_connect6", blindSpot: "Calls over IPv6 by TCP and connected UDP are not seen." },
  { name: "on_sendmsg4", blindSpot: "Unconnected UDP calls are not seen." },
  { name: "on_sendmsg6", blindSpot: "Unconnected UDP calls over IPv6 are not seen." },
  {
    name: "on_completion",
    blindSpot: "Calls by io_uring that fail without a packet do not say why.",
  },
  { name: "on_frame", blindSpot: "Frames that packet sockets send are not seen." },
  { name: "on_socket", blindSpot: "That an AF_XDP socket was made is not seen." },
  { name: "on_setsockopt", blindSpot: "That a packet socket goes past the queue is not seen." },
  {
    name: "on_lookup",
    blindSpot: "Names from /etc/hosts and local resolver services are not seen.",
  },
  {
    name: "on_lookup_return",
    blindSpot: "Addresses from /etc/hosts and local resolver services are not seen.",
  },
  // Last: what connects meanwhile is told by the others.
  { name: "on_open_file", blindSpot: "TCP connections from before the start are not seen." },
];
