import type { SharedHosts } from "./path-shape.js";

/** Hosts that take messages for whoever the path names: a workspace, a channel, a bot, an inbox. */
export const webhookHosts: readonly SharedHosts[] = [
  {
    source: "Slack developer documentation, Sending messages using incoming webhooks",
    hosts: ["hooks.slack.com", "hooks.slack-gov.com"],
    shapes: [
      "/services/<tenant>/<name>/<secret>",
      "/workflows/<tenant>/<name>/<path...>",
      "/triggers/<tenant>/<name>/<secret>",
    ],
  },
  {
    source: "Discord developer documentation, Webhook resource",
    hosts: ["discord.com", "discordapp.com", "ptb.discord.com", "canary.discord.com"],
    shapes: [
      "/api/webhooks/<tenant>/<secret>",
      "/api/*/webhooks/<tenant>/<secret>",
      "/api/*/channels/<tenant>",
      "/api/*/guilds/<tenant>",
    ],
  },
  {
    source: "Telegram Bot API, Making requests",
    hosts: ["api.telegram.org"],
    shapes: ["/file/bot<tenant>:<secret>/<path...>", "/bot<tenant>:<secret>", "/bot<tenant>"],
  },
  {
    source: "Microsoft Teams documentation, Create an Incoming Webhook",
    hosts: ["outlook.office.com", "outlook.office365.com", "*.webhook.office.com"],
    shapes: ["/webhook/<tenant>", "/webhookb2/<tenant>"],
  },
  {
    source: "Google Chat documentation, Build a webhook",
    hosts: ["chat.googleapis.com"],
    shapes: ["/v1/spaces/<tenant>"],
  },
  {
    source: "Zapier, IFTTT, Make and n8n documentation, Webhooks",
    hosts: ["hooks.zapier.com", "maker.ifttt.com"],
    shapes: [
      "/hooks/catch/<tenant>/<name>",
      "/trigger/<name>/with/key/<tenant>",
      "/trigger/<name>/json/with/key/<tenant>",
    ],
  },
  {
    source: "Webhook.site documentation",
    hosts: ["webhook.site"],
    shapes: ["/token/<tenant>", "/<tenant>"],
  },
  {
    source: "Documentation of the services: ntfy, Beeceptor, requestcatcher, httpdump",
    hosts: ["ntfy.sh", "ptsv3.com", "httpdump.app", "typedwebhook.tools", "webhook.cool"],
    shapes: ["/t/<tenant>", "/dumps/<tenant>", "/at/<tenant>", "/<tenant>"],
  },
];
