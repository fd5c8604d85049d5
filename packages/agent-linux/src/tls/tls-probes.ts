import {
  close,
  closeSync,
  constants,
  fstatSync,
  openSync,
  readlinkSync,
  readSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { attachToUserFunction } from "../bpf/attach-program.js";
import type { LoadedObject } from "../bpf/load-object.js";
import type { Loss } from "../losses.js";
import { libraryFiles, libraryFilesIn } from "./library-files.js";
import { type ProbePlace, tlsFunctions } from "./tls-functions.js";

/** Looks into an open file. @throws Error if it holds a TLS library that is unlike those known */
export type FindPlaces = (fd: number) => Promise<readonly ProbePlace[]>;

/** Watches what programs give their TLS libraries to encrypt, in every file that holds such a library. */
export interface TlsProbes {
  /** Fulfilled when every file that was found so far is watched. */
  settled(): Promise<void>;
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
/** Files that wait until it is known what is in them. */
const maxWaiting = 512;
const elfMagic = Buffer.from("\x7fELF", "latin1");

interface OpenFile {
  fd: number;
  identity: string;
  size: number;
}

/**
 * Begins with the libraries in the usual folders and with Node's own.
 *
 * @param isWatched whether a process is one that is watched: no other's files are
 */
export function tlsProbes(
  { programs, refused }: LoadedObject,
  findPlaces: FindPlaces,
  isWatched: (pid: number) => boolean,
): TlsProbes {
  const seen = new Set<string>();
  const links: number[] = [];
  let files = 0;
  let unwatched = 0;
  let waiting = 0;
  let queue = Promise.resolve();
  let isClosed = false;

  const isNew = (identity: string) => {
    if (seen.has(identity) || seen.size >= maxSeen) return false;
    seen.add(identity);
    return true;
  };

  const watchFile = (path: string) => {
    const file = openFile(path);
    if (file === undefined) return;
    if (!isNew(file.identity)) return closeSync(file.fd);
    if (waiting === maxWaiting) {
      unwatched += 1;
      return closeSync(file.fd);
    }
    waiting += 1;
    queue = queue
      .then(() => attach(file))
      .catch(countUnwatched)
      .finally(() => leave(file));
  };
  const countUnwatched = () => {
    unwatched += 1;
  };
  const leave = ({ fd }: OpenFile) => {
    waiting -= 1;
    closeSync(fd);
  };

  const attach = async ({ fd, size }: OpenFile) => {
    if (isClosed) return;
    const places = await findPlaces(fd);
    if (isClosed || places.length === 0) return;
    files += 1;
    if (files > maxFiles) throw new Error("too many TLS libraries");
    for (const { program, offset } of places) {
      if (offset >= size) throw new Error("a function lies outside its file");
      const loaded = programs.get(program);
      // The open file itself: its name may mean another one by now.
      const file = { path: `/proc/self/fd/${fd}`, offset };
      if (loaded !== undefined) links.push(attachToUserFunction(loaded, file));
    }
  };

  const watchRoot = (pid: number) => {
    const { dev, ino } = statSync(`/proc/${pid}/ns/mnt`);
    const namespace = `namespace ${dev}:${ino}`;
    if (seen.has(namespace) || !isWatched(pid)) return;
    if (isNew(namespace)) libraryFiles(`/proc/${pid}/root`).forEach(watchFile);
  };
  const watchProgram = (pid: number) => {
    const program = `/proc/${pid}/exe`;
    const { dev, ino, mtimeMs } = statSync(program);
    if (seen.has(`${dev}:${ino}:${mtimeMs}`) || !isWatched(pid)) return;
    const folder = dirname(readlinkSync(program));
    watchFile(program);
    libraryFilesIn(join(`/proc/${pid}/root`, folder, "../lib")).forEach(watchFile);
  };

  libraryFiles("/").forEach(watchFile);
  watchFile(process.execPath);
  return {
    blindSpots: blindSpotsOf(refused),
    settled: () => queue,
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
      isClosed = true;
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

/** Opens a program or library to read, and no other file. */
function openFile(path: string): OpenFile | undefined {
  let place: number | undefined;
  try {
    place = openSync(path, withoutOpening);
    const stat = fstatSync(place);
    if (!stat.isFile()) return undefined;
    const fd = openSync(`/proc/self/fd/${place}`, constants.O_RDONLY);
    const identity = `${stat.dev}:${stat.ino}:${stat.mtimeMs}`;
    if (startsLikeElf(fd)) return { fd, identity, size: stat.size };
    closeSync(fd);
    return undefined;
  } catch {
    return undefined;
  } finally {
    if (place !== undefined) closeSync(place);
  }
}

/** A link with a library's name may lead to a secret, and whoever looks for functions in it reads it. */
function startsLikeElf(fd: number): boolean {
  const start = Buffer.alloc(elfMagic.length);
  readSync(fd, start, 0, start.length, 0);
  return start.equals(elfMagic);
}
