/*
 * Makes docs/images/install.png: what installing this project from nothing calls, captured and shown on a run's page.
 * npm run install-picture, as root, with Debian's chromium and fonts-inter. The hosts of the package registry and the
 * addresses that this machine reaches them by are nobody's business: they are renamed before the service sees them.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startService } from "../src/service.js";
import { launchBrowser } from "../test/browser.js";

const checkout = fileURLToPath(new URL("../../..", import.meta.url));
const image = join(checkout, "docs/images/install.png");
const agent = join(checkout, "packages/agent-linux/bin/straycall-agent.js");
const token = "the-picture-maker's-own-token";
const folder = mkdtempSync(join(tmpdir(), "straycall-install-"));

try {
  const events = renamed(captureInstall());
  const service = await startService(
    { PORT: "0", STRAYCALL_DATA: join(folder, "service"), STRAYCALL_INGEST_TOKEN: token },
    { print: () => {} },
  );
  const answer = await fetch(`${service.url}/api/v1/events`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/x-ndjson" },
    body: events,
  });
  console.log(answer.status, await answer.text());

  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 1100 } });
  await page.goto(service.url);
  await page.locator("tbody th a").first().click();
  await page.screenshot({ path: image });
  await browser.close();
  await service.close();
} finally {
  rmSync(folder, { recursive: true });
}

/** Installs a fresh clone into an empty store, watched; answers what was captured. */
function captureInstall(): string {
  const clone = join(folder, "straycall");
  const file = join(folder, "events.ndjson");
  execFileSync("git", ["clone", "--quiet", "--depth=1", `file://${checkout}`, clone]);
  const install = "node scripts/pnpm.mjs install --store-dir ../store";
  execFileSync(
    process.execPath,
    [agent, "run", "--job", "install", "--db", join(folder, "db"), "--events", file, "--"].concat([
      "sh",
      "-c",
      install,
    ]),
    {
      cwd: clone,
      stdio: "inherit",
      env: { ...process.env, npm_config_cache: join(folder, "npm") },
    },
  );
  return readFileSync(file, "utf8");
}

/** Gives every host and address another name, the same one everywhere, and this machine's folder a usual one. */
function renamed(ndjson: string): string {
  const events = ndjson
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const hosts = new Set<string>();
  const addresses = new Set<string>();
  for (const { type, dns, destination, tls } of events) {
    if (type === "dns.answer") hosts.add(dns.question.name);
    if (type === "tls.hello" && tls.client.server_name) hosts.add(tls.client.server_name);
    if (type === "network.connect" && destination.ip) addresses.add(destination.ip);
  }
  const names = [
    ...[...hosts].map((host, index) => [host, `packages${index || ""}.example`] as const),
    ...[...addresses].map((address, index) => [address, `192.0.2.${index + 1}`] as const),
    [folder, "/home/runner/work"] as const,
  ];
  return names.reduce((text, [from, to]) => text.replaceAll(from, to), ndjson);
}
