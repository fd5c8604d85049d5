import type { AttachedProgram } from "../bpf/attached-program.js";
import { KernelRefusal } from "../bpf/bpf-call.js";
import { describeProgram, findProgram, programsOfCgroup } from "../bpf/describe.js";
import type { LoadedProgram } from "../bpf/load-object.js";
import type { Look } from "./look.js";

/** `BPF_CGROUP_*` of the places where a program can send a call somewhere else. */
const places: ReadonlyMap<number, string> = new Map([
  [10, "connect4"],
  [11, "connect6"],
  [14, "sendmsg4"],
  [15, "sendmsg6"],
]);

/**
 * Finds programs of others that run after ours and could send a call elsewhere than what we told. Those that run
 * before ours are seen through: what they made of a call is what we tell.
 */
export function laterProgramWatch(
  cgroupFd: number,
  attached: readonly AttachedProgram[],
  programs: readonly LoadedProgram[],
): Look {
  const own = programs.map(({ fd }) => describeProgram(fd));
  const ids = new Set(own.map(({ id }) => id));
  const tags = new Set(own.map(({ tag }) => tag));
  const watched = attached
    .map(({ program }) => program.kind.attachType)
    .filter((attachType) => places.has(attachType));
  const told = new Set<number>();

  const later = (attachType: number): number[] => {
    const all = programsOfCgroup(cgroupFd, attachType);
    return all.slice(all.findLastIndex((id) => ids.has(id)) + 1);
  };

  const tell = (attachType: number): string[] =>
    later(attachType).flatMap((id) => {
      if (told.has(id)) return [];
      told.add(id);
      const program = findProgram(id);
      // Another capture of this agent, of a cgroup above: it changes nothing.
      if (program === undefined || tags.has(program.tag)) return [];
      const place = places.get(attachType);
      return [
        `The BPF program "${program.name}" (${id}) of somebody else runs at ${place} after ours: it may send calls elsewhere than told.`,
      ];
    });

  return () => {
    try {
      return watched.flatMap(tell);
    } catch (error) {
      // The cgroup is gone: whoever removed it is told of by what was detached.
      if (error instanceof KernelRefusal) return [];
      throw error;
    }
  };
}
