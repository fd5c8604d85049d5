import { describe, expect, it } from "vitest";
import { webLink } from "../../src/index.js";

describe("webLink", () => {
  it("keeps a web address", () => {
    const link = "https://github.com/acme/shop/actions/runs/1?check=2#step:3:4";
    expect(webLink(link)).toBe(link);
    expect(webLink("http://127.0.0.1:4280/runs/7")).toBe("http://127.0.0.1:4280/runs/7");
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "mailto:a@example.com",
    "//example.com/",
    "not a link",
    "",
  ])("refuses what is no web address: %s", (text) => {
    expect(webLink(text)).toBeUndefined();
  });

  it("refuses a host that hides behind a user name", () => {
    expect(webLink("https://github.com@evil.example/acme")).toBeUndefined();
    expect(webLink("https://user:secret@example.com/")).toBeUndefined();
  });

  it("leaves no line break, space, quote or angle bracket in it", () => {
    const link = webLink('https://example.com/a\r\nBcc: b"><script>\u202e?q="<x>#"<y>');
    expect(link).toBeDefined();
    expect(link).not.toMatch(/[^\x21-\x7e]|["<>]/);
  });

  it("shows an international host as it is asked for", () => {
    expect(webLink("https://gıthub.example/")).toBe("https://xn--gthub-n4a.example/");
  });

  it("refuses an overlong link, before and after it is spelled out", () => {
    expect(webLink(`https://example.com/${"a".repeat(2_048)}`)).toBeUndefined();
    expect(webLink(`https://example.com/${"é".repeat(1_000)}`)).toBeUndefined();
  });

  it("answers nothing for nothing", () => {
    expect(webLink(undefined)).toBeUndefined();
  });
});
