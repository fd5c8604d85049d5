import type { ProcessRecord } from "../../run/process.js";
import { allPages } from "./all-pages.js";
import { expectEqual } from "./expect.js";
import { sampleRun, sampleTime } from "./sample-data.js";
import type { StoreCase } from "./store-case.js";

const { key } = sampleRun("1");
const { key: otherKey } = sampleRun("2");

const sample = (entityId: string, more: Partial<ProcessRecord> = {}): ProcessRecord => ({
  entityId,
  pid: 7,
  executable: "/usr/bin/node",
  args: ["node", "build.js"],
  commandLine: "node build.js",
  startedAt: sampleTime + 0.25,
  ...more,
});

export const processCases: readonly StoreCase[] = [
  {
    name: "processes: gives back a process as it was, by its run and entity id",
    async run({ store }) {
      const process = sample("a", {
        parentEntityId: "b",
        workingDirectory: "/work",
        step: { id: "__run_2", name: "Build" },
        exitCode: 0,
        endedAt: sampleTime + 10.5,
      });
      await store.processes.put(key, [process]);
      await store.processes.put(key, []);
      expectEqual(await store.processes.get(key, "a"), process, "the process");
      expectEqual(await store.processes.get(otherKey, "a"), undefined, "one of another run");
      expectEqual(await store.processes.list(otherKey), { items: [] }, "another run's processes");
    },
  },
  {
    name: "processes: one put again takes the place of the one with the same entity id",
    async run({ store }) {
      await store.processes.put(key, [sample("a"), sample("b")]);
      await store.processes.put(otherKey, [sample("a")]);
      const ended = sample("a", { endedAt: sampleTime + 5, exitCode: 1 });
      await store.processes.put(key, [sample("a", { pid: 8 }), ended]);
      expectEqual((await store.processes.list(key)).items, [ended, sample("b")], "the processes");
      expectEqual(await store.processes.get(otherKey, "a"), sample("a"), "one of another run");
    },
  },
  {
    name: "processes: lists them earliest first, one without a start before all, page by page",
    async run({ store }) {
      const { startedAt: _, ...unknown } = sample("z");
      const others = Array.from({ length: 9 }, (_, i) =>
        sample(`p${i}`, { startedAt: sampleTime + 10 - Math.floor(i / 2) }),
      );
      await store.processes.put(key, [...others, unknown]);
      const listed = await allPages((page) => store.processes.list(key, page), 3);
      expectEqual(
        listed.map(({ entityId }) => entityId),
        ["z", "p8", "p6", "p7", "p4", "p5", "p2", "p3", "p0", "p1"],
        "the processes",
      );
    },
  },
  {
    name: "processes: lists those that one process made",
    async run({ store }) {
      await store.processes.put(key, [
        sample("a"),
        sample("b", { parentEntityId: "a" }),
        sample("c", { parentEntityId: "b" }),
        sample("d", { parentEntityId: "a" }),
      ]);
      await store.processes.put(otherKey, [sample("e", { parentEntityId: "a" })]);
      const { items } = await store.processes.list(key, { parentId: "a" });
      expectEqual(
        items.map(({ entityId }) => entityId),
        ["b", "d"],
        "the children",
      );
    },
  },
  {
    name: "processes: searches pid, command, program, folder and step, whatever the case",
    async run({ store }) {
      await store.processes.put(key, [
        sample("a", {
          pid: 4711,
          commandLine: "Curl -s x",
          executable: "/usr/bin/curl",
          workingDirectory: "/work/node_modules/Left-Pad",
          step: { id: "__run_2", name: "Install" },
        }),
        sample("b"),
      ]);
      for (const search of ["pid 4711", "cURL -S", "/usr/bin/c", "left-pad", "install"]) {
        const { items } = await store.processes.list(key, { search });
        expectEqual(
          items.map(({ entityId }) => entityId),
          ["a"],
          `processes that hold ${search}`,
        );
      }
    },
  },
];
