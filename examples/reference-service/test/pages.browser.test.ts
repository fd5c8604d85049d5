import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.js";
import { type ChildService, childService } from "./child-service.js";

const folder = mkdtempSync(join(tmpdir(), "straycall-browser-"));
let service: ChildService;
let browser: Browser;

beforeAll(async () => {
  service = await childService({ STRAYCALL_DATA: folder }, []);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await service?.stop("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
});

/** What no page may do. */
const complaints: string[] = [];
afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  page.on("console", (message) => complaints.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(service.url)) complaints.push(`request: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  await page.goto(service.url);
  return page;
}

const endpoint = "stats.collect-metrics.example:80";

describe("the recorded demonstration in a browser", () => {
  it("shows the run that strayed with an orange mark, above those that did not", async () => {
    const page = await openPage();
    const rows = page.locator("tbody tr");
    expect(await rows.count()).toBe(7);
    expect(await rows.first().getAttribute("class")).toBe("anomalous");
    expect(await page.locator("tr.anomalous").count()).toBe(1);
    const mark = rows.first().locator(".mark.orange");
    expect(await mark.textContent()).toContain("1 anomalous call");
    expect(await mark.locator("svg").isVisible()).toBe(true);
    const orange = await mark
      .locator("svg")
      .evaluate((icon) => icon.ownerDocument.defaultView?.getComputedStyle(icon).color);
    expect(orange).toBe("rgb(249, 115, 22)");
    await page.context().close();
  });

  it("leads from the run to its calls to the detection, without any script", async () => {
    const page = await openPage({ javaScriptEnabled: false });
    await page.locator("tr.anomalous th a").click();
    await page.getByRole("heading", { name: "Outbound calls" }).waitFor();
    const call = page.locator("table.calls tr.anomalous");
    expect(await call.textContent()).toContain(endpoint);
    await call.getByRole("link", { name: "Anomalous" }).click();
    await page.getByRole("heading", { name: `New outbound call: ${endpoint}` }).waitFor();
    const chain = page.locator(".chain li");
    expect(await chain.last().textContent()).toContain("curl");
    expect(await page.locator(".chain").textContent()).toContain("npm ci");
    expect(await page.locator("pre").textContent()).toContain("Command");
    await page.context().close();
  });

  it("can be used with the keyboard alone", async () => {
    const page = await openPage();
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Skip to the content");
    for (let presses = 0; presses < 6; presses += 1) await page.keyboard.press("Tab");
    expect(await page.locator("tr.anomalous a:focus").count()).toBe(1);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Outbound calls" }).waitFor();
    await page.context().close();
  });

  it.each([
    ["light", 390],
    ["dark", 390],
    ["light", 1280],
  ] as const)("fits a %s screen %i pixels wide", async (colorScheme, width) => {
    const page = await openPage({ colorScheme, viewport: { width, height: 800 } });
    for (const link of ["tr.anomalous th a", "article.anomalous a"]) {
      expect(await hiddenWidth(page)).toBe(0);
      await Promise.all([page.waitForEvent("load"), page.locator(link).first().click()]);
    }
    expect(await hiddenWidth(page)).toBe(0);
    await page.context().close();
  });
});

/** How far the page reaches beyond the screen to the right. */
const hiddenWidth = (page: Page) =>
  page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );

describe("the pages that change something in a browser", () => {
  /** Goes to a page, by way of signing in. */
  async function signedIn(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await openPage({ javaScriptEnabled: false, ...options });
    await page.goto(service.url + path);
    await page.getByLabel("Your name").fill("Ann");
    const token = readFileSync(join(folder, "admin-token"), "utf8").trim();
    await page.getByLabel("Admin token").fill(token);
    // A click resolves before the styles of the next page are there.
    await Promise.all([
      page.waitForEvent("load"),
      page.getByRole("button", { name: "Sign in" }).click(),
    ]);
    return page;
  }

  it("take a review, a rule and settings, without any script", async () => {
    const page = await signedIn("/sign-in?to=/detections");
    await page.locator("tbody th a").first().click();
    await page.getByLabel("Note").fill("a collector of ours <script>alert(1)</script>");
    await page.getByRole("button", { name: "Acknowledge" }).click();
    expect(await page.locator(".history").textContent()).toContain("Acknowledged by Ann");
    await page.getByRole("link", { name: "Suppress …" }).click();
    await page.getByRole("button", { name: "Show what it would have matched" }).click();
    await page.getByRole("heading", { name: "It would have matched 1 detection" }).waitFor();
    await page.getByLabel("Why").fill("ours");
    await page.getByRole("button", { name: "Add the rule" }).click();
    await page.getByRole("button", { name: "End it" }).click();
    expect(await page.locator("tbody tr").textContent()).toContain("Ended. Ann");
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByLabel("Unusual traffic").uncheck();
    await page.getByRole("button", { name: "Save" }).click();
    expect(await page.getByLabel("Unusual traffic").isChecked()).toBe(false);
    expect(await page.locator(".lead").textContent()).toContain("Changed last by Ann");
    await page.getByRole("button", { name: "Send a test message" }).click();
    expect(await page.getByRole("status").textContent()).toContain("was sent through terminal");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.goto(`${service.url}/settings`);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.context().close();
  });

  it.each(["/settings", "/suppressions", "/suppressions/new"])(
    "fit a narrow screen: %s",
    async (path) => {
      const page = await signedIn(path, { viewport: { width: 360, height: 800 } });
      expect(await hiddenWidth(page)).toBe(0);
      await page.context().close();
    },
  );
});
