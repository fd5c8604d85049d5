import { names } from "../names.js";
import type { SharedHosts } from "./path-shape.js";

const bucketFirst = ["/<tenant>/<path...>"];

/** Object storage with the bucket in the path. Where it is in the host name, the host says whose it is. */
export const objectStorage: readonly SharedHosts[] = [
  {
    source: "Amazon S3 User Guide, Path-style requests; AWS General Reference, Amazon S3 endpoints",
    hosts: names(`
      s3.amazonaws.com s3-external-1.amazonaws.com s3.*.amazonaws.com s3.dualstack.*.amazonaws.com
      s3-fips.*.amazonaws.com s3.*.amazonaws.com.cn s3-us-west-1.amazonaws.com
      s3-us-west-2.amazonaws.com s3-eu-west-1.amazonaws.com s3-ap-southeast-1.amazonaws.com
      s3-ap-northeast-1.amazonaws.com
    `),
    shapes: bucketFirst,
  },
  {
    source: "Google Cloud Docs, Cloud Storage request endpoints",
    hosts: ["storage.googleapis.com", "www.googleapis.com"],
    shapes: [
      "/storage/v1/b/<tenant>/o/<path...>",
      "/storage/v1/b/<tenant>",
      "/upload/storage/v1/b/<tenant>",
      "/download/storage/v1/b/<tenant>/o/<path...>",
      "/batch/storage/v1",
    ],
  },
  {
    source: "Google Cloud Docs, Cloud Storage request endpoints",
    hosts: names(`
      storage.googleapis.com storage.cloud.google.com commondatastorage.googleapis.com
    `),
    shapes: bucketFirst,
  },
  {
    source: "Firebase documentation, Cloud Storage",
    hosts: ["firebasestorage.googleapis.com"],
    shapes: ["/v0/b/<tenant>/o/<path...>"],
  },
  {
    source: "Oracle Cloud Infrastructure Documentation, Object Storage dedicated endpoints",
    hosts: ["objectstorage.*.oraclecloud.com"],
    shapes: [
      "/p/<secret>/n/<tenant>/b/<name>/o/<path...>",
      "/n/<tenant>/b/<name>/o/<path...>",
      "/n/<tenant>",
    ],
  },
  {
    source: "Backblaze B2 documentation, Download file by name",
    hosts: ["*.backblazeb2.com"],
    shapes: ["/file/<tenant>/<path...>", "/b2api"],
  },
  {
    source:
      "DigitalOcean Docs, Spaces; Wasabi, Akamai (Linode), Scaleway, Vultr and Hetzner object storage documentation",
    hosts: names(`
      *.digitaloceanspaces.com s3.wasabisys.com s3.*.wasabisys.com *.linodeobjects.com
      s3.*.scw.cloud *.vultrobjects.com *.your-objectstorage.com s3.*.backblazeb2.com
      s3.*.cloud.ovh.net s3.filebase.com gateway.storjshare.io t3.storage.dev
      fly.storage.tigris.dev
    `),
    shapes: bucketFirst,
  },
];
