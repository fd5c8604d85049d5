import { join } from "node:path";
import { expect, it } from "vitest";
import { sqliteDriver } from "../../src/driver.js";
import { keyText } from "../../src/key-text.js";
import { firstSchema } from "../../src/migrations/0001-first-schema.js";
import { migrate } from "../../src/migrations/migrate.js";
import { sqliteStore } from "../../src/sqlite-store.js";
import { baselineCalling } from "../sample-detections.js";
import { temporaryFolder } from "../temporary-folder.js";

const folder = temporaryFolder();

it("a database of before it was noted who calls what knows it from its baselines", async () => {
  const path = join(folder, "older.db");
  const connection = new (sqliteDriver().DatabaseSync)(path);
  migrate(connection, [firstSchema]);
  const insert = connection.prepare("INSERT INTO baselines VALUES (?, ?, ?)");
  for (const job of ["build", 'te"st', "nul\u0000"]) {
    const document = JSON.stringify(baselineCalling("api.example.com", `${job.length}.example`));
    insert.run(keyText(`github:acme/shop:ci.yml:${job}`), 1, document);
  }
  connection.close();

  const store = sqliteStore({ path });
  const { host, domain } = await store.baselines.callers({
    jobKey: "github:acme/shop:ci.yml:build",
    host: "api.example.com",
    domain: "example.com",
  });
  expect(host).toEqual({ jobs: 2, repositories: 0, since: expect.any(Number) });
  expect(domain).toEqual(host);

  const key = 'github:acme/shop:ci.yml:te"st';
  await store.baselines.change(key, () => baselineCalling());
  const asked = { jobKey: "github:acme/web:ci.yml:build", host: "api.example.com" };
  expect((await store.baselines.callers(asked)).host.repositories).toBe(1);
  await store.close();
});
