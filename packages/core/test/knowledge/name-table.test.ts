import { describe, expect, it } from "vitest";
import { nameTable } from "../../src/knowledge/name-table.js";

const table = nameTable(
  [
    { value: "host", hosts: ["api.example.com"] },
    { value: "domain", domains: ["example.com"] },
    { value: "deeper", domains: ["cdn.example.com"] },
    { value: "too late", hosts: ["api.example.com"], domains: ["example.com"] },
  ],
  ({ value }) => value,
);

describe("nameTable", () => {
  it.each([
    ["example.com", "domain"],
    ["a.b.example.com", "domain"],
    ["api.example.com", "host"],
    ["v1.api.example.com", "domain"],
    ["cdn.example.com", "deeper"],
    ["a.cdn.example.com", "deeper"],
    ["notexample.com", undefined],
    ["com", undefined],
    ["", undefined],
    ["constructor", undefined],
  ])("finds for %s the most specific: %s", (host, expected) => {
    expect(table.find(host)?.value).toBe(expected);
  });
});
