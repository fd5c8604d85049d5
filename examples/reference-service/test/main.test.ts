import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Delivery } from "@straycall/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ChildService, childService, failingService } from "./child-service.js";
import { runBatch } from "./sample-events.js";
import { type WebhookReceiver, webhookReceiver } from "./webhook-receiver.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "straycall-main-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const token = "test-token-0123456789";
const adminToken = "admin-token-0123456789";

async function post(service: ChildService, body: unknown, bearer = token) {
  const answer = await fetch(`${service.url}/api/v1/events`, {
    method: "POST",
    headers: { Authorization: `Bearer ${bearer}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: JSON.parse(await answer.text()) };
}

/** Asks again and again until `is` is told what it waits for. */
async function until<T>(ask: () => Promise<T>, is: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (is(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

describe("the service as a process", () => {
  it("makes a token that only its owner may read, keeps it, and says how to use it", async () => {
    const first = await childService({ STRAYCALL_DATA: folder });
    const path = join(folder, "ingest-token");
    const kept = readFileSync(path, "utf8").trim();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(first.output()).toContain(`$(cat ${path})`);
    expect(first.output()).not.toContain(kept);
    expect((await post(first, runBatch("1", []), kept)).status).toBe(200);
    expect(await first.stop("SIGTERM")).toBe(0);

    const second = await childService({ STRAYCALL_DATA: folder });
    expect(readFileSync(path, "utf8").trim()).toBe(kept);
    expect((await post(second, runBatch("2", []), kept)).status).toBe(200);
    await second.stop("SIGTERM");
  });

  it("says what is wrong with its settings and ends with 1", async () => {
    const { code, output } = await failingService({ PORT: "many", STRAYCALL_DATA: folder });
    expect(code).toBe(1);
    expect(output).toBe("straycall: PORT: must be a whole number from 0 to 65535\n");
  });

  it("says that it does not know an option and ends with 1", async () => {
    const { code, output } = await failingService({ STRAYCALL_DATA: folder }, ["--emtpy"]);
    expect(code).toBe(1);
    expect(output).toContain("--emtpy is not an option");
  });

  it("says that its port is taken and ends with 1", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    const { code, output } = await failingService({
      PORT: String(port),
      STRAYCALL_DATA: folder,
    });
    other.close();
    expect(code).toBe(1);
    expect(output).toContain("PORT, HOST: ");
    expect(output).toContain("EADDRINUSE");
  });
});

describe("a detection that was recorded", () => {
  let receiver: WebhookReceiver;
  beforeEach(async () => {
    receiver = await webhookReceiver();
  });
  afterEach(() => receiver.close());

  const deliveryTo = async (service: ChildService, detection: string, notifier: string) => {
    const answer = await fetch(`${service.url}/api/v1/detections/${detection}`, {
      headers: { authorization: `Bearer ${adminToken}` },
    });
    const { deliveries }: { deliveries: Delivery[] } = JSON.parse(await answer.text());
    return deliveries.find((delivery) => delivery.notifier === notifier);
  };

  it("is told once, though the service was killed before it could tell, and never again", async () => {
    const environment = {
      STRAYCALL_DATA: folder,
      STRAYCALL_INGEST_TOKEN: token,
      STRAYCALL_ADMIN_TOKEN: adminToken,
      STRAYCALL_LEARNING_RUNS: "0",
      SLACK_WEBHOOK_URL: receiver.url,
    };
    const first = await childService(environment);
    const { body } = await post(first, runBatch("1", [{ domain: "new.example" }]));
    const [detection] = body.detections;
    await until(
      () => deliveryTo(first, detection, "slack"),
      (delivery) => delivery?.lastError !== undefined,
    );
    expect(await first.stop("SIGKILL")).toBeNull();
    expect(receiver.accepted).toEqual([]);
    expect(receiver.refused()).toBeGreaterThan(0);

    receiver.accept();
    const second = await childService(environment);
    await until(
      () => deliveryTo(second, detection, "slack"),
      (delivery) => delivery?.status === "delivered",
    );
    expect(receiver.accepted).toEqual([`${detection}:slack`]);
    await second.stop("SIGKILL");

    const third = await childService(environment);
    const again = await post(third, runBatch("2", [{ domain: "new.example" }]));
    expect(again.body.detections).toEqual([]);
    // Stopping sends whatever is still due.
    expect(await third.stop("SIGTERM")).toBe(0);
    expect(receiver.accepted).toEqual([`${detection}:slack`]);
    expect(third.output()).not.toContain("new.example");
  }, 120_000);

  it("is decided on after a kill between its events and its decision", async () => {
    const environment = {
      STRAYCALL_DATA: folder,
      STRAYCALL_INGEST_TOKEN: token,
      STRAYCALL_ADMIN_TOKEN: adminToken,
      STRAYCALL_LEARNING_RUNS: "0",
      SLACK_WEBHOOK_URL: receiver.url,
    };
    receiver.accept();
    const first = await childService(environment);
    const { run, events } = runBatch("1", [{ domain: "new.example" }]);
    // The connect alone: its request is still awaited.
    const { body } = await post(first, { run, events: events.slice(0, 1) });
    expect(body).toMatchObject({ stored: 1, detections: [] });
    await first.stop("SIGKILL");

    const second = await childService(environment);
    await until(
      async () => receiver.accepted.length,
      (count) => count > 0,
    );
    await second.stop("SIGTERM");
    expect(receiver.accepted).toHaveLength(1);
  }, 120_000);
});
