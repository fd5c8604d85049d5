import type { BaselineEndpoint } from "../../baseline/baseline.js";
import type { Learn } from "../../contracts/store/baseline-store.js";
import type { Store } from "../../contracts/store.js";
import { jobKey } from "../../job/job.js";
import { expectEqual } from "./expect.js";
import { learnHost, sampleRun, sampleTime } from "./sample-data.js";
import type { StoreCase } from "./store-case.js";

const nobody = { jobs: 0, repositories: 0 };

/** A job of a repository. */
function keyOf(repository: string, job: string, platform = "github"): string {
  return jobKey({ platform, repository, workflow: "ci.yml", job });
}

const asking = keyOf("acme/shop", "build");

/** Makes a baseline that holds these endpoints and no others, each called by two runs. */
function holding(endpoints: Record<string, Partial<BaselineEndpoint>>): Learn {
  return (before) => {
    const sample = learnHost(sampleRun("1"), "a.example")(undefined);
    const [endpoint] = Object.values(sample.endpoints);
    const filled = Object.entries(endpoints).map(([key, fields]) => [
      key,
      { ...endpoint, runs: 2, ...fields },
    ]);
    return { ...(before ?? sample), endpoints: Object.fromEntries(filled) };
  };
}

const calls = (...hosts: string[]) =>
  holding(Object.fromEntries(hosts.map((host) => [`${host}:443`, {}])));

/** Who calls `api.example.com`, and hosts of `example.com`, other than the asking job. */
const callersOf = (store: Store, host = "api.example.com", domain = "example.com") =>
  store.baselines.callers({ jobKey: asking, host, domain });

export const callersCases: readonly StoreCase[] = [
  {
    name: "callers: nobody calls a host that no baseline holds",
    async run({ store }) {
      await store.baselines.change(keyOf("acme/web", "build"), calls("example.org"));
      expectEqual(await callersOf(store), { host: nobody, domain: nobody }, "the callers");
    },
  },
  {
    name: "callers: counts the other jobs of the repository, and each other repository once",
    async run({ store }) {
      const { baselines } = store;
      const since = (firstSeenAt: number) =>
        holding({ "api.example.com:443": { firstSeenAt: sampleTime + firstSeenAt } });
      await baselines.change(keyOf("acme/shop", "test"), since(3.25));
      await baselines.change(keyOf("acme/shop", "deploy"), since(4));
      await baselines.change(keyOf("acme/web", "build"), since(2.5));
      await baselines.change(keyOf("acme/web", "test"), since(5));
      await baselines.change(keyOf("acme/shop", "build", "gitlab"), since(6));
      const expected = { jobs: 2, repositories: 2, since: sampleTime + 2.5 };
      expectEqual(await callersOf(store), { host: expected, domain: expected }, "the callers");
    },
  },
  {
    name: "callers: does not count the job that asks",
    async run({ store }) {
      await store.baselines.change(asking, calls("api.example.com"));
      expectEqual(await callersOf(store), { host: nobody, domain: nobody }, "the callers");
      const others = { jobKey: keyOf("acme/shop", "test"), host: "api.example.com" };
      const { host } = await store.baselines.callers(others);
      expectEqual(host, { jobs: 1, repositories: 0, since: sampleTime }, "what another is told");
    },
  },
  {
    name: "callers: counts a job once for a domain, however many of its hosts it calls",
    async run({ store }) {
      const { baselines } = store;
      await baselines.change(
        keyOf("acme/web", "build"),
        holding({
          "www.example.com:443": { firstSeenAt: sampleTime + 2 },
          "example.com:443": { firstSeenAt: sampleTime + 1 },
          "notexample.com:443": { firstSeenAt: sampleTime },
        }),
      );
      const domain = { jobs: 0, repositories: 1, since: sampleTime + 1 };
      expectEqual(await callersOf(store), { host: nobody, domain }, "the callers");
      const ofHostOnly = { jobKey: asking, host: "www.example.com" };
      expectEqual(
        await baselines.callers(ofHostOnly),
        { host: { jobs: 0, repositories: 1, since: sampleTime + 2 }, domain: nobody },
        "the callers where no domain was named",
      );
    },
  },
  {
    name: "callers: a tenant of a suffix that strangers share is no host of the provider's domain",
    async run({ store }) {
      const tenant = "bucket.s3.amazonaws.com";
      await store.baselines.change(keyOf("acme/web", "build"), calls(tenant));
      const { domain } = await callersOf(store, "sts.amazonaws.com", "amazonaws.com");
      expectEqual(domain, nobody, "the callers of the domain");
      const { host } = await callersOf(store, tenant);
      expectEqual(host.repositories, 1, "how many repositories call the tenant");
    },
  },
  {
    name: "callers: what was told counts once it was reviewed",
    async run({ store }) {
      const other = keyOf("acme/web", "build");
      const unreviewed = holding({ "api.example.com:443": { unreviewed: true } });
      await store.baselines.change(other, unreviewed);
      expectEqual(await callersOf(store), { host: nobody, domain: nobody }, "before the review");
      await store.baselines.change(other, calls("api.example.com"));
      expectEqual((await callersOf(store)).host.repositories, 1, "how many after the review");
      await store.baselines.change(other, unreviewed);
      expectEqual(await callersOf(store), { host: nobody, domain: nobody }, "once taken back");
    },
  },
  {
    name: "callers: what a run called counts once a second run called it",
    async run({ store }) {
      const end = { outcome: "success", finishedAt: sampleTime } as const;
      const job = { platform: "github", repository: "acme/web", workflow: "ci.yml", job: "build" };
      for (const runs of [1, 2]) {
        const run = sampleRun(`${runs}`, { job });
        await store.runs.start(run);
        await store.runs.finish(run.key, end, holding({ "api.example.com:443": { runs } }));
        const { host, domain } = await callersOf(store);
        expectEqual(host.repositories, runs - 1, `how many after run ${runs}`);
        expectEqual(domain.repositories, runs - 1, `how many of the domain after run ${runs}`);
      }
    },
  },
  {
    name: "callers: what a baseline forgot counts no more, the rest does",
    async run({ store }) {
      const other = keyOf("acme/web", "build");
      await store.baselines.change(other, calls("api.example.com", "www.example.com"));
      await store.baselines.change(other, calls("www.example.com"));
      const domain = { jobs: 0, repositories: 1, since: sampleTime };
      expectEqual(await callersOf(store), { host: nobody, domain }, "the callers");
      await store.baselines.change(other, calls());
      expectEqual(
        await callersOf(store),
        { host: nobody, domain: nobody },
        "once all is forgotten",
      );
    },
  },
  {
    name: "callers: counts the ports of one host once, from the first that counts",
    async run({ store }) {
      const other = keyOf("acme/shop", "test");
      const ports = {
        "api.example.com:22": { runs: 1, firstSeenAt: sampleTime },
        "api.example.com:80": { firstSeenAt: sampleTime + 1 },
        "api.example.com:443": { firstSeenAt: sampleTime + 2 },
      };
      await store.baselines.change(other, holding(ports));
      const callers = { jobs: 1, repositories: 0, since: sampleTime + 1 };
      expectEqual(await callersOf(store), { host: callers, domain: callers }, "the callers");
      const { "api.example.com:80": _, ...rest } = ports;
      await store.baselines.change(other, holding(rest));
      const later = { ...callers, since: sampleTime + 2 };
      expectEqual(await callersOf(store), { host: later, domain: later }, "without port 80");
    },
  },
  {
    name: "callers: addresses are hosts like names, and have no domain",
    async run({ store }) {
      const learn = holding({ "[2001:db8::1]:443": {}, "192.0.2.7:80": {} });
      await store.baselines.change(keyOf("acme/web", "build"), learn);
      for (const host of ["2001:db8::1", "192.0.2.7"]) {
        const callers = await store.baselines.callers({ jobKey: asking, host });
        const expected = { jobs: 0, repositories: 1, since: sampleTime };
        expectEqual(callers, { host: expected, domain: nobody }, `the callers of ${host}`);
      }
    },
  },
  {
    name: "callers: hosts and jobs of any name are counted, and alike ones stay different",
    async run({ store }) {
      const hosts = ["x", "X", "x\u0000", "x\u0000y", "x\ud800", "x\ufffd", "%", "_", "'; --"];
      hosts.push("__proto__", "constructor", "a\\000b.example.com", "\u{1f480}", "x".repeat(1020));
      for (const [i, host] of hosts.entries()) {
        // Not GitHub: its repositories' names do not differ in case.
        const key = keyOf(`acme/${host}`, host, "gitlab");
        await store.baselines.change(key, calls(...hosts.slice(0, i + 1)));
      }
      for (const [i, host] of hosts.entries()) {
        const callers = await store.baselines.callers({ jobKey: asking, host });
        expectEqual(callers.host.repositories, hosts.length - i, `the callers of ${host}`);
      }
    },
  },
  {
    name: "callers: of baselines that many change at once, all are counted",
    async run({ store, connect }) {
      const stores = [store, await connect()];
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          (stores[i % 2] ?? store).baselines.change(
            keyOf(`acme/repo-${i % 10}`, `job-${i}`),
            calls(`host-${i}.example.com`, "api.example.com"),
          ),
        ),
      );
      for (const one of stores) {
        const callers = { jobs: 0, repositories: 10, since: sampleTime };
        expectEqual(await callersOf(one), { host: callers, domain: callers }, "the callers");
      }
    },
  },
];
