import { describe, expect, it } from "vitest";
import { jobKey, parseJobKey, repositoryOfKey } from "../../src/job/job.js";

const build = {
  platform: "github",
  repository: "acme/shop",
  workflow: ".github/workflows/ci.yml",
  job: "build",
};

describe("jobKey", () => {
  it("reads like the job", () => {
    expect(jobKey(build)).toBe("github:acme/shop:.github/workflows/ci.yml:build");
  });

  it("does not tell GitHub's Acme/Shop from acme/shop", () => {
    expect(jobKey({ ...build, repository: "Acme/Shop" })).toBe(jobKey(build));
  });

  it("tells repositories of other platforms apart by case", () => {
    const local = { ...build, platform: "local" };
    expect(jobKey({ ...local, repository: "Acme/Shop" })).not.toBe(jobKey(local));
  });

  it("never makes one key for two jobs", () => {
    const one = { ...build, workflow: "a:b", job: "c" };
    const other = { ...build, workflow: "a", job: "b:c" };
    expect(jobKey(one)).not.toBe(jobKey(other));
    const escaped = { ...build, workflow: "a%3Ab" };
    expect(jobKey(escaped)).not.toBe(jobKey({ ...build, workflow: "a:b" }));
  });

  it.each([build, { ...build, job: "odd: 100%3A {name}" }])("can be read back", (job) => {
    expect(parseJobKey(jobKey(job))).toEqual(job);
  });

  it("is not read from anything else", () => {
    expect(parseJobKey("github:acme")).toBeUndefined();
    expect(parseJobKey("")).toBeUndefined();
    expect(parseJobKey("a:b:c:d:e")).toBeUndefined();
  });
});

describe("repositoryOfKey", () => {
  it("is the same for the jobs of one repository, and for no other's", () => {
    const of = (more: Partial<typeof build>) => repositoryOfKey(jobKey({ ...build, ...more }));
    expect(of({})).toBe("github:acme/shop");
    expect(of({ workflow: "other.yml", job: "odd: job" })).toBe(of({}));
    expect(of({ platform: "gitlab" })).not.toBe(of({}));
    expect(of({ repository: "acme/shop:.github" })).not.toBe(of({}));
  });
});
