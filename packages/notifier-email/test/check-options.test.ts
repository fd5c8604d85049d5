import { inspect } from "node:util";
import { isStraycallError } from "@straycall/core";
import { describe, expect, it } from "vitest";
import { type EmailNotifierOptions, emailNotifier } from "../src/index.js";

const password = "hunter2hunter2";
const smtpUrl = `smtp://ci:${password}@mail.example.com:587`;
const from = "straycall@example.com";
const to = "security@example.com";

describe("emailNotifier's options", () => {
  it("make a notifier that is called email unless told otherwise", () => {
    expect(emailNotifier({ smtpUrl, from, to }).name).toBe("email");
    expect(emailNotifier({ smtpUrl, from, to, name: "email-security" }).name).toBe(
      "email-security",
    );
  });

  it.each([
    ["one recipient", "security@example.com"],
    ["a list", ["security@example.com", "Ops <ops@example.com>"]],
    ["several in one text", "security@example.com, Ops <ops@example.com>"],
    ["an international address", "sicherheit@prüfung.example"],
  ])("take %s", (_, recipients) => {
    expect(emailNotifier({ smtpUrl, from, to: recipients }).name).toBe("email");
  });

  it.each<[string, object]>([
    ["smtpUrl", { from, to }],
    ["smtp", { smtpUrl, smtp: { host: "mail.example.com" }, from, to }],
    ["smtpUrl", { smtpUrl: "", from, to }],
    ["smtpUrl", { smtpUrl: `ci:${password}@mail.example.com`, from, to }],
    ["smtpUrl", { smtpUrl: `https://ci:${password}@mail.example.com`, from, to }],
    ["smtpUrl", { smtpUrl: `smtp:${password}`, from, to }],
    ["smtp.host", { smtp: {}, from, to }],
    ["transport", { transport: {}, from, to }],
    ["from", { smtpUrl, from: "", to }],
    ["from", { smtpUrl, from: "Straycall", to }],
    ["from", { smtpUrl, from: "a@example.com, b@example.com", to }],
    ["from", { smtpUrl, from: "a@example.com\r\nBcc: b@example.com", to }],
    ["to", { smtpUrl, from, to: [] }],
    ["to", { smtpUrl, from, to: "" }],
    ["to", { smtpUrl, from, to: ["security@example.com", "nobody"] }],
    ["to", { smtpUrl, from, to: "security@example.com\nBcc: b@example.com" }],
    ["to", { smtpUrl, from, to: "Team: a@example.com, b@example.com;" }],
    ["to", { smtpUrl, from, to: 7 }],
    ["subjectPrefix", { smtpUrl, from, to, subjectPrefix: "a\r\nBcc: b@example.com" }],
    ["subjectPrefix", { smtpUrl, from, to, subjectPrefix: "x".repeat(101) }],
    ["name", { smtpUrl, from, to, name: "two words" }],
    ["timeoutMs", { smtpUrl, from, to, timeoutMs: 0 }],
  ])("are refused for a wrong %s, without quoting a password: %#", (field, options) => {
    const error = (() => {
      try {
        emailNotifier(options as EmailNotifierOptions);
      } catch (thrown) {
        return thrown;
      }
    })();
    if (!isStraycallError(error, "CONFIG_INVALID")) expect.fail(`it was taken: ${inspect(error)}`);
    expect(error.field).toBe(field);
    expect(error.message).toContain(field);
    expect(inspect(error)).not.toContain(password);
  });
});
