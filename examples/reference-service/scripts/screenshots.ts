/*
 * Makes docs/images again: npm run screenshots, with Debian's chromium and fonts-inter. Runs, detection and settings are of
 * the recorded runs; what belongs to the runbook is of a small made-up job that has a git clone and a build log, too.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { type ServiceOptions, startService } from "../src/service.js";
import { launchBrowser } from "../test/browser.js";
import { sendRunbookRuns } from "../test/runbook-job.js";

const images = fileURLToPath(new URL("../../../docs/images", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "straycall-screenshots-"));
const token = "the-picture-maker's-own-token";
const viewport = { width: 1280, height: 820 };
const browser = await launchBrowser();

async function signedIn(environment: Record<string, string>, options: ServiceOptions) {
  const service = await startService(
    { PORT: "0", STRAYCALL_INGEST_TOKEN: token, ...environment },
    { print: () => {}, ...options },
  );
  const page = await browser.newPage({ viewport, colorScheme: "light" });
  await page.goto(service.signInUrl());
  await page.getByLabel("Your name").fill("Ann");
  await Promise.all([page.waitForEvent("load"), page.getByRole("button").click()]);
  return { service, page };
}

const open = (page: Page, url: string) => page.goto(url, { waitUntil: "load" });
const picture = (page: Page, name: string, fullPage = true) =>
  page.screenshot({ path: join(images, `${name}.png`), fullPage });

{
  const data = join(folder, "recorded");
  const { service, page } = await signedIn(
    { STRAYCALL_DATA: data, STRAYCALL_PUBLIC_URL: "https://straycall.acme.example" },
    { replayRecordings: true },
  );
  await open(page, service.url);
  await picture(page, "runs");
  await open(page, `${service.url}/settings`);
  await picture(page, "settings");
  await service.close();
}
{
  const folders = { clones: join(folder, "git"), logs: join(folder, "logs") };
  const { service, page } = await signedIn(
    {
      STRAYCALL_DATA: join(folder, "runbook"),
      STRAYCALL_LEARNING_RUNS: "1",
      STRAYCALL_CI_CLONES: folders.clones,
      STRAYCALL_CI_LOGS: folders.logs,
    },
    {},
  );
  await sendRunbookRuns(service.url, token, folders);
  await open(page, `${service.url}/detections`);
  const detection = await page.locator("tr.anomalous th a").first().getAttribute("href");
  const run = await page.locator("tr.anomalous .job a").first().getAttribute("href");
  await open(page, service.url + detection);
  await picture(page, "detection");
  await picture(page, "runbook-suspects", false);
  for (const part of ["process", "log", "changes"]) {
    await page.locator(`section:has(> h2#${part})`).screenshot({
      path: join(images, `runbook-${part}.png`),
    });
  }
  for (const tab of ["network", "timeline", "log"]) {
    await open(page, `${service.url}${run}/${tab}`);
    await picture(page, tab === "log" ? "run-log" : `run-${tab}`);
  }
  await open(page, `${service.url}${run}/network?findings=1`);
  await page.locator("tr.anomalous a[href*='/processes/']").click();
  await page.getByRole("heading", { name: "Process tree" }).waitFor();
  await picture(page, "process");
  await open(page, `${service.url}/baselines`);
  await page.locator("tbody th a").click();
  await page.getByRole("heading", { name: "Growth" }).waitFor();
  await picture(page, "baseline");
  await service.close();
}
await browser.close();
rmSync(folder, { recursive: true });
