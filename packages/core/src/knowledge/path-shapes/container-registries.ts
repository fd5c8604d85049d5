import { names } from "../names.js";
import type { SharedHosts } from "./path-shape.js";

/** OCI Distribution Specification, Endpoints; the first part of an image's name is whose it is. */
const distribution = [
  "/v2/<tenant>/<name...>/manifests/<ref>",
  "/v2/<tenant>/<name...>/blobs/uploads/<ref...>",
  "/v2/<tenant>/<name...>/blobs/<ref>",
  "/v2/<tenant>/<name...>/tags/list",
  "/v2/<tenant>/<name...>/referrers/<ref>",
  "/v2/<tenant>/manifests/<ref>",
  "/v2/<tenant>/blobs/<ref>",
  "/v2/<tenant>/<name...>",
];

/** Registries that hold images of many owners. Those of one provider (mcr.microsoft.com, registry.k8s.io) are not here. */
export const containerRegistries: readonly SharedHosts[] = [
  {
    source: "OCI Distribution Specification; Docker Docs, Registry API",
    hosts: ["registry-1.docker.io", "registry.hub.docker.com", "index.docker.io", "mirror.gcr.io"],
    shapes: distribution,
  },
  {
    source: "Docker Docs, Docker Hub API",
    hosts: ["hub.docker.com"],
    shapes: [
      "/v2/repositories/<tenant>/<name>",
      "/v2/namespaces/<tenant>/repositories/<name>",
      "/v2/orgs/<tenant>",
      "/v2/users/<tenant>",
      "/r/<tenant>/<name>",
    ],
  },
  {
    source: "GitHub Docs, Working with the Container registry",
    hosts: ["ghcr.io", "docker.pkg.github.com"],
    shapes: distribution,
  },
  {
    source: "GitLab Docs, Container registry",
    hosts: ["registry.gitlab.com"],
    shapes: distribution,
  },
  {
    source: "Red Hat Quay documentation, API",
    hosts: ["quay.io"],
    shapes: [
      "/api/v1/repository/<tenant>/<name>",
      "/api/v1/organization/<tenant>",
      ...distribution,
    ],
  },
  {
    source: "Google Cloud Docs, Container Registry; Artifact Registry, Repository and image names",
    hosts: ["gcr.io", "us.gcr.io", "eu.gcr.io", "asia.gcr.io", "*.pkg.dev"],
    shapes: distribution,
  },
  {
    source: "Amazon ECR Public User Guide",
    hosts: ["public.ecr.aws"],
    shapes: distribution,
  },
  {
    source:
      "NVIDIA NGC documentation; IBM Cloud Docs, Container Registry; Docker's list of OCI registries",
    hosts: names(`
      nvcr.io icr.io us.icr.io registry.connect.redhat.com registry.cn-hangzhou.aliyuncs.com
      codeberg.org lscr.io docker.elastic.co registry.digitalocean.com rg.fr-par.scw.cloud
    `),
    shapes: distribution,
  },
];
