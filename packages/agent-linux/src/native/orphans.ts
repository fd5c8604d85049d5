import koffi from "koffi";

/** Descendants of this process whose parents ended become its children, not init's. */
export interface Orphans {
  /** Takes note of the end of one that was adopted, so that nothing is left of it. */
  bury(pid: number): void;
  /** Adopts no more. */
  release(): void;
}

const setChildSubreaper = 36;
const noHang = 1;

/** @throws Error if the kernel refuses */
export function adoptOrphans(): Orphans {
  const library = koffi.load(null);
  const prctl = library.func("int prctl(int option, unsigned long value)");
  const waitpid = library.func("int waitpid(int pid, void *status, int options)");
  if (prctl(setChildSubreaper, 1) < 0) throw new Error(`prctl failed: errno ${koffi.errno()}`);
  return {
    bury: (pid) => void waitpid(pid, null, noHang),
    release: () => void prctl(setChildSubreaper, 0),
  };
}
