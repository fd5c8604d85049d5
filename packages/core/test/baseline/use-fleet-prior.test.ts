import { describe, expect, it } from "vitest";
import { maxPriorPlaces } from "../../src/baseline/fleet-prior.js";
import { parseFleetPrior, withPrior } from "../../src/baseline/use-fleet-prior.js";

const prior = parseFleetPrior({
  version: 1,
  madeAt: 1_767_225_600_000,
  repositories: 9,
  hosts: { "api.example.com": { repositories: 4, since: 50 } },
  domains: { "example.com": { repositories: 7, since: 20 } },
});

describe("a prior from a file", () => {
  const places = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`h${i}.example`, { repositories: 2, since: 1 }]),
    );

  it("may be as large as one that is made", () => {
    const hosts = places(maxPriorPlaces);
    expect(Object.keys(parseFleetPrior({ ...prior, hosts }).hosts)).toHaveLength(maxPriorPlaces);
  });

  it.each([
    ["version", { ...prior, version: 2 }],
    ["madeAt", { ...prior, madeAt: "today" }],
    ["repositories", { ...prior, repositories: -1 }],
    ["hosts", { ...prior, hosts: places(maxPriorPlaces + 1) }],
    ["hosts", { ...prior, hosts: [] }],
    ["hosts.Evil Host", { ...prior, hosts: { "Evil Host": { repositories: 2, since: 1 } } }],
    ["domains.a.example.since", { ...prior, domains: { "a.example": { repositories: 2 } } }],
    [
      "hosts.a.example.repositories",
      { ...prior, hosts: { "a.example": { repositories: 1, since: 1 } } },
    ],
    ["", "no object"],
  ])("that is wrong is refused, and the field named: %s", (field, json) => {
    const wrong = expect.objectContaining({
      code: "CONFIG_INVALID",
      field,
      message: expect.stringContaining(`fleet prior: ${field}`),
    });
    expect(() => parseFleetPrior(json)).toThrow(wrong);
  });
});

describe("who calls a place, with a prior", () => {
  const nobody = { host: { jobs: 0, repositories: 0 }, domain: { jobs: 0, repositories: 0 } };

  it("are those of the prior where the store knows none", () => {
    expect(withPrior(nobody, prior, "api.example.com", "example.com")).toEqual({
      host: { jobs: 0, repositories: 4, since: 50 },
      domain: { jobs: 0, repositories: 7, since: 20 },
    });
  });

  it("are the more of the two, since the first of either", () => {
    const sightings = {
      host: { jobs: 2, repositories: 5, since: 60 },
      domain: { jobs: 2, repositories: 6, since: 10 },
    };
    expect(withPrior(sightings, prior, "api.example.com", "example.com")).toEqual({
      host: { jobs: 2, repositories: 5, since: 50 },
      domain: { jobs: 2, repositories: 7, since: 10 },
    });
  });

  it("are those of the store where the prior knows none", () => {
    expect(withPrior(nobody, prior, "evil.example", undefined)).toEqual(nobody);
    expect(withPrior(nobody, prior, "constructor", "__proto__")).toEqual(nobody);
  });
});
