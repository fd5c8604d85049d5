import { closeSync, readFileSync } from "node:fs";
import { attachLink } from "../bpf/attach-program.js";
import type { AttachedProgram } from "../bpf/attached-program.js";
import { readBpfObject } from "../bpf/bpf-object.js";
import { type LoadedObject, loadObject, mapOf, programOf } from "../bpf/load-object.js";
import { freezeMap } from "../bpf/map-access.js";
import { isPopulated } from "../cgroup/run-cgroup.js";
import { packageFile } from "../package-file.js";
import { ownNetworkCookie } from "./network-namespace.js";
import { type PinFolder, pinFolder } from "./pin-folder.js";
import type { CheckedPolicy } from "./policy.js";
import { writePolicy } from "./write-policy.js";

/** A policy at work inside the kernel. */
export interface Blocking {
  /** What is not denied because this kernel refused a program. */
  readonly blindSpots: readonly string[];
  readonly programs: LoadedObject["programs"];
  readonly attached: readonly AttachedProgram[];
  /**
   * Ends the denying. With `when-empty`, one that fails closed stays pinned while there is a process that it holds for:
   * as if this process had been killed.
   */
  lift(when: "at-once" | "when-empty"): void;
  /** Gives back all but what denies. */
  close(): void;
}

/** In the order of attaching. All must be there: half a policy would be none. */
const neededPrograms = [
  "block_accept",
  "block_ingress",
  "block_egress",
  "block_sendmsg4",
  "block_sendmsg6",
  "block_connect4",
  "block_connect6",
] as const;

/** Without this one there is a weaker one; without either nothing is run. */
const familyProgram = "block_family";
const killingProgram = "block_family_by_kill";
const killingBlindSpot =
  "Packet sockets that io_uring or a 32-bit call makes are not denied, nor sockets of rare families; who makes another is killed, but a process that shares its open files may use it.";

const foreignPrograms = ["block_foreign_connect", "block_foreign_send"] as const;
const foreignBlindSpot =
  "Sockets that are handed in from outside the cgroup are not held to the policy.";

/**
 * Puts a policy into the kernel, behind the programs of `capture`.
 *
 * @throws KernelRefusal if the kernel does not take what the policy needs: then nothing is attached
 */
export function startBlocking(
  policy: CheckedPolicy,
  capture: LoadedObject,
  { path, fd: cgroupFd }: { path: string; fd: number },
): Blocking {
  const file = packageFile(`bpf/objects/block.${process.arch}.bpf.o`);
  const loaded = loadObject(readBpfObject(readFileSync(file)), { ring: 0, shared: capture.maps });
  const attached: AttachedProgram[] = [];
  const blindSpots: string[] = [];
  let pins: PinFolder | undefined;
  const lift: Blocking["lift"] = (when) => {
    if (when === "at-once" || !isPopulated(path)) pins?.remove();
    else pins?.leave();
    pins = undefined;
    for (const { fd } of attached.splice(0).reverse()) closeSync(fd);
  };
  const attach = (name: string) => {
    const program = programOf(loaded, name);
    const link = attachLink(program, cgroupFd);
    attached.push({ program, fd: link });
    pins?.pin(name, link);
  };
  const attachFamily = () => {
    try {
      attach(familyProgram);
    } catch {
      attach(killingProgram);
      blindSpots.push(killingBlindSpot);
    }
  };
  try {
    writePolicy((name) => mapOf(loaded, name), policy, ownNetworkCookie());
    for (const [name, map] of loaded.maps) if (!capture.maps.has(name)) freezeMap(map, name);
    if (policy.failClosed) pins = pinFolder(cgroupFd);
    for (const name of neededPrograms) attach(name);
    attachFamily();
    for (const name of foreignPrograms) {
      try {
        attach(name);
      } catch (error) {
        const [reason] = (error as Error).message.split("\n", 1);
        blindSpots.push(`${foreignBlindSpot} (${reason})`.slice(0, 512));
        break;
      }
    }
  } catch (error) {
    lift("at-once");
    loaded.close();
    throw error;
  }
  return {
    blindSpots,
    programs: loaded.programs,
    attached: [...attached],
    lift,
    close: () => loaded.close(),
  };
}
