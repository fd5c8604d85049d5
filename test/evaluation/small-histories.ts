import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Histories and incidents in a folder of their own, in the format that the evaluation reads. */
export interface SmallHistories {
  folder: string;
  histories: string;
  incidents: string;
  benign: string;
  remove(): void;
}

const lines = (rows: readonly object[]) => `${rows.map((row) => JSON.stringify(row)).join("\n")}\n`;

/** Six repositories of three owners, two years each: a list, a wildcard, one addition. */
export function smallHistories(): SmallHistories {
  const folder = mkdtempSync(join(tmpdir(), "straycall-evaluation-"));
  const histories = join(folder, "histories");
  mkdirSync(histories);
  const write = (path: string, rows: readonly object[]) => {
    writeFileSync(path, lines(rows));
    return path;
  };

  const repositories = ["one", "two", "three"].flatMap((owner) => [
    `${owner}/app`,
    `${owner}/tool`,
  ]);
  const row = (repo: string, date: string, endpoints: string[]) => ({
    repo,
    workflow: ".github/workflows/ci.yml",
    job: "build",
    commit: date.slice(0, 10),
    date,
    endpoints,
    policy: null,
    runsOn: "ubuntu-latest",
    uses: ["actions/checkout@v4", "actions/setup-node@v4"],
    steps: 5,
    shellTools: ["npm", "curl"],
  });
  const list = ["github.com:443", "packages.example.com:443", "*.shards.example.net:443"];
  const changes = repositories.flatMap((repo) => [
    row(repo, "2023-01-01T00:00:00Z", list),
    row(repo, "2024-01-01T00:00:00Z", [...list, "added.example.org:443"]),
  ]);
  const demo = row("demo/app", "2023-01-01T00:00:00Z", ["demo.example.com:443"]);
  write(join(histories, "endpoints_changes.jsonl"), [...changes, demo]);
  write(join(histories, "transitions.jsonl"), []);
  write(join(histories, "lifecycle.jsonl"), []);
  write(join(histories, "repos.jsonl"), [
    ...repositories.map((repo) => ({
      repo,
      owner: repo.split("/")[0],
      group: repo.split("/")[0],
      demo: false,
      headDate: "2025-01-01T00:00:00Z",
    })),
    { repo: "demo/app", group: "demo", demo: true, headDate: "2025-01-01T00:00:00Z" },
  ]);
  const https = { port: 443, protocol: "https" };
  return {
    folder,
    histories,
    incidents: write(join(folder, "incidents.jsonl"), [
      {
        id: "theft",
        ecosystem: "npm",
        endpoints: [
          {
            ...https,
            host: "thief.example",
            method: "POST",
            path: "/take",
            process: "node setup.js <- npm preinstall",
            purpose: "exfil-env",
          },
        ],
      },
      {
        id: "dead-drop",
        ecosystem: "github-action",
        endpoints: [
          { ...https, host: "github.com", method: "POST", path: "/x/y", purpose: "exfil" },
        ],
      },
      { id: "control", ecosystem: "npm", endpoints: [] },
    ]),
    benign: write(join(folder, "benign.jsonl"), [
      {
        id: "telemetry",
        endpoints: [{ ...https, host: "telemetry.example.com", process: "agentd" }],
      },
    ]),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
