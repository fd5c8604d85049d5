import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { basename, join } from "node:path";

const origin = "https://packages.acme.example";

/** Serves a folder of npm packages (`*.tgz`) as a registry. */
export function packageRegistry(folder: string) {
  const documents = new Map<string, { name: string; versions: Record<string, object> }>();
  for (const file of readdirSync(folder)) {
    const manifest = readManifest(join(folder, file));
    const document = documents.get(manifest.name) ?? { name: manifest.name, versions: {} };
    const integrity = createHash("sha512").update(readFileSync(join(folder, file)));
    document.versions[manifest.version] = {
      ...manifest,
      hasInstallScript: manifest.scripts?.postinstall !== undefined,
      dist: {
        tarball: `${origin}/${manifest.name}/-/${file}`,
        integrity: `sha512-${integrity.digest("base64")}`,
      },
    };
    documents.set(manifest.name, document);
  }

  return (request: IncomingMessage, response: ServerResponse) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", origin).pathname);
    const document = documents.get(path.slice(1));
    request.resume();
    if (document) {
      const latest = Object.keys(document.versions).at(-1);
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify({ ...document, "dist-tags": { latest } }));
    } else if (path.endsWith(".tgz")) {
      response.end(readFileSync(join(folder, basename(path))));
    } else {
      // What npm asks about advisories: there are none.
      response.writeHead(request.method === "POST" ? 200 : 404).end("{}");
    }
  };
}

interface Manifest {
  name: string;
  version: string;
  scripts?: Record<string, string>;
}

function readManifest(tarball: string): Manifest {
  const text = execFileSync("tar", [
    "--extract",
    "--to-stdout",
    "-zf",
    tarball,
    "package/package.json",
  ]);
  return JSON.parse(text.toString("utf8"));
}
