import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { getRequestListener } from "@hono/node-server";
import { createMonitor, type Logger, type Monitor, type Store } from "@straycall/core";
import { sqliteStore } from "@straycall/store-sqlite";
import { pino } from "pino";
import { createApp } from "./app.js";
import { configuredCi } from "./ci-provider.js";
import { type KeptToken, keptToken } from "./kept-token.js";
import { closeServer, listeningServer, serverUrl } from "./listening-server.js";
import { configuredNotifiers } from "./notifiers.js";
import { pageLinks } from "./page-links.js";
import { readPriorFile } from "./prior-file.js";
import { readRecordings, recordedJobs } from "./replay/recording.js";
import { replay } from "./replay/replay.js";
import { readSettings } from "./settings.js";

export interface ServiceOptions {
  /** Fill an empty database with the recorded runs. Default false. */
  replayRecordings?: boolean;
  /** Prints what people are told. Default: the standard output. */
  print?: (text: string) => void;
}

export interface Service {
  /** Where it listens. */
  url: string;
  /** The file that holds the ingest token; unset if the environment gave the token. */
  tokenPath?: string;
  /** The same for the admin token. */
  adminTokenPath?: string;
  /** Opens the pages, once, for who reads what the service prints. */
  signInUrl(): string;
  /** How many recorded runs were replayed. */
  replayed: number;
  /** Answers what is under way, sends what is due, and releases the database. */
  close(): Promise<void>;
}

const recordingsFolder = fileURLToPath(new URL("../recordings", import.meta.url));

/**
 * Starts the whole product: server, monitor, store, notifiers, as the environment says.
 *
 * @throws StraycallError CONFIG_INVALID naming what is wrong, or the port that cannot be had
 */
export async function startService(
  environment: Record<string, string | undefined>,
  { replayRecordings = false, print = (text) => process.stdout.write(text) }: ServiceOptions = {},
): Promise<Service> {
  const settings = readSettings(environment);
  const prior =
    settings.priorPath === undefined ? {} : { prior: await readPriorFile(settings.priorPath) };
  await mkdir(settings.dataFolder, { recursive: true });
  const tokenFrom = async (given: string | undefined, name: string): Promise<KeptToken> =>
    given ? { token: given } : keptToken(settings.dataFolder, name);
  const ingestToken = await tokenFrom(settings.ingestToken, "ingest-token");
  const adminToken = await tokenFrom(settings.adminToken, "admin-token");
  const recordings = await readRecordings(recordingsFolder);
  const server = await listeningServer(settings.port, settings.host);
  const url = serverUrl(server);
  const publicUrl = settings.publicUrl ?? url;
  const logger = pino({ level: "warn" }, pino.destination(2));

  const store = sqliteStore({ path: join(settings.dataFolder, "straycall.db") });
  const monitor = createMonitor({
    store,
    notifiers: configuredNotifiers(settings, { print, store, publicUrl }),
    notifyFrom: settings.notifyFrom,
    baseline: { learningRuns: settings.learningRuns, ...prior },
    links: pageLinks(publicUrl),
    ...configuredCi(settings.ci),
    // A page waits for it.
    ciPatienceMs: 10_000,
    logger,
  });
  const { hono, sessions } = createApp({
    monitor,
    store,
    logger,
    settings: {
      ingestToken: ingestToken.token,
      adminToken: adminToken.token,
      publicUrl,
      learningRuns: settings.learningRuns,
      recordedJobs: recordedJobs(recordings),
    },
  });
  server.on("request", getRequestListener(hono.fetch));
  await monitor.resume();
  const abandoned = setInterval(endAbandoned, endAbandonedEveryMs, monitor, logger);
  const toReplay = replayRecordings && (await isEmpty(store)) ? recordings : [];
  await replay(toReplay, monitor, Date.now());

  return {
    url,
    ...(ingestToken.path ? { tokenPath: ingestToken.path } : {}),
    ...(adminToken.path ? { adminTokenPath: adminToken.path } : {}),
    signInUrl: () => `${url}/sign-in?ticket=${sessions.ticket()}`,
    replayed: toReplay.length,
    async close() {
      clearInterval(abandoned);
      await closeServer(server);
      await monitor.close();
      await store.close();
    },
  };
}

/** Agents send over a network, which may be down for a while; a run that is ended teaches nothing. */
const abandonedAfterMs = 3_600_000;
const endAbandonedEveryMs = 60_000;

async function endAbandoned(monitor: Monitor, logger: Logger) {
  try {
    await monitor.endAbandoned(abandonedAfterMs);
  } catch (error) {
    logger.error({ err: error }, "could not end abandoned runs");
  }
}

async function isEmpty(store: Store): Promise<boolean> {
  const { items } = await store.runs.list({ limit: 1 });
  return items.length === 0;
}
