import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseHostsFile } from "../../src/resolver/hosts-file.js";
import { readMachineNames } from "../../src/resolver/machine-names.js";
import { asksResolverService } from "../../src/resolver/resolver-service.js";

const folder = mkdtempSync(join(tmpdir(), "straycall-nsswitch-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("how a machine finds names", () => {
  it("is read from where it runs, with the resolvers that are listed besides", () => {
    const names = readMachineNames(["2001:DB8::53", "192.0.2.53"]);
    expect(names.resolvers).toEqual(expect.arrayContaining(["2001:db8::53", "192.0.2.53"]));
    expect(names.localAddresses).toContain("127.0.0.1");
    expect(names.networkNamespace).toMatch(/^\d+$/);
  });

  it("is read from a hosts file, names and aliases, whatever their letters", () => {
    const text = "# x\n127.0.0.1 localhost\n ::1\tLOCALHOST ip6-loopback # y\n\nnot.an.address a\n";
    expect(parseHostsFile(text)).toEqual([
      "127.0.0.1 localhost",
      "::1 localhost",
      "::1 ip6-loopback",
    ]);
  });

  it.each([
    ["files dns", false],
    ["files mdns4_minimal [NOTFOUND=return] dns myhostname # resolve", false],
    ["mymachines resolve [!UNAVAIL=return] files myhostname dns", true],
    ["files sss dns", true],
  ])("asks a service that no packet shows, or not: %s", (hosts, expected) => {
    const file = join(folder, "nsswitch.conf");
    writeFileSync(file, `passwd: files systemd\nhosts:  ${hosts}\nnetworks: files\n`);
    expect(asksResolverService(file)).toBe(expected);
  });

  it("asks no service where nothing is configured", () => {
    expect(asksResolverService("/nonexistent/nsswitch.conf")).toBe(false);
  });
});
