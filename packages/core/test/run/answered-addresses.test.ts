import { describe, expect, it } from "vitest";
import { answeredAddresses } from "../../src/run/answered-addresses.js";

type Records = { name: string; type: string; ttl?: number; data: string }[];

const found = (name: string, answers: Records, additional: Records = []) =>
  answeredAddresses({ question: { name }, answers, additional });

describe("the addresses of an answer", () => {
  it("are those of the name, along its canonical names, for the shortest time of the way", () => {
    const answers = [
      { name: "edge.example.net", type: "A", ttl: 60, data: "192.0.2.1" },
      { name: "WWW.example.com.", type: "CNAME", ttl: 30, data: "edge.example.net." },
      { name: "edge.example.net", type: "AAAA", ttl: 20, data: "2001:DB8::1" },
    ];
    expect(found("www.example.com", answers)).toEqual([
      { address: "192.0.2.1", chain: ["edge.example.net"], ttl: 30 },
      { address: "2001:db8::1", chain: ["edge.example.net"], ttl: 20 },
    ]);
  });

  it("are not those of a name that the question does not lead to", () => {
    const answers = [
      { name: "evil.example", type: "A", data: "192.0.2.1" },
      { name: "registry.example", type: "A", data: "192.0.2.66" },
    ];
    expect(found("evil.example", answers)).toEqual([{ address: "192.0.2.1", chain: [] }]);
  });

  it("are the hints of HTTPS and SVCB records", () => {
    const data = "1 . alpn=h2,h3 ipv4hint=192.0.2.1,192.0.2.2 ipv6hint=2001:db8::1";
    const answers = [{ name: "www.example.com", type: "HTTPS", data }];
    expect(found("www.example.com", answers).map(({ address }) => address)).toEqual([
      "192.0.2.1",
      "192.0.2.2",
      "2001:db8::1",
    ]);
  });

  it("are those that come along for the hosts of a service, and of no other", () => {
    const along = [
      { name: "mail.example.com", type: "A", data: "192.0.2.25" },
      { name: "registry.example", type: "A", data: "192.0.2.66" },
    ];
    const mx = [{ name: "example.com", type: "MX", data: "10 mail.example.com" }];
    expect(found("example.com", mx, along)).toEqual([
      { address: "192.0.2.25", chain: ["mail.example.com"] },
    ]);
    const srv = [{ name: "_imap._tcp.example.com", type: "SRV", data: "1 5 993 mail.example.com" }];
    expect(found("_imap._tcp.example.com", srv, along)).toHaveLength(1);
  });

  it("are found though the names run in a circle", () => {
    const answers = [
      { name: "a.example", type: "CNAME", data: "b.example" },
      { name: "b.example", type: "CNAME", data: "a.example" },
      { name: "b.example", type: "A", data: "192.0.2.1" },
    ];
    expect(found("a.example", answers)).toEqual([{ address: "192.0.2.1", chain: ["b.example"] }]);
  });
});
