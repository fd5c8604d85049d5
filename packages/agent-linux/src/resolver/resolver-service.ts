import { readFirstBytes } from "./read-first-bytes.js";

const maxBytes = 65_536;
/** They read files, send packets that are seen, or know nothing but this machine and its link. */
const seen = /^(files|dns|myhostname|mymachines|mdns\w*)$/;

/** Whether the C library asks a service for host names that sends the packets itself (nsswitch.conf(5)). */
export function asksResolverService(file: string): boolean {
  const [, hosts = ""] = /^[ \t]*hosts:(.*)$/m.exec(readFirstBytes(file, maxBytes)) ?? [];
  const sources = hosts
    .replace(/#.*/, "")
    .replace(/\[[^\]]*\]/g, " ")
    .trim()
    .split(/\s+/);
  return sources.some((source) => source !== "" && !seen.test(source));
}
