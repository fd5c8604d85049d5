import { isStraycallError } from "@straycall/core";
import { type Service, startService } from "./service.js";

const usage =
  "usage: main.ts [--empty]    (--empty: do not fill an empty database with a recording)";

function readArguments(args: readonly string[]): { replayRecordings: boolean } {
  const unknown = args.find((arg) => arg !== "--empty");
  if (unknown !== undefined) fail(`${unknown} is not an option\n${usage}`);
  return { replayRecordings: !args.includes("--empty") };
}

function fail(message: string): never {
  process.stderr.write(`straycall: ${message}\n`);
  process.exit(1);
}

function greet({ url, signInUrl, tokenPath, adminTokenPath, replayed }: Service) {
  const lines = [
    "",
    `Straycall listens on ${url}`,
    replayed > 0 && `It shows ${replayed} recorded runs; start with --empty to leave them out.`,
    `Agents send events to ${url}/api/v1/events`,
    tokenPath
      ? `with the token kept in ${tokenPath}:  Authorization: Bearer $(cat ${tokenPath})`
      : "with the token in STRAYCALL_INGEST_TOKEN.",
    `Sign in, once and within 15 minutes:  ${signInUrl()}`,
    `or at any time with the token in ${adminTokenPath ?? "STRAYCALL_ADMIN_TOKEN"}.`,
    "Stop it with Ctrl-C.",
    "",
  ];
  process.stdout.write(`${lines.filter((line) => line !== false).join("\n")}\n`);
}

async function main() {
  const options = readArguments(process.argv.slice(2));
  const service = await startService(process.env, options);
  greet(service);

  let isStopping = false;
  const stop = () => {
    // A signal to the whole group, and npm passing it on, are two; the second must not cut the first short.
    if (isStopping) return;
    isStopping = true;
    service.close().then(
      () => process.exit(0),
      (error: unknown) => fail(String(error)),
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

main().catch((error: unknown) => {
  if (isStraycallError(error, "CONFIG_INVALID")) fail(error.message);
  throw error;
});
