import { close, closeSync, constants, fstatSync, openSync, readlinkSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { attachToUserFunction } from "../bpf/attach-program.js";
import type { LoadedObject } from "../bpf/load-object.js";
import type { Loss } from "../losses.js";
import { libraryFiles, libraryFilesIn } from "./library-files.js";
import { tlsFunctions, tlsProbePlaces } from "./tls-functions.js";

/** Watches what programs give their TLS libraries to encrypt, in every file that holds such a library. */
export interface TlsProbes {
  /**
   * Watches what a process may use: its program, the libraries beside it, and those of its root folder.
   *
   * @param executable where the program lay; of use when the process is gone already
   */
  watchProcess(pid: number, executable: string): void;
  /** What goes unseen because this kernel refused a program. */
  readonly blindSpots: readonly string[];
  /** Libraries that could not be watched, since it was asked last. */
  losses(): Loss[];
  /** Returns at once; the last probe is gone within a second. */
  close(): void;
}

/** Each takes up to eight open files. */
const maxFiles = 128;
/** Files and mount namespaces that were looked at. */
const maxSeen = 65_536;

/** Begins with the libraries in the usual folders and with Node's own. */
export function tlsProbes({ programs, refused }: LoadedObject): TlsProbes {
  const seen = new Set<string>();
  const links: number[] = [];
  let files = 0;
  let unwatched = 0;

  const isNew = (identity: string) => {
    if (seen.has(identity) || seen.size >= maxSeen) return false;
    seen.add(identity);
    return true;
  };

  const watchFile = (path: string) => {
    const file = openFile(path);
    if (file === undefined) return;
    try {
      if (isNew(file.identity)) attach(file.fd);
    } catch {
      unwatched += 1;
    } finally {
      closeSync(file.fd);
    }
  };

  const attach = (fd: number) => {
    const places = tlsProbePlaces(fd);
    if (places.length === 0) return;
    files += 1;
    if (files > maxFiles) throw new Error("too many TLS libraries");
    for (const { program, offset } of places) {
      const loaded = programs.get(program);
      // The open file itself: its name may mean another one by now.
      const file = { path: `/proc/self/fd/${fd}`, offset };
      if (loaded !== undefined) links.push(attachToUserFunction(loaded, file));
    }
  };

  const watchRoot = (pid: number) => {
    const { dev, ino } = statSync(`/proc/${pid}/ns/mnt`);
    if (isNew(`namespace ${dev}:${ino}`)) libraryFiles(`/proc/${pid}/root`).forEach(watchFile);
  };
  const watchProgram = (pid: number) => {
    const program = `/proc/${pid}/exe`;
    const { dev, ino, mtimeMs } = statSync(program);
    if (seen.has(`${dev}:${ino}:${mtimeMs}`)) return;
    const folder = dirname(readlinkSync(program));
    watchFile(program);
    libraryFilesIn(join(`/proc/${pid}/root`, folder, "../lib")).forEach(watchFile);
  };

  libraryFiles("/").forEach(watchFile);
  watchFile(process.execPath);
  return {
    blindSpots: blindSpotsOf(refused),
    watchProcess(pid, executable) {
      try {
        watchProgram(pid);
        watchRoot(pid);
      } catch {
        // The process is gone, and with it what it would have said. The program may be started again.
        watchFile(executable);
      }
    },
    losses() {
      const count = unwatched;
      unwatched = 0;
      return count === 0 ? [] : [{ count, reason: "TLS libraries that could not be watched" }];
    },
    close() {
      // Each makes the kernel wait for 0.1 seconds: not here.
      for (const link of links.splice(0)) close(link, () => {});
    },
  };
}

function blindSpotsOf(refused: LoadedObject["refused"]): string[] {
  const refusals = tlsFunctions.flatMap(({ programs }) =>
    programs.flatMap((program) => refused.get(program) ?? []),
  );
  const [first] = refusals;
  return first === undefined ? [] : [`HTTP requests inside TLS are not seen. (${first.reason})`];
}

/** The number of `O_PATH`, which Node does not name: opens nothing yet, so that a device does not notice. */
const withoutOpening = 0o10_000_000;

function openFile(path: string): { fd: number; identity: string } | undefined {
  let place: number | undefined;
  try {
    place = openSync(path, withoutOpening);
    const stat = fstatSync(place);
    if (!stat.isFile()) return undefined;
    const fd = openSync(`/proc/self/fd/${place}`, constants.O_RDONLY);
    return { fd, identity: `${stat.dev}:${stat.ino}:${stat.mtimeMs}` };
  } catch {
    return undefined;
  } finally {
    if (place !== undefined) closeSync(place);
  }
}
