import { defineConfig } from "vitest/config";

/** The tests that run everywhere: no root, no browser, no build. */
export default defineConfig({
  ssr: { resolve: { conditions: ["@straycall/source", "node", "import", "module", "default"] } },
  test: {
    include: ["packages/*/test/**/*.test.ts", "examples/*/test/**/*.test.ts", "test/**/*.test.ts"],
    exclude: [
      "**/node_modules/**",
      "**/*.browser.test.ts",
      "**/*.capture.test.ts",
      "**/*.git.test.ts",
      "**/*.packed.test.ts",
    ],
    testTimeout: 30_000,
  },
});
