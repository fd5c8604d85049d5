import type { Notification } from "@straycall/core";
import {
  hostileNotification,
  sampleNotification,
  severalNotification,
} from "@straycall/core/conformance";
import { emailNotifier } from "@straycall/notifier-email";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
});
afterAll(() => browser?.close());

/** The HTML of the mail that a notification becomes. */
async function mailOf(notification: Notification): Promise<string> {
  const mails: { html?: unknown }[] = [];
  const transport = {
    async sendMail(mail: { html?: unknown }) {
      mails.push(mail);
      return { accepted: ["team@example.com"], rejected: [] };
    },
  };
  const options = { from: "straycall@example.com", to: "team@example.com", transport };
  await emailNotifier(options as never).notify(notification, new AbortController().signal);
  return String(mails[0]?.html);
}

const others = Array.from({ length: 99 }, () => hostileNotification());
const mails: Record<string, () => Notification> = {
  "one detection": sampleNotification,
  "a hostile one": hostileNotification,
  "several of a run": () => severalNotification("run", 7),
  "the same in many jobs": () => severalNotification("fleet", 60),
  "a hostile digest": () => ({ ...hostileNotification(), together: "digest", others }),
};
const looks = [600, 375].flatMap((width) =>
  (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })),
);

describe.each(Object.entries(mails))("a mail of %s", (name, notification) => {
  it.each(looks)("stays whole at $width pixels, $colorScheme", async ({ width, colorScheme }) => {
    const viewport = { width, height: 900 };
    const page = await (await browser.newContext({ viewport, colorScheme })).newPage();
    const complaints: string[] = [];
    page.on("request", (request) => complaints.push(request.url()));
    page.on("dialog", (dialog) => {
      complaints.push(dialog.message());
      void dialog.dismiss();
    });
    page.on("console", (message) => complaints.push(message.text()));
    await page.setContent(await mailOf(notification()));
    const shown = await page.evaluate<{ hidden: number; active: number; links: string[] }>(`({
      hidden: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      active: document.querySelectorAll("script, img, iframe, form, object, link, svg, [onerror], [onload]").length,
      links: [...document.querySelectorAll("a")].map((link) => link.protocol),
    })`);
    expect(shown).toMatchObject({ hidden: 0, active: 0 });
    expect(new Set(shown.links)).toEqual(new Set(shown.links.length > 0 ? ["https:"] : []));
    expect(complaints).toEqual([]);
    if (process.env.MAIL_PICTURES) {
      const file = `${name.replaceAll(" ", "-")}-${width}-${colorScheme}.png`;
      await page.screenshot({ path: `${process.env.MAIL_PICTURES}/${file}`, fullPage: true });
    }
    await page.context().close();
  });
});
