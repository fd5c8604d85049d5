import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer, text as readText } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

/** A message that a receiver took. */
export interface Accepted {
  notifier: "webhook" | "email";
  /** The idempotency key. */
  key: string;
  /** Ids of the detections that it tells; of a mail unknown. */
  detections?: string[];
  /** Which process sent it: the one that this receiver was for at that time. */
  sender: number;
}

export interface CheckRun {
  id: number;
  name: string;
  head_sha: string;
  external_id: string;
  output: { title: string };
}

/** What all receivers took. */
export interface Taken {
  accepted: Accepted[];
  checks: CheckRun[];
}

/** One place's receivers: it is known which process sends there. */
export interface Receivers {
  webhookUrl: string;
  smtpPort: number;
  githubUrl: string;
  /** The process that sends here from now on. */
  sender: number;
  close(): Promise<void>;
}

/** Starts real servers for one place, which note what they take in `taken`. */
export async function startReceivers(taken: Taken): Promise<Receivers> {
  const place = { sender: 0 };
  const webhook = createServer(async (request, response) => {
    const text = await readText(request).catch(() => undefined);
    // Its sender died in the middle: nothing was accepted.
    if (text === undefined) return;
    const body: unknown = JSON.parse(text);
    const findings = [body].flat() as { finding_info: { uid: string } }[];
    const key = String(request.headers["webhook-id"]);
    const detections = findings.map(({ finding_info }) => finding_info.uid);
    taken.accepted.push({ notifier: "webhook", key, detections, sender: place.sender });
    response.writeHead(204).end();
  });
  const mail = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    async onData(stream, _, callback) {
      const bytes = await buffer(stream).catch(() => undefined);
      // Its sender died in the middle: nothing was accepted.
      if (bytes === undefined) return callback(new Error("incomplete"));
      const raw = bytes.toString("latin1");
      const key = /^X-Straycall-Delivery: *((?:.|\r\n[ \t])*)/im.exec(raw)?.[1] ?? "";
      const unfolded = key.replace(/\r\n[ \t]+/g, "");
      taken.accepted.push({ notifier: "email", key: unfolded, sender: place.sender });
      callback();
    },
  });
  // Whoever is killed leaves its connections.
  mail.on("error", () => {});
  const github = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    const text = await readText(request).catch(() => undefined);
    if (text === undefined) return;
    const answer = checkAnswer(taken.checks, request.method ?? "", url, text);
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  const [webhookPort, githubPort] = [await listen(webhook), await listen(github)];
  await new Promise<void>((resolve) => mail.listen(0, "127.0.0.1", resolve));
  return Object.assign(place, {
    webhookUrl: `http://127.0.0.1:${webhookPort}/`,
    smtpPort: (mail.server.address() as AddressInfo).port,
    githubUrl: `http://127.0.0.1:${githubPort}`,
    async close() {
      for (const server of [webhook, github]) {
        server.closeAllConnections();
        server.close();
      }
      await new Promise<void>((resolve) => mail.close(resolve));
    },
  });
}

/** As GitHub's API keeps check runs. */
function checkAnswer(checks: CheckRun[], method: string, url: URL, body: string): object {
  const [, sha] = /\/commits\/([^/]+)\/check-runs$/.exec(url.pathname) ?? [];
  if (method === "GET") {
    const name = url.searchParams.get("check_name");
    const found = checks.filter((check) => check.head_sha === sha && check.name === name);
    return { total_count: found.length, check_runs: found };
  }
  const fields = JSON.parse(body) as CheckRun;
  const id = Number(url.pathname.split("/").at(-1));
  const known = method === "PATCH" ? checks.find((check) => check.id === id) : undefined;
  if (known) return Object.assign(known, fields, { id });
  const made = { ...fields, id: checks.length + 1 };
  checks.push(made);
  return made;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
