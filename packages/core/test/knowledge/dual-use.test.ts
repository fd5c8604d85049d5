import { describe, expect, it } from "vitest";
import { channelServices } from "../../src/knowledge/dual-use/channel-services.js";
import { dropServices } from "../../src/knowledge/dual-use/drop-services.js";
import { hostingServices } from "../../src/knowledge/dual-use/hosting-services.js";
import { lookupServices } from "../../src/knowledge/dual-use/lookup-services.js";
import { publishingHosts } from "../../src/knowledge/dual-use/publishing-hosts.js";
import { dualUseKinds, dualUseOf } from "../../src/knowledge/dual-use.js";

const groups = [
  ...[dropServices, channelServices, lookupServices],
  ...[publishingHosts, hostingServices],
].flat();
const names = groups.flatMap(({ kind, hosts = [], domains = [] }) =>
  [...hosts, ...domains].map((name) => ({ kind, name })),
);

describe("dualUseOf", () => {
  it.each([
    ["webhook.site", "request-catcher"],
    ["abc.oast.fun", "request-catcher"],
    ["abc.ngrok-free.app", "tunnel"],
    ["pastebin.com", "paste"],
    ["transfer.sh", "file-drop"],
    ["api.telegram.org", "chat"],
    ["hooks.slack.com", "chat"],
    ["api.github.com", "code-host"],
    ["gist.githubusercontent.com", "paste"],
    ["acme.s3.eu-west-1.amazonaws.com", "object-storage"],
    ["acme.blob.core.windows.net", "object-storage"],
    ["acme.workers.dev", "app-hosting"],
    [["registry", "npmjs.org"].join("."), "package-registry-write"],
    ["acme.duckdns.org", "dynamic-dns"],
    ["api.ipify.org", "address-lookup"],
    ["xmr-eu1.nanopool.org", "mining-pool"],
    ["mainnet.infura.io", "blockchain-rpc"],
    ["dns.google", "dns-over-https"],
    ["smtp.gmail.com", "mail"],
  ])("knows what %s can be used for: %s", (host, kind) => {
    expect(dualUseOf(host)).toMatchObject({ kind, text: expect.stringMatching(/^[A-Z].*\.$/) });
  });

  it("takes a provider's own host among tenants' for its own", () => {
    expect(dualUseOf("productionresultssa3.blob.core.windows.net")).toBeUndefined();
    expect(dualUseOf("dc.services.visualstudio.com")).toBeUndefined();
    expect(dualUseOf("storage.googleapis.com")?.kind).toBe("object-storage");
    expect(dualUseOf("hooks.slack.com")?.kind).toBe("chat");
  });

  it("says of every entry which public document lists it", () => {
    for (const { name } of names) expect(dualUseOf(name)?.source).toMatch(/\w/);
  });

  it("has an entry of every kind", () => {
    expect(dualUseKinds.filter((kind) => !groups.some((group) => group.kind === kind))).toEqual([]);
  });

  it("does not contradict itself: no name is listed twice", () => {
    const twice = names.filter(({ name }, at) => names.findIndex((n) => n.name === name) !== at);
    expect(twice).toEqual([]);
  });

  it("writes names the way hosts are normalized", () => {
    expect(names.filter(({ name }) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(name))).toEqual([]);
  });

  it("says nothing of other hosts", () => {
    expect(dualUseOf("example.com")).toBeUndefined();
    expect(dualUseOf("notpastebin.com")).toBeUndefined();
    expect(dualUseOf("pastebin.com.example")).toBeUndefined();
    expect(dualUseOf("192.0.2.1")).toBeUndefined();
    expect(dualUseOf("token.actions.githubusercontent.com")).toBeUndefined();
  });
});
