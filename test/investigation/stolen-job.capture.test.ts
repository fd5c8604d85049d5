import { localCiProvider } from "@straycall/ci-local";
import { createMonitor, type Investigation } from "@straycall/core";
import { sqliteStore } from "@straycall/store-sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type StolenJob, stolenJob } from "./stolen-job.js";

describe.each(["tarball", "folder"] as const)(
  "a package's install script that sends the environment away by HTTPS, from a %s",
  (kind) => {
    let job: StolenJob;
    let found: Investigation;

    beforeAll(async () => {
      job = await stolenJob(kind);
      await job.run("1", job.commits.before);
      await job.run("2", job.commits.before);
      await job.run("3", job.commits.after);
      const store = sqliteStore({ path: job.database });
      const ci = localCiProvider({ clone: job.clone, log: ({ runId }) => job.logOf(runId) });
      const monitor = createMonitor({ store, ci });
      const { items } = await store.detections.list();
      const told = items.find(({ endpoint }) => endpoint.host === job.drawn.host);
      found = await monitor.investigate(told?.id ?? "none was told");
      await monitor.close();
      await store.close();
    }, 240_000);
    afterAll(() => job?.close());

    it("is found with the request that it made", () => {
      const { host, path } = job.drawn;
      expect(job.requests).toContain(`POST ${host}:${job.port} ${path}`);
      expect(found.detection).toMatchObject({ kind: "new-endpoint", severity: "high" });
      expect(found.requests).toMatchObject([{ method: "POST", path, status: 200 }]);
      expect(found.call.bytesOut).toBeGreaterThan(0);
    });

    it("is found in its step, known by the environment that the runner gave it", () => {
      expect(found.step).toMatchObject({
        step: { id: job.drawn.installStep },
        source: "environment",
      });
    });

    it("is found with every process above it, up to the runner, each with its start and end", () => {
      const commands = found.chain.map(({ commandLine }) => commandLine);
      expect(found.lineage).toBe("install-script");
      expect(commands[0]).toBe(`node ${job.drawn.script}`);
      const order = [
        "npm ci --offline",
        "sh scripts/install.sh",
        "sh scripts/build.sh",
        "bash --noprofile",
      ];
      const places = order.map((part) => commands.findIndex((each) => each.includes(part)));
      expect(places).toEqual(places.toSorted((one, other) => one - other));
      expect(places[0]).toBeGreaterThan(0);
      expect(commands.some((each) => each.includes("imitated-runner.mjs"))).toBe(true);
      for (const { startedAt = 0, endedAt = 0 } of found.chain.slice(0, 4)) {
        expect(startedAt).toBeGreaterThan(1e12);
        expect(endedAt).toBeGreaterThanOrEqual(startedAt);
      }
    });

    it("is traced to the package, and to the commit that brought it", () => {
      const { packageName, author } = job.drawn;
      const { before, guilty, after } = job.commits;
      expect(found.before).toMatchObject({ runId: "2", commit: before });
      expect(found.changes).toMatchObject({ from: before, to: after });
      expect(found.changes?.commits.items).toHaveLength(3);
      const [first, second] = found.suspects;
      expect(first).toMatchObject({ kind: "package", name: packageName });
      expect(first?.evidence.join("\n")).toMatch(
        new RegExp(`${packageName} 1\\.2\\.3 was added to package-lock\\.json in commit ${guilty}`),
      );
      expect(second).toMatchObject({ kind: "commit", name: guilty });
      expect(second?.evidence[0]).toContain(author);
    });

    it("is placed between the lines of the build log, whose clock is another", () => {
      const { host, clockAheadMs } = job.drawn;
      const {
        clockSkewMs = 0,
        before,
        after,
        mentions,
      } = found.log ?? {
        before: [],
        after: [],
        mentions: { items: [] },
      };
      expect(Math.abs(clockSkewMs - clockAheadMs)).toBeLessThan(2_000);
      expect(mentions.items.map(({ text }) => text)).toContain(`sending to ${host}`);
      const around = [...before, ...after].map(({ text }) => text);
      expect(around).toContain(`sending to ${host}`);
      expect(around).toContain("building");
    });

    it("is found in the source where it stands there", () => {
      const paths = found.elsewhere.mentions.items.map(({ path }) => path);
      const inSource = `packages/${job.drawn.packageName}/${job.drawn.script}`;
      expect(paths).toEqual(kind === "folder" ? [inSource, inSource] : []);
    });
  },
);
