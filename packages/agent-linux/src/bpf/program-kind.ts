/** How a program is loaded and attached, by the section it is in, as libbpf names them. */
export interface ProgramKind {
  /** `BPF_PROG_TYPE_*` */
  type: number;
  /** `BPF_CGROUP_*`, `BPF_TRACE_RAW_TP`, `BPF_TRACE_ITER` or `BPF_MODIFY_RETURN`: expected at load, and where it attaches. */
  attachType: number;
  attachedTo:
    | "cgroup"
    | "kernel-function"
    | "kernel-iterator"
    | "kernel-tracepoint"
    | "tracepoint"
    | "user-function";
}

const tracing = 26;
const cgroupSkb = 8;
const cgroupSock = 9;
const cgroupSockAddr = 18;

const kinds: readonly (readonly [prefix: string, kind: ProgramKind])[] = [
  ["tp_btf/", { type: tracing, attachType: 23, attachedTo: "kernel-tracepoint" }],
  ["fmod_ret/", { type: tracing, attachType: 26, attachedTo: "kernel-function" }],
  ["iter/", { type: tracing, attachType: 28, attachedTo: "kernel-iterator" }],
  ["tracepoint/", { type: 5, attachType: 0, attachedTo: "tracepoint" }],
  ["uprobe/", { type: 2, attachType: 0, attachedTo: "user-function" }],
  ["uretprobe/", { type: 2, attachType: 0, attachedTo: "user-function" }],
  ["cgroup_skb/ingress", { type: cgroupSkb, attachType: 0, attachedTo: "cgroup" }],
  ["cgroup_skb/egress", { type: cgroupSkb, attachType: 1, attachedTo: "cgroup" }],
  ["cgroup/connect4", { type: cgroupSockAddr, attachType: 10, attachedTo: "cgroup" }],
  ["cgroup/connect6", { type: cgroupSockAddr, attachType: 11, attachedTo: "cgroup" }],
  ["cgroup/sendmsg4", { type: cgroupSockAddr, attachType: 14, attachedTo: "cgroup" }],
  ["cgroup/sendmsg6", { type: cgroupSockAddr, attachType: 15, attachedTo: "cgroup" }],
  ["cgroup/sock_release", { type: cgroupSock, attachType: 34, attachedTo: "cgroup" }],
];

export function programKind(section: string): ProgramKind | undefined {
  return kinds.find(([prefix]) => section.startsWith(prefix))?.[1];
}
