import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readRecordings, recordedJobs } from "../../src/replay/recording.js";

const folder = fileURLToPath(new URL("../../recordings", import.meta.url));
const recordings = await readRecordings(folder);
const events = recordings.flatMap((recording) => recording.events);

describe("the recordings", () => {
  it("are seven runs of one job", () => {
    expect(recordings).toHaveLength(7);
    expect([...recordedJobs(recordings)]).toEqual([
      "github:acme/web-shop:.github/workflows/ci.yml:build",
    ]);
  });

  it("come from the capture agent, whole and without a lost event", () => {
    for (const { events } of recordings) {
      const types = events.map((event) => event.type);
      expect(types[0]).toBe("run.started");
      expect(types).toContain("capture.started");
      expect(types.at(-1)).toBe("run.finished");
    }
    const lost = events.filter((event) => event.type === "capture.lost" && event.lost.count > 0);
    expect(lost).toEqual([]);
  });

  it("name nobody: only documentation names and addresses", () => {
    const asked = events.flatMap((event) =>
      event.type === "dns.answer" ? [event.dns.question.name.replace(/\.$/, "")] : [],
    );
    const own = /\.example$|^runner-07$/;
    expect(asked.filter((name) => !own.test(name))).toEqual([]);
    const called = events.flatMap((event) =>
      event.type === "network.connect" ? [event.destination.ip ?? ""] : [],
    );
    const reserved = /^(203\.0\.113\.|198\.51\.100\.|2001:db8:|127\.|::1$)/;
    expect(called.filter((ip) => !reserved.test(ip))).toEqual([]);
  });

  it("are small", () => {
    const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000);
  });

  it("hold no path of the machine that recorded them", () => {
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name), "utf8")).not.toMatch(/demo-job|reference-service/);
    }
  });
});
