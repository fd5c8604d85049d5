import {
  hostileNotification,
  otherKindsOfNotification,
  sampleNotification,
  sparseNotification,
} from "@straycall/core/conformance";
import { describe, expect, it } from "vitest";
import { ocsfFinding } from "../src/index.js";

/** What the class requires (schema.ocsf.io/1.5.0/classes/detection_finding), and of what type. */
const required = {
  activity_id: expect.any(Number),
  category_uid: 2,
  class_uid: 2004,
  finding_info: expect.objectContaining({ uid: expect.any(String), title: expect.any(String) }),
  metadata: expect.objectContaining({
    version: "1.5.0",
    product: expect.objectContaining({ vendor_name: expect.any(String) }),
  }),
  severity_id: expect.any(Number),
  time: expect.any(Number),
  type_uid: expect.any(Number),
};

describe("ocsfFinding", () => {
  it.each([
    sampleNotification(),
    sparseNotification(),
    hostileNotification(),
    ...otherKindsOfNotification(),
  ])("has all that the class requires, whatever is known ($detection.kind)", (notification) => {
    const finding = ocsfFinding(notification);
    expect(finding).toMatchObject(required);
    expect(finding.type_uid).toBe(2004 * 100 + Number(finding.activity_id));
    for (const value of valuesIn(finding)) {
      if (typeof value === "number") expect(Number.isInteger(value)).toBe(true);
      else expect(String(value)).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    }
    expect(JSON.stringify(finding).length).toBeLessThan(200_000);
  });

  it("tells who called what", () => {
    expect(ocsfFinding(sampleNotification())).toMatchObject({
      severity_id: 4,
      status_id: 1,
      finding_info: { types: ["new-endpoint"], title: "New outbound call: collector.example:8443" },
      evidences: [
        {
          dst_endpoint: { hostname: "collector.example", ip: "203.0.113.9", port: 8443 },
          process: { pid: 4242, parent_process: { cmd_line: "npm ci" } },
          http_request: { http_method: "POST", url: { path: "/u" } },
        },
      ],
      unmapped: { job: { job: "build" }, step: "Install dependencies" },
    });
  });

  it("says of a test that it is one", () => {
    const finding = ocsfFinding(sampleNotification(), { isTest: true });
    expect(finding).toMatchObject({
      message: expect.stringMatching(/^Test: /),
      metadata: { labels: ["test"] },
    });
  });
});

function valuesIn(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [value];
  return Object.values(value).flatMap(valuesIn);
}
