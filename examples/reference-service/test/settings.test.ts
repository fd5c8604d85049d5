import { describe, expect, it } from "vitest";
import { readSettings } from "../src/settings.js";

describe("the settings", () => {
  it("have defaults that listen on this machine only", () => {
    expect(readSettings({})).toMatchObject({
      port: 4280,
      host: "127.0.0.1",
      learningRuns: 5,
      notifyFrom: "low",
    });
  });

  it("come from the environment", () => {
    const settings = readSettings({
      PORT: "8080",
      HOST: "::1",
      STRAYCALL_DATA: "/srv/straycall",
      STRAYCALL_INGEST_TOKEN: "0123456789abcdef",
      STRAYCALL_PUBLIC_URL: "https://straycall.example/",
      STRAYCALL_LEARNING_RUNS: "20",
      STRAYCALL_NOTIFY_FROM: "high",
      STRAYCALL_PRIOR: "/etc/straycall/fleet-prior.json",
      STRAYCALL_CI_CLONES: "/srv/git",
      STRAYCALL_CI_LOGS: "/srv/logs",
      SLACK_WEBHOOK_URL: "https://hooks.example/services/x",
      SMTP_URL: "smtp://mail.example:587",
      MAIL_FROM: "straycall@acme.example",
      MAIL_TO: "security@acme.example, ops@acme.example",
      SLACK_BOT_TOKEN: "xoxb-0123456789",
      SLACK_CHANNEL: "C012345",
      WEBHOOK_URL: "https://siem.example/hook",
      WEBHOOK_SECRET: `whsec_${"A".repeat(44)}`,
      GITHUB_APP_ID: "12345",
      GITHUB_APP_PRIVATE_KEY: "-----BEGIN PRIVATE KEY-----",
    });
    expect(settings).toEqual({
      port: 8080,
      host: "::1",
      dataFolder: "/srv/straycall",
      ingestToken: "0123456789abcdef",
      publicUrl: "https://straycall.example",
      learningRuns: 20,
      notifyFrom: "high",
      priorPath: "/etc/straycall/fleet-prior.json",
      ci: { clonesFolder: "/srv/git", logsFolder: "/srv/logs" },
      slackWebhookUrl: "https://hooks.example/services/x",
      mail: {
        smtpUrl: "smtp://mail.example:587",
        from: "straycall@acme.example",
        to: ["security@acme.example", "ops@acme.example"],
      },
      slackBot: { botToken: "xoxb-0123456789", channel: "C012345" },
      webhook: { url: "https://siem.example/hook", secret: `whsec_${"A".repeat(44)}` },
      githubCheck: { appId: "12345", privateKey: "-----BEGIN PRIVATE KEY-----" },
    });
  });

  it("take an empty variable as unset", () => {
    expect(readSettings({ PORT: "", STRAYCALL_INGEST_TOKEN: "" })).toEqual(readSettings({}));
  });

  it.each([
    ["PORT", "http"],
    ["PORT", "65536"],
    ["STRAYCALL_INGEST_TOKEN", "short"],
    ["STRAYCALL_INGEST_TOKEN", "with spaces in it, and long enough"],
    ["STRAYCALL_PUBLIC_URL", "straycall.example"],
    ["STRAYCALL_LEARNING_RUNS", "-1"],
    ["STRAYCALL_LEARNING_RUNS", "1.5"],
    ["STRAYCALL_NOTIFY_FROM", "loud"],
    ["SLACK_WEBHOOK_URL", "javascript:alert(1)"],
    ["SMTP_URL", "https://mail.example"],
    ["MAIL_TO", "nobody"],
    ["WEBHOOK_SECRET", "secret"],
    ["GITHUB_APP_ID", "acme"],
    ["GITHUB_CHECK_TOKEN", "a b"],
    ["STRAYCALL_ADMIN_TOKEN", "short"],
    ["STRAYCALL_LERNING_RUNS", "5"],
  ])("refuse %s=%s and name it", (name, value) => {
    const mail = {
      SMTP_URL: "smtp://mail.example",
      MAIL_FROM: "a@acme.example",
      MAIL_TO: "b@acme.example",
    };
    const problem = `^${name}: `;
    expect(() => readSettings({ ...mail, [name]: value })).toThrow(new RegExp(problem));
  });

  it("name everything that is wrong at once", () => {
    const wrong = { PORT: "x", STRAYCALL_PUBLIC_URL: "y", STRAYCALL_NOTHING: "z" };
    expect(() => readSettings(wrong)).toThrow(
      /^STRAYCALL_NOTHING: .*\nPORT: .*\nSTRAYCALL_PUBLIC_URL: .*$/,
    );
  });

  it("say what mail still needs", () => {
    expect(() => readSettings({ SMTP_URL: "smtp://mail.example" })).toThrow(
      "MAIL_FROM: is needed to send mail\nMAIL_TO: is needed to send mail",
    );
  });
});
