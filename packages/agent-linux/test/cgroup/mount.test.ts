import { describe, expect, it } from "vitest";
import { cgroupMount } from "../../src/cgroup/mount.js";

describe("where cgroups are mounted", () => {
  it("is found beside version 1", () => {
    const mountinfo = [
      "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755",
      "32 31 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu",
      "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime shared:9 - cgroup2 cgroup2 rw",
    ].join("\n");
    expect(cgroupMount(mountinfo)).toBe("/sys/fs/cgroup/unified");
  });

  it("may hold a space", () => {
    expect(cgroupMount("1 2 0:3 / /my\\040cgroups rw - cgroup2 none rw")).toBe("/my cgroups");
  });

  it("may be nowhere", () => {
    expect(cgroupMount("31 23 0:28 / /tmp rw - tmpfs cgroup2 rw\n")).toBeUndefined();
  });
});
