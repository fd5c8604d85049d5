import { describe, expect, it } from "vitest";
import { carriesData, dataInName } from "../../src/knowledge/data-in-name.js";

const hex = (text: string) => Buffer.from(text).toString("hex");
const secret = "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

describe("carriesData", () => {
  it("sees a secret written in hexadecimal labels", () => {
    const labels = hex(secret).match(/.{1,60}/g) ?? [];
    expect(carriesData(`${labels.join(".")}.t.example.com`)).toBe(true);
  });

  it("sees it in many short labels", () => {
    const labels = hex(secret).match(/.{1,6}/g) ?? [];
    expect(labels.length).toBeGreaterThan(10);
    expect(carriesData(`${labels.join(".")}.example.com`)).toBe(true);
  });

  it("sees it in base32 and in lower-cased base64", () => {
    expect(carriesData("mfrggzdfmztwq2lknnwg23tpobyxe43uov3ho6dzpi2dknrxha.example.com")).toBe(
      true,
    );
    const base64 = Buffer.from(secret).toString("base64url").toLowerCase().slice(0, 63);
    expect(carriesData(`${base64}.example.com`)).toBe(true);
  });

  it("sees raw bytes", () => {
    expect(carriesData(`${"\\001\\200\\255\\017".repeat(10)}.example.com`)).toBe(true);
  });

  it.each([
    "example.com",
    "www.example.co.uk",
    "0f8fad5b-d9cb-469f-a165-70867728950e.example.com",
    "d41d8cd98f00b204e9800998ecf8427e.example.com",
    "a-very-long-name-of-a-service-in-words.of.some.department.example.com",
    "k8s-default-ingress-3f7a9b2c1d-1234567890.us-east-1.elb.amazonaws.com",
    "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
    "selector1._domainkey.example.com",
    "a.b.c.d.e.f.g.h.i.j.k.l.example.com",
    "localhost",
    "",
  ])("does not see any in %s", (name) => {
    expect(carriesData(name)).toBe(false);
  });

  it("does not count what one owner registered", () => {
    expect(dataInName("d41d8cd98f00b204e9800998ecf8427e.example")).toBe(0);
    expect(dataInName("d41d8cd98f00b204e9800998ecf8427e.example.com")).toBe(32);
  });

  it("takes no longer for a name that cannot be", () => {
    expect(dataInName(`${"9a".repeat(1_000_000)}.example.com`)).toBe(63);
  });
});
