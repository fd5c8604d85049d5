import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { createMonitor, type Logger, type Store, silentLogger } from "@straycall/core";
import { sqliteStore } from "@straycall/store-sqlite";
import { createApp } from "../src/app.js";
import type { AppSettings } from "../src/app-settings.js";
import { pageLinks } from "../src/page-links.js";
import { terminalNotifier } from "../src/terminal-notifier.js";

export const token = "test-token-0123456789";

export const adminToken = "admin-token-0123456789";

/** The app on a real port, over a real database, telling a terminal that is a list. */
export interface TestService {
  url: string;
  store: Store;
  /** Every route that the app has, as its router knows it. */
  routes: readonly { method: string; path: string }[];
  /** Of a session of the admin. */
  cookie(): Promise<string>;
  /** What was told. */
  printed: string[];
  /** Resolves when nothing is left to tell. */
  idle(): Promise<void>;
  post(body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** As who is signed in, unless other headers are given. */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  getJson<T>(path: string): Promise<T>;
  close(): Promise<void>;
}

export interface TestServiceOptions extends Partial<AppSettings> {
  logger?: Logger;
}

export async function testService(options: TestServiceOptions = {}): Promise<TestService> {
  const { logger = silentLogger, learningRuns = 1, ...settings } = options;
  const folder = mkdtempSync(join(tmpdir(), "straycall-service-"));
  const store = sqliteStore({ path: join(folder, "straycall.db") });
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const printed: string[] = [];
  const monitor = createMonitor({
    store,
    notifiers: [terminalNotifier((text) => printed.push(text))],
    baseline: { learningRuns },
    links: pageLinks(url),
  });
  const { hono } = createApp({
    monitor,
    store,
    logger,
    settings: {
      ingestToken: token,
      adminToken,
      publicUrl: url,
      learningRuns,
      recordedJobs: new Set(),
      ...settings,
    },
  });
  server.on("request", getRequestListener(hono.fetch));

  let session: Promise<string> | undefined;
  const cookie = () => {
    session ??= signIn(url, adminToken, "Test");
    return session;
  };
  const get = async (path: string, headers?: Record<string, string>) =>
    fetch(url + path, { headers: headers ?? { cookie: await cookie() }, redirect: "manual" });

  return {
    url,
    store,
    routes: hono.routes.map(({ method, path }) => ({ method, path })),
    cookie,
    printed,
    idle: () => monitor.idle(),
    post: (body, headers = {}) =>
      fetch(`${url}/api/v1/events`, {
        method: "POST",
        headers: {
          Authorization: `Bearer ${token}`,
          "Content-Type": "application/json",
          ...headers,
        },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    get,
    getJson: async (path) => JSON.parse(await (await get(path)).text()),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await monitor.close();
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Signs in by the page's form, and answers with the session's cookie. */
export async function signIn(url: string, token: string, name: string): Promise<string> {
  const answer = await fetch(`${url}/sign-in`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: url },
    body: new URLSearchParams({ name, token, to: "/" }),
  });
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}
