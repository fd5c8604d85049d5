import { defineConfig } from "vitest/config";
import base from "./vitest.config.js";

/** The tests that drive a real Chromium. */
export default defineConfig({
  ...base,
  test: {
    include: ["examples/*/test/**/*.browser.test.ts", "test/**/*.browser.test.ts"],
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 60_000,
  },
});
