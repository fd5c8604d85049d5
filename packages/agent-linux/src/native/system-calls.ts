const numbers = {
  x64: {
    bpf: 321,
    capset: 126,
    exit_group: 231,
    perf_event_open: 298,
    prctl: 157,
    prlimit64: 302,
    seccomp: 317,
  },
  arm64: {
    bpf: 280,
    capset: 91,
    exit_group: 94,
    perf_event_open: 241,
    prctl: 167,
    prlimit64: 261,
    seccomp: 277,
  },
};

/** Numbers of the system calls that Node has no name for. @throws Error where there is no program for it anyway. */
export function systemCalls(): (typeof numbers)["x64"] {
  if (process.arch === "x64" || process.arch === "arm64") return numbers[process.arch];
  throw new Error(`unsupported processor: ${process.arch}`);
}
