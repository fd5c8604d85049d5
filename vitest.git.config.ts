import { defineConfig } from "vitest/config";
import base from "./vitest.config.js";

/** The tests that need a git of this machine: `npm test` needs nothing but Node and npm. */
export default defineConfig({
  ...base,
  test: { include: ["packages/*/test/**/*.git.test.ts"], testTimeout: 60_000 },
});
