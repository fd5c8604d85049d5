import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.js";
import { type ChildService, childService } from "./child-service.js";
import { plainTexts, sendRunbookRuns } from "./runbook-job.js";

const folder = mkdtempSync(join(tmpdir(), "straycall-browser-"));
const tokens = { ingest: "ingest-token-0123456789", admin: "admin-token-0123456789" };
let service: ChildService;
let browser: Browser;

beforeAll(async () => {
  const folders = { clones: join(folder, "git"), logs: join(folder, "logs") };
  service = await childService({
    STRAYCALL_DATA: join(folder, "data"),
    STRAYCALL_INGEST_TOKEN: tokens.ingest,
    STRAYCALL_ADMIN_TOKEN: tokens.admin,
    STRAYCALL_LEARNING_RUNS: "1",
    STRAYCALL_CI_CLONES: folders.clones,
    STRAYCALL_CI_LOGS: folders.logs,
  });
  await sendRunbookRuns(service.url, tokens.ingest, folders);
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

/** A page that was reached by a link while nobody was signed in: by way of signing in. */
async function openPage(path = "/", options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("console", (message) => complaints.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(service.url)) complaints.push(`request: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  await page.goto(service.url + path);
  await page.getByLabel("Your name").fill("Ann");
  await page.getByLabel("Token").fill(tokens.admin);
  // A click resolves before the styles of the next page are there.
  await Promise.all([
    page.waitForEvent("load"),
    page.getByRole("button", { name: "Sign in" }).click(),
  ]);
  return page;
}

/** Follows a link to another page. */
async function follow(page: Page, link: ReturnType<Page["locator"]>): Promise<void> {
  await Promise.all([page.waitForEvent("load"), link.click()]);
}

/** The link of the notification that the service printed. */
function toldLink(): string {
  const [, path] = /Details: https?:\/\/[^/]+(\/\S+)/.exec(service.output()) ?? [];
  if (path === undefined) throw new Error("nothing was told");
  return path;
}

const endpoint = `${plainTexts.host}:443`;

describe("the runbook, from the notification's link, by clicking only", () => {
  it("answers what, which step, which process, what was asked, the log, the commit", async () => {
    const page = await openPage(toldLink(), { javaScriptEnabled: false });
    await page.getByRole("heading", { name: `New outbound call: ${endpoint}` }).waitFor();
    const parts = page.getByRole("navigation", { name: "Runbook" }).getByRole("link");
    for (const part of await parts.all()) {
      await part.click();
      const [, id] = new URL(page.url()).hash.split("#");
      expect(await page.locator(`h2#${id}`).isVisible()).toBe(true);
    }
    const section = (name: string) => page.locator(`section:has(> h2#${name})`);
    const suspects = await section("suspects").locator("li").allTextContents();
    expect(suspects[0]).toMatch(/^Package fast-image.*changed from 1\.0\.0 to 1\.0\.1/);
    expect(suspects.join()).toContain("Mallory");
    expect(await section("step").textContent()).toContain(plainTexts.step);
    expect(await section("process").locator(".chain li").last().textContent()).toContain(
      "node install.js --upload",
    );
    expect(await section("requests").textContent()).toContain("POST /in/4711");
    const mentions = section("log").locator(".mentions");
    expect(await mentions.first().textContent()).toContain(`sent to ${plainTexts.host}`);
    expect(await section("log").locator(".call").textContent()).toContain("made here");
    expect(await section("changes").textContent()).toContain("Package fast-image changed from");
    expect(await section("elsewhere").textContent()).toContain("hosts.txt:1");
    await page.context().close();
  });

  it("leads to the run, its events, its timeline, its log and back", async () => {
    const page = await openPage(toldLink(), { javaScriptEnabled: false });
    await follow(page, page.getByRole("link", { name: "stray: all its calls" }));
    await page.getByRole("heading", { name: "Network events" }).waitFor();
    const call = page.locator("table.calls tr.anomalous");
    expect(await call.textContent()).toContain(endpoint);
    const tabs = page.getByRole("navigation", { name: "Run" });
    for (const [tab, shown] of [
      ["Process events", "node install.js --upload"],
      ["Timeline", plainTexts.step],
      ["Build log", `sent to ${plainTexts.host}`],
      ["Summary", "Compared with"],
    ] as const) {
      await follow(page, tabs.getByRole("link", { name: tab }));
      expect(await page.locator("main").textContent()).toContain(shown);
    }
    await follow(page, tabs.getByRole("link", { name: "Build log" }));
    const lines = await page.locator(".log li").allTextContents();
    const place = (text: string) => lines.findIndex((line) => line.includes(text));
    expect(place(plainTexts.logLine)).toBeLessThan(place(`${endpoint} POST /in/4711`));
    expect(place(`${endpoint} POST /in/4711`)).toBeLessThan(place("sent to"));
    await follow(page, tabs.getByRole("link", { name: "Timeline" }));
    await follow(page, page.locator("a:has(path.finding)"));
    await page.getByRole("heading", { name: `New outbound call: ${endpoint}` }).waitFor();
    await page.context().close();
  });

  it("leads from the PID to the parent to the parent, up to the runner", async () => {
    const page = await openPage(toldLink(), { javaScriptEnabled: false });
    await follow(page, page.locator(".chain .caller a"));
    const commands: string[] = [];
    for (;;) {
      const command = await page.locator("section:has(> h2:text('Command')) pre").textContent();
      commands.push((command ?? "").trim());
      const parent = page.getByRole("link", { name: /^View parent process/ });
      if ((await parent.count()) === 0) break;
      await follow(page, parent);
    }
    expect(commands).toEqual([
      "node install.js --upload",
      "sh -c 'node install.js'",
      "npm ci",
      "bash -e /runner/step.sh",
      "bash /runner/job.sh",
    ]);
    expect(await page.locator(".tree .node").count()).toBeGreaterThan(3);
    await page.context().close();
  });
});

describe("findings only, and search", () => {
  const rows = (page: Page) => page.locator("table.calls tbody tr");
  const toNetwork = async (page: Page) => {
    await follow(page, page.getByRole("link", { name: "stray: all its calls" }));
    expect(await rows(page).count()).toBe(2);
  };

  it("answer by the button where no script runs", async () => {
    const page = await openPage(toldLink(), { javaScriptEnabled: false });
    await toNetwork(page);
    const show = page.getByRole("button", { name: "Show" });
    await page.getByLabel("Show findings only").check();
    await follow(page, show);
    expect(await rows(page).count()).toBe(1);
    expect(await page.getByLabel("Show findings only").isChecked()).toBe(true);
    await page.getByLabel("Show findings only").uncheck();
    await page.getByLabel("Search").fill("PACKAGES");
    await follow(page, show);
    expect(await rows(page).allTextContents()).toEqual([
      expect.stringContaining("packages.example:443"),
    ]);
    await page.context().close();
  });

  it("answer as one types where scripts run, and the address follows", async () => {
    const page = await openPage(toldLink());
    await toNetwork(page);
    await page.getByLabel("Search").pressSequentially("packages.ex");
    await rows(page).nth(1).waitFor({ state: "detached" });
    expect(await rows(page).textContent()).toContain("packages.example:443");
    expect(page.url()).toContain("q=packages.ex");
    await page.getByLabel("Search").fill("");
    await rows(page).nth(1).waitFor();
    await page.getByLabel("Show findings only").check();
    await rows(page).nth(1).waitFor({ state: "detached" });
    expect(await rows(page).textContent()).toContain(endpoint);
    await page.getByLabel("Search").fill("nothing is like this");
    await page.getByText("No outbound call of this run is like that.").waitFor();
    await page.context().close();
  });
});

describe("the keyboard alone", () => {
  it("reaches the run, its calls, the process and its parent", async () => {
    const page = await openPage("/");
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    /** Goes on until the focus is on a link, and opens it. */
    const open = async (selector: string) => {
      for (let presses = 0; presses < 60; presses += 1) {
        await page.keyboard.press("Tab");
        if ((await page.locator(`${selector}:focus`).count()) > 0) {
          await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
          return;
        }
      }
      throw new Error(`the focus never came to ${selector}`);
    };
    await open("tr.anomalous th a");
    await open(".tabs a:has-text('Network events')");
    await open("tr.anomalous td a[href*='/processes/']");
    await open("a[rel=up]");
    expect(await page.locator("pre").first().textContent()).toContain("sh -c 'node install.js'");
    await page.context().close();
  });
});

const axeSource = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Every page, by its path from the root. */
async function everyPath(page: Page): Promise<string[]> {
  const hrefOf = async (path: string, selector: string) => {
    await page.goto(service.url + path);
    return (await page.locator(selector).first().getAttribute("href")) ?? "";
  };
  const run = await hrefOf("/", "tr.anomalous th a");
  const process = await hrefOf(`${run}/network?findings=1`, "tr.anomalous a[href*='/processes/']");
  return [
    "/",
    ...["", "/network", "/processes", "/timeline", "/log"].map((tab) => run + tab),
    process,
    "/detections",
    toldLink(),
    "/baselines",
    await hrefOf("/baselines", "tbody th a"),
    "/destinations",
    `/destinations/${plainTexts.host}`,
    "/suppressions",
    "/suppressions/new",
    "/settings",
    "/tokens",
  ];
}

describe("every page", () => {
  it.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 390],
    ["dark", 390],
  ] as const)(
    "has no serious fault for who uses it otherwise, and fits: %s, %i pixels",
    async (colorScheme, width) => {
      const page = await openPage("/", {
        colorScheme,
        viewport: { width, height: 800 },
        // axe is put in by the test, and not by the page.
        bypassCSP: true,
      });
      for (const path of await everyPath(page)) {
        await page.goto(service.url + path, { waitUntil: "load" });
        expect([path, await hiddenWidth(page)]).toEqual([path, 0]);
        await page.addScriptTag({ path: axeSource });
        const { violations, passes } = await page.evaluate<AxeResults>("axe.run()");
        expect(passes.length).toBeGreaterThan(10);
        const serious = violations.filter(
          ({ impact }) => impact === "serious" || impact === "critical",
        );
        const told = serious.map(({ id, nodes }) => [id, nodes[0]?.html, nodes[0]?.failureSummary]);
        expect([path, told]).toEqual([path, []]);
      }
      await page.context().close();
    },
  );
});

/** How far the page reaches beyond the screen to the right. */
const hiddenWidth = (page: Page) =>
  page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );

describe("the pages that change something in a browser", () => {
  it("take a review, a rule, settings and a token, without any script", async () => {
    const page = await openPage("/detections", { javaScriptEnabled: false });
    await follow(page, page.locator("tbody th a").first());
    await page.getByLabel("Note").fill("a collector of ours <script>alert(1)</script>");
    await follow(page, page.getByRole("button", { name: "Acknowledge" }));
    expect(await page.locator(".history").textContent()).toContain("Acknowledged by Ann");
    await follow(page, page.getByRole("link", { name: "Suppress …" }));
    await follow(page, page.getByRole("button", { name: "Show what it would have matched" }));
    await page.getByRole("heading", { name: "It would have matched 1 detection" }).waitFor();
    await page.getByLabel("Why").fill("ours");
    await follow(page, page.getByRole("button", { name: "Add the rule" }));
    await follow(page, page.getByRole("button", { name: "End it" }));
    expect(await page.locator("tbody tr").textContent()).toContain("Ended. Ann");
    await follow(page, page.getByRole("link", { name: "Settings" }));
    const toggle = page.getByLabel("Anomalous outbound network call detected");
    expect(await toggle.isChecked()).toBe(true);
    await page.getByLabel("Unusual traffic").uncheck();
    await follow(page, page.getByRole("button", { name: "Save" }));
    expect(await page.getByLabel("Unusual traffic").isChecked()).toBe(false);
    expect(await page.locator(".lead").textContent()).toContain("Changed last by Ann");
    await follow(page, page.getByRole("button", { name: "Send a test message" }));
    expect(await page.getByRole("status").textContent()).toContain("was sent through terminal");
    await follow(page, page.getByRole("link", { name: "Tokens for agents and programs" }));
    await page.getByLabel("For whom or what").fill("runners of the shop");
    await page.getByLabel("Repositories, a line for each").fill("acme/shop\nacme/web");
    await follow(page, page.getByRole("button", { name: "Make a token" }));
    expect(await page.getByRole("status").textContent()).toContain("stray_");
    await follow(page, page.getByRole("button", { name: "End it" }));
    expect(await page.locator("tbody tr").textContent()).toContain("ended");
    await follow(page, page.getByRole("button", { name: "Sign out" }));
    await page.goto(`${service.url}/settings`);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.context().close();
  });
});
