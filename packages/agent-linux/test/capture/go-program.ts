import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("clients/go-client.go", import.meta.url));

/** Builds the Go client without a C library, as most programs in Go come; needs Debian's `golang-go`. */
export function buildGoClient(folder: string, { stripped }: { stripped: boolean }): string {
  const program = join(folder, stripped ? "go-client-stripped" : "go-client");
  const flags = stripped ? ["-ldflags", "-s -w"] : [];
  execFileSync("/usr/bin/go", ["build", ...flags, "-o", program, source], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      CGO_ENABLED: "0",
      GO111MODULE: "off",
      GOFLAGS: "",
      GOCACHE: join(folder, "go-cache"),
    },
  });
  return program;
}
