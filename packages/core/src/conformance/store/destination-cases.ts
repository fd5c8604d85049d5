import type { BaselineEndpoint } from "../../baseline/baseline.js";
import { jobKey } from "../../job/job.js";
import { allPages } from "./all-pages.js";
import { expectEqual } from "./expect.js";
import { learnHost, sampleRun, sampleTime } from "./sample-data.js";
import type { StoreCase } from "./store-case.js";

const keyOf = (repository: string, job = "build") =>
  jobKey({ platform: "github", repository, workflow: "ci.yml", job });

/** Makes a baseline hold these endpoints and no others. */
const holding = (endpoints: Record<string, Partial<BaselineEndpoint>>) => () => {
  const sample = learnHost(sampleRun("1"), "a.example")(undefined);
  const [endpoint] = Object.values(sample.endpoints);
  const filled = Object.entries(endpoints).map(([key, fields]) => [
    key,
    { ...endpoint, runs: 2, ...fields },
  ]);
  return { ...sample, endpoints: Object.fromEntries(filled) };
};

export const destinationCases: readonly StoreCase[] = [
  {
    name: "destinations: tells all hosts, of how many jobs and repositories, since when, and how sure",
    async run({ store: { baselines } }) {
      await baselines.change(
        keyOf("acme/shop"),
        holding({
          "b.example:443": { firstSeenAt: sampleTime + 5 },
          "a.example:443": {},
          "a.example:80": { firstSeenAt: sampleTime - 5 },
        }),
      );
      await baselines.change(keyOf("acme/shop", "test"), holding({ "b.example:443": { runs: 1 } }));
      await baselines.change(
        keyOf("acme/web"),
        holding({ "b.example:443": { unreviewed: true, firstSeenAt: sampleTime + 2.5 } }),
      );
      expectEqual(
        (await baselines.destinations()).items,
        [
          { host: "a.example", jobs: 1, repositories: 1, since: sampleTime - 5, unsure: 0 },
          { host: "b.example", jobs: 3, repositories: 2, since: sampleTime, unsure: 2 },
        ],
        "the destinations",
      );
      expectEqual(
        (await baselines.callersOf("b.example")).items,
        [
          { jobKey: keyOf("acme/shop"), since: sampleTime + 5, isUnsure: false },
          { jobKey: keyOf("acme/shop", "test"), since: sampleTime, isUnsure: true },
          { jobKey: keyOf("acme/web"), since: sampleTime + 2.5, isUnsure: true },
        ],
        "who calls one",
      );
      expectEqual(await baselines.callersOf("c.example"), { items: [] }, "who calls another");
    },
  },
  {
    name: "destinations: follow the baselines: what a job no longer calls is gone, what is reviewed is sure",
    async run({ store: { baselines } }) {
      const key = keyOf("acme/shop");
      await baselines.change(key, holding({ "a.example:443": {}, "b.example:443": { runs: 1 } }));
      await baselines.change(key, holding({ "b.example:443": { runs: 2 } }));
      expectEqual(
        (await baselines.destinations()).items,
        [{ host: "b.example", jobs: 1, repositories: 1, since: sampleTime, unsure: 0 }],
        "the destinations",
      );
    },
  },
  {
    name: "destinations: of some repositories alone, that hold a text, page by page",
    async run({ store: { baselines } }) {
      const hosts = Array.from({ length: 7 }, (_, i) => `host-${i}.example`);
      await baselines.change(
        keyOf("acme/shop"),
        holding(Object.fromEntries(hosts.map((host) => [`${host}:443`, {}]))),
      );
      await baselines.change(keyOf("evil/web"), holding({ "host-3.example:443": {} }));
      const hostsOf = async (query: object) => {
        const list = (page: object) => baselines.destinations({ ...page, ...query });
        return (await allPages(list, 2)).map(({ host }) => host);
      };
      expectEqual(await hostsOf({}), hosts, "all hosts");
      expectEqual(await hostsOf({ repositories: ["evil/*"] }), ["host-3.example"], "of an owner");
      expectEqual(await hostsOf({ repositories: [] }), [], "of no repository");
      expectEqual(await hostsOf({ search: "HOST-5" }), ["host-5.example"], "that hold a text");
      const callers = await baselines.callersOf("host-3.example", { repositories: ["acme/shop"] });
      expectEqual(
        callers.items.map(({ jobKey }) => jobKey),
        [keyOf("acme/shop")],
        "who of some repositories calls it",
      );
      const keys = await baselines.list({ repositories: ["evil/web"] });
      expectEqual(keys.items, [keyOf("evil/web")], "the baselines of a repository");
    },
  },
];
