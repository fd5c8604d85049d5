import { join } from "node:path";
import { isStraycallError } from "@straycall/core";
import { describe, expect, it } from "vitest";
import { sqliteDriver } from "../../src/driver.js";
import { migrate } from "../../src/migrations/migrate.js";
import type { Migration } from "../../src/migrations/migration.js";
import { migrations } from "../../src/migrations/migrations.js";
import { sqliteStore } from "../../src/sqlite-store.js";
import { temporaryFolder } from "../temporary-folder.js";

const folder = temporaryFolder();
const { DatabaseSync } = sqliteDriver();

const first: Migration = { version: 1, sql: "CREATE TABLE pets (name TEXT)" };
const second: Migration = {
  version: 2,
  sql: "ALTER TABLE pets ADD COLUMN legs INTEGER; UPDATE pets SET legs = 4;",
};
const broken: Migration = { version: 2, sql: "DROP TABLE pets; DROP TABLE cats;" };

describe("the migrations", () => {
  it("are numbered from 1 without gaps", () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, i) => i + 1));
  });

  it("bring a database of an older version up to date, each step once", () => {
    const connection = new DatabaseSync(":memory:");
    migrate(connection, [first]);
    connection.exec("INSERT INTO pets (name) VALUES ('Rex')");
    migrate(connection, [first, second]);
    migrate(connection, [first, second]);
    expect(connection.prepare("SELECT * FROM pets").all()).toEqual([{ name: "Rex", legs: 4 }]);
    expect(connection.prepare("SELECT * FROM schema").all()).toEqual([{ version: 2 }]);
  });

  it("leave the older version whole if a step fails", () => {
    const connection = new DatabaseSync(":memory:");
    migrate(connection, [first]);
    connection.exec("INSERT INTO pets (name) VALUES ('Rex')");
    expect(() => migrate(connection, [first, broken])).toThrow("no such table: cats");
    expect(connection.prepare("SELECT * FROM pets").all()).toEqual([{ name: "Rex" }]);
    expect(connection.prepare("SELECT * FROM schema").all()).toEqual([{ version: 1 }]);
  });

  it("refuse a database of a newer version and leave it alone", async () => {
    const path = join(folder, "newer.db");
    await sqliteStore({ path }).close();
    const connection = new DatabaseSync(path);
    connection.exec("UPDATE schema SET version = 999");
    let error: unknown;
    try {
      sqliteStore({ path });
    } catch (thrown) {
      error = thrown;
    }
    expect(isStraycallError(error, "STORE_FAILED")).toBe(true);
    expect(error).toMatchObject({
      message: expect.stringMatching(/newer\.db: its schema has version 999.*install a newer one/),
    });
    expect(connection.prepare("SELECT * FROM schema").all()).toEqual([{ version: 999 }]);
    connection.close();
  });
});
