import { sqliteDriver } from "../../src/driver.js";
import { waitForGo } from "./wait-for-go.js";

/* Stops in the middle of a transaction, with rows written and not committed. */
const [path = ""] = process.argv.slice(2);
const connection = new (sqliteDriver().DatabaseSync)(path);
connection.exec("BEGIN IMMEDIATE");
connection.exec("INSERT INTO logs (run_key, length) VALUES ('never committed', 1)");
await waitForGo();
