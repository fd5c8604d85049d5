/*
 * How container runtimes name the cgroup of a container:
 *
 *   /docker/<id>, /system.slice/docker-<id>.scope                    Docker (cgroupfs, systemd)
 *   /machine.slice/libpod-<id>.scope/container                       Podman
 *   /kubepods.slice/.../cri-containerd-<id>.scope, crio-<id>.scope   Kubernetes
 *   /kubepods/burstable/pod<uid>/<id>, ...slice:cri-containerd:<id>  Kubernetes without systemd
 *   /ecs/<task>/<id>, /ecs/<task>/<task>-<number>                    Amazon ECS, Fargate
 *
 * `libpod-conmon-<id>` and `crio-conmon-<id>` hold the runtime's monitor, which is outside the container.
 */
const containerName = /^(?:(?!.*conmon-).*[-:])?([0-9a-f]{64})(?:\.scope)?$/;
const fargateName = /^[0-9a-f]{32}-\d{6,12}$/;

/**
 * The container that a cgroup belongs to, the innermost one where one is in another; `undefined` if none shows.
 *
 * Whoever may make cgroups may name one like a container's.
 */
export function containerId(cgroup: string): string | undefined {
  for (const name of cgroup.split("/").reverse()) {
    const id = containerName.exec(name)?.[1] ?? fargateName.exec(name)?.[0];
    if (id !== undefined) return id;
  }
  return undefined;
}
