import { defineConfig } from "vitest/config";

/** The tests that use the packages as npm would deliver them: after `npm run build`. */
export default defineConfig({
  test: {
    include: ["test/packages/**/*.packed.test.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
