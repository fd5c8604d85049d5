import { describe, expect, it } from "vitest";
import { lookAlikeTenantOf, ownerNames } from "../../src/knowledge/look-alike-tenant.js";

describe("lookAlikeTenantOf", () => {
  const owners = ownerNames(["octo-org", "my-company"]);

  it.each([
    ["glthub", "github", "same-look"],
    ["glthub-actions", "github-actions", "same-look"],
    ["acti0ns", "actions", "same-look"],
    ["hashicrop", "hashicorp", "one-edit"],
    ["aqua-security", "aquasecurity", "same-look"],
    ["octoorg", "octo-org", "same-look"],
    ["my-companny", "my-company", "one-edit"],
    ["codecoov-tools", "codecov", "one-edit"],
  ])("sees an imitation: %s", (tenant, of, how) => {
    expect(lookAlikeTenantOf(tenant, owners)).toEqual({ of, how });
  });

  it.each(["github", "octo-org", "docker-tools", "somebody", "kubernetes-sigs", "aws", "a", ""])(
    "does not take %s for one",
    (tenant) => {
      expect(lookAlikeTenantOf(tenant, owners)).toBeUndefined();
    },
  );
});
