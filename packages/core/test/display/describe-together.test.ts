import { describe, expect, it } from "vitest";
import { hostileNotification } from "../../src/conformance/notifier-hostile-sample.js";
import { sampleNotification, severalNotification } from "../../src/conformance/notifier-samples.js";
import { describeTogether } from "../../src/display/describe-together.js";
import { notificationText } from "../../src/display/notification-text.js";

describe("describeTogether", () => {
  it.each([
    [
      "run",
      "3 detections in one run of build, acme/shop",
      "The worst is high: New outbound call: collector.example:8443.",
    ],
    [
      "digest",
      "3 detections since the last digest",
      "The worst is high: New outbound call: collector.example:8443.",
    ],
    [
      "fleet",
      "New outbound call: collector.example:8443 in 3 jobs",
      "3 jobs of 1 repository did the same within a short time: collector.example:8443. One cause for all is likely, a shared dependency or a change of the platform.",
    ],
  ] as const)("says why several are told together: %s", (together, title, summary) => {
    const described = describeTogether(severalNotification(together, 3));
    expect(described).toMatchObject({ title, summary, more: 0 });
    expect(described.lines.map(({ where }) => where)).toEqual(
      ["build", "job-1", "job-2"].map((job) => `acme/shop · .github/workflows/ci.yml · ${job}`),
    );
  });

  it("counts what does not fit", () => {
    const { lines, more } = describeTogether(severalNotification("digest", 100), 20);
    expect([lines.length, more]).toEqual([20, 80]);
  });

  it("is bounded and visible, however hostile they are", () => {
    const others = Array.from({ length: 99 }, () => hostileNotification());
    const text = notificationText({ ...hostileNotification(), together: "run", others });
    expect(text.length).toBeLessThan(30_000);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    expect(text).toContain("... and 80 more.");
  });

  it("is one detection's own text where it is alone", () => {
    expect(notificationText(sampleNotification())).toContain("[high] New outbound call");
    expect(notificationText({ ...sampleNotification(), isTest: true })).toMatch(/^Test: /);
  });
});
