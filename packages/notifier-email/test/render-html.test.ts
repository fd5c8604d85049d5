import {
  hostileNotification,
  otherKindsOfNotification,
  sampleNotification,
  sparseNotification,
} from "@straycall/core/conformance";
import { describe, expect, it } from "vitest";
import { renderHtml } from "../src/render-html.js";

/** The tags of a document, each with its attribute names. */
function tagsOf(html: string): string[] {
  const tags = html.match(/<[a-z][^>]*>/gi) ?? [];
  return tags.map((tag) => tag.replace(/"[^"]*"/g, '""'));
}

describe("renderHtml", () => {
  it("tells everything there is to tell", () => {
    const html = renderHtml(sampleNotification());
    for (const words of [
      "High severity",
      "New outbound call: collector.example:8443",
      "which none of the 42 runs learned so far had called.",
      "The job never called any host of collector.example before.",
      "Install dependencies",
      "npm ci",
      "POST /u",
      "pid 4242, parent 4190, user runner",
    ]) {
      expect(html).toContain(words);
    }
  });

  it("says of a blocked call that the policy refused it", () => {
    const { detection, ...more } = sampleNotification();
    const html = renderHtml({ ...more, detection: { ...detection, kind: "blocked-call" } });
    expect(html).toContain("Blocked call: collector.example:8443");
    expect(html).toContain("tried to call collector.example:8443, and its policy refused that.");
    expect(html).not.toContain("New outbound call");
  });

  it("says of every kind what it is", () => {
    const pages = otherKindsOfNotification().map(renderHtml);
    const titles = [
      "New way to call: collector.example:8443",
      "Worse call to a new endpoint: collector.example:8443",
      "Unusual traffic: collector.example:8443",
      "Data in DNS names: tunnel.example",
      "New job: acme/shop · .github/workflows/ci.yml · build",
      "Blocked call: collector.example:8443",
    ];
    expect(pages).toHaveLength(titles.length);
    for (const [at, title] of titles.entries()) expect(pages[at]).toContain(title);
  });

  it("links to the details and to the run, saying where that is", () => {
    const html = renderHtml(sampleNotification());
    expect(html).toContain(
      'href="https://straycall.example/detections/01KGB7Z4M8Q6V2T9X3C5D1E0FA"',
    );
    expect(html).toMatch(/href="https:\/\/github.com\/acme[^>]*>Open the run at github.com</);
  });

  it("has no empty place where there is nothing to tell", () => {
    const html = renderHtml(sparseNotification());
    expect(html).not.toMatch(/<a |<ul|undefined|Command/);
  });

  it("loads nothing from anywhere", () => {
    for (const notification of [sampleNotification(), hostileNotification()]) {
      const tags = tagsOf(renderHtml(notification)).join("\n");
      expect(tags).not.toMatch(/<(img|link|script|iframe|object|svg|video)\b|\bsrc=|background=/i);
      expect(renderHtml(notification)).not.toMatch(/url\(|@import/);
    }
  });

  it("lets hostile text make neither a tag nor an attribute", () => {
    const kinds = (html: string) => [...new Set(tagsOf(html))].sort();
    const ordinary = kinds(renderHtml(sampleNotification()));
    expect(ordinary).toEqual(expect.arrayContaining(kinds(renderHtml(hostileNotification()))));
  });

  it("shows hostile text as the text it is", () => {
    const html = renderHtml(hostileNotification());
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(html).toContain("&amp;lt;b&amp;gt;");
  });

  it("links to nothing but the web", () => {
    expect(renderHtml(hostileNotification())).not.toMatch(
      /href="(?!https:\/\/straycall\.example\/)/,
    );
  });

  it("is made for light and dark and for narrow screens", () => {
    const html = renderHtml(sampleNotification());
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain("@media (prefers-color-scheme: dark)");
    expect(html).toContain("@media (max-width: 480px)");
  });
});
