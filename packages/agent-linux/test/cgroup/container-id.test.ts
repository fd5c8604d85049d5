import { describe, expect, it } from "vitest";
import { containerId } from "../../src/cgroup/container-id.js";

const id = "0123456789abcdef".repeat(4);
const other = "f".repeat(64);

describe("the container of a cgroup", () => {
  it.each([
    ["Docker with cgroupfs", `/docker/${id}`],
    ["Docker with systemd", `/system.slice/docker-${id}.scope`],
    ["a cgroup below the container's own", `/docker/${id}/init`],
    ["Podman", `/machine.slice/libpod-${id}.scope/container`],
    [
      "containerd in Kubernetes",
      `/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod1a2b.slice/cri-containerd-${id}.scope`,
    ],
    ["CRI-O in Kubernetes", `/kubepods.slice/kubepods-pod1a2b.slice/crio-${id}.scope`],
    [
      "Kubernetes with cgroupfs",
      `/kubepods/burstable/pod12345678-1234-1234-1234-123456789abc/${id}`,
    ],
    ["containerd's own notation", `/kubepods-besteffort-pod1a2b.slice:cri-containerd:${id}`],
    ["Amazon ECS", `/ecs/0123456789abcdef0123456789abcdef/${id}`],
    ["a container inside a container, the inner one", `/docker/${other}/docker/${id}`],
  ])("is known for %s", (_, cgroup) => {
    expect(containerId(cgroup)).toBe(id);
  });

  it("is known for AWS Fargate", () => {
    const task = "0123456789abcdef0123456789abcdef";
    expect(containerId(`/ecs/${task}/${task}-1234567890`)).toBe(`${task}-1234567890`);
  });

  it.each([
    "/",
    "/straycall/run-1",
    "/system.slice/docker.service",
    `/machine.slice/libpod-conmon-${id}.scope`,
    `/docker/${id}0`,
    "4711",
  ])("is none for %s", (cgroup) => {
    expect(containerId(cgroup)).toBeUndefined();
  });
});
