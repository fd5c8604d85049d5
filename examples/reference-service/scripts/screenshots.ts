/* Makes docs/images again from the recorded runs: npm run screenshots, with Debian's chromium and fonts-inter. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startService } from "../src/service.js";
import { launchBrowser } from "../test/browser.js";

const images = fileURLToPath(new URL("../../../docs/images", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "straycall-screenshots-"));

const service = await startService(
  { PORT: "0", STRAYCALL_DATA: folder, STRAYCALL_PUBLIC_URL: "https://straycall.acme.example" },
  { replayRecordings: true, print: () => {} },
);
const browser = await launchBrowser();
const page = await browser.newPage({
  viewport: { width: 1280, height: 820 },
  colorScheme: "light",
});

await page.goto(service.url);
await page.screenshot({ path: join(images, "runs.png"), fullPage: true });
await page.goto(`${service.url}/detections`);
await page.locator("tr.anomalous th a").first().click();
await page.locator(".chain").waitFor();
await page.screenshot({ path: join(images, "detection.png"), fullPage: true });

await page.goto(`${service.url}/sign-in?to=/settings`);
await page.getByLabel("Your name").fill("Ann");
const token = readFileSync(join(folder, "admin-token"), "utf8").trim();
await page.getByLabel("Admin token").fill(token);
await page.getByRole("button", { name: "Sign in" }).click();
await page.screenshot({ path: join(images, "settings.png"), fullPage: true });

await browser.close();
await service.close();
rmSync(folder, { recursive: true });
