import { existsSync, statSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { normalizeAddress } from "@straycall/core";
import { configuredResolvers } from "./configured-resolvers.js";
import { readHostsFile } from "./hosts-file.js";
import { asksResolverService } from "./resolver-service.js";

/**
 * How this machine finds names, as it was when the capture started: what a job changes later is not believed.
 * Plain data, so that it can go to another process.
 */
export interface MachineNames {
  /** Whose answers may be believed, normalized. */
  resolvers: string[];
  /** Those of them that the operator lists. */
  listedResolvers: string[];
  /** Addresses of this machine, normalized. */
  localAddresses: string[];
  /** What the hosts file says: `address name`. */
  hosts: string[];
  /** The C library asks a service that no packet shows: systemd-resolved, nscd, sssd. */
  asksService: boolean;
  /** Of the agent. */
  networkNamespace: string;
}

const maxLocalAddresses = 1_024;

/** @param further resolvers that the operator trusts besides the configured ones */
export function readMachineNames(further: readonly string[] = []): MachineNames {
  const configured = configuredResolvers().map(({ ip }) => ip);
  const listed = further.map((ip) => normalizeAddress(ip) ?? ip);
  const interfaces = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return {
    resolvers: [...new Set([...configured, ...listed])],
    listedResolvers: listed,
    localAddresses: interfaces
      .map(({ address }) => normalizeAddress(address))
      .filter((address) => address !== undefined)
      .slice(0, maxLocalAddresses),
    hosts: readHostsFile("/etc/hosts"),
    asksService: asksResolverService("/etc/nsswitch.conf") || existsSync("/run/nscd/socket"),
    networkNamespace: String(statSync("/proc/self/ns/net").ino),
  };
}
