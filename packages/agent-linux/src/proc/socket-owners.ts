import { readdirSync, readlinkSync } from "node:fs";

/** The sockets that a process has open, by inode; `undefined` if it may not be looked at. */
export function socketsOf(pid: number): number[] | undefined {
  const folder = `/proc/${pid}/fd`;
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "EACCES" || code === "EPERM" ? undefined : [];
  }
  const inodes: number[] = [];
  for (const name of names) {
    const link = readLink(`${folder}/${name}`);
    if (link?.startsWith("socket:[")) inodes.push(Number(link.slice(8, -1)));
  }
  return inodes;
}

/** The network namespace of a process, by inode; `undefined` if it is gone or may not be looked at. */
export function networkOf(pid: number | "self"): number | undefined {
  const inode = /\d+/.exec(readLink(`/proc/${pid}/ns/net`) ?? "")?.[0];
  return inode === undefined ? undefined : Number(inode);
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
