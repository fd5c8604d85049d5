import { defineConfig } from "tsup";

/** One build for every package: each names its entries on the command line. */
export default defineConfig({
  format: ["esm", "cjs"],
  dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
  clean: true,
  sourcemap: true,
  splitting: true,
  target: "node20",
  platform: "node",
  shims: true,
});
