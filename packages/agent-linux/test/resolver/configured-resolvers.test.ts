import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configuredResolvers, parseResolvConf } from "../../src/resolver/configured-resolvers.js";

describe("the configured resolvers", () => {
  it("are the addresses of the nameserver lines, written one way", () => {
    const text = [
      "# nameserver 192.0.2.1",
      "; nameserver 192.0.2.2",
      "search example.test",
      "nameserver 127.0.0.53",
      "nameserver\t2001:DB8:0::53  # ours",
      "nameserver fe80::1%eth0",
      "nameserver ::ffff:192.0.2.3",
      "options edns0",
    ].join("\n");
    expect(parseResolvConf(text)).toEqual([
      { ip: "127.0.0.53" },
      { ip: "2001:db8::53" },
      { ip: "fe80::1", zone: "eth0" },
      { ip: "192.0.2.3" },
    ]);
  });

  it("are not names, halves of addresses or indented lines", () => {
    const text = "nameserver dns.example\nnameserver 10.1\nnameserver\n nameserver 192.0.2.1\n";
    expect(parseResolvConf(`${text}nameserver 192.0.2.7`)).toEqual([{ ip: "192.0.2.7" }]);
  });

  it("are this machine where none is named, as for the C library", () => {
    expect(parseResolvConf("")).toEqual([{ ip: "127.0.0.1" }]);
    expect(configuredResolvers("/nonexistent/resolv.conf")).toEqual([{ ip: "127.0.0.1" }]);
  });

  it("are bounded, however large the file", () => {
    const folder = mkdtempSync(join(tmpdir(), "straycall-resolv-"));
    try {
      const file = join(folder, "resolv.conf");
      writeFileSync(file, "nameserver 192.0.2.1\n".repeat(100_000));
      expect(configuredResolvers(file)).toHaveLength(16);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
