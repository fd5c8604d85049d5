import type { SharedHosts } from "./path-shape.js";

/** APIs of clouds and hosted services with the customer's account or project in the path. */
export const cloudHosts: readonly SharedHosts[] = [
  {
    source: "Google Cloud API design guide, Resource names",
    hosts: ["*.googleapis.com", "*.*.rep.googleapis.com"],
    shapes: [
      "/*/projects/<tenant>/locations/*/repositories/<name>",
      "/*/projects/<tenant>/secrets/<name>",
      "/*/projects/<tenant>/topics/<name>",
      "/*/projects/<tenant>/databases/*/documents/<name>",
      "/*/projects/<tenant>",
      "/compute/*/projects/<tenant>",
      "/bigquery/*/projects/<tenant>",
      "/*/organizations/<tenant>",
      "/*/folders/<tenant>",
      "/*/spaces/<tenant>",
      "/*/spreadsheets/<tenant>",
    ],
  },
  {
    source: "Azure REST API reference, Resource groups; Microsoft identity platform, Endpoints",
    hosts: ["management.azure.com"],
    shapes: ["/subscriptions/<tenant>/resourcegroups/<name>", "/subscriptions/<tenant>"],
  },
  {
    source: "Microsoft identity platform, Endpoints",
    hosts: ["login.microsoftonline.com", "login.windows.net", "sts.windows.net"],
    shapes: ["/common", "/organizations", "/consumers", "/<tenant>"],
  },
  {
    source: "Amazon SQS Developer Guide, Queue URLs",
    hosts: ["sqs.*.amazonaws.com", "queue.amazonaws.com"],
    shapes: ["/<tenant>/<name>"],
  },
  {
    source: "Cloudflare API documentation",
    hosts: ["api.cloudflare.com"],
    shapes: ["/client/v4/accounts/<tenant>", "/client/v4/zones/<tenant>"],
  },
  {
    source: "Heroku Platform API reference; Netlify API; Fly Machines API",
    hosts: ["api.heroku.com", "api.machines.dev"],
    shapes: ["/apps/<tenant>", "/teams/<tenant>", "/v1/apps/<tenant>"],
  },
  {
    source: "Netlify Docs, Get started with the API",
    hosts: ["api.netlify.com"],
    shapes: ["/api/v1/sites/<tenant>", "/api/v1/deploys/<name>", "/api/v1/accounts/<tenant>"],
  },
  {
    source: "HCP Terraform documentation, API",
    hosts: ["app.terraform.io"],
    shapes: ["/api/v2/organizations/<tenant>/workspaces/<name>", "/api/v2/organizations/<tenant>"],
  },
  {
    source:
      "CircleCI API v2; Travis CI developer documentation; AppVeyor REST API; Buildkite REST API",
    hosts: ["circleci.com"],
    shapes: ["/api/v2/project/*/<tenant>/<name>", "/api/v1.1/project/*/<tenant>/<name>"],
  },
  {
    source: "Buildkite Docs, REST API",
    hosts: ["api.buildkite.com"],
    shapes: ["/v2/organizations/<tenant>/pipelines/<name>", "/v2/organizations/<tenant>"],
  },
  {
    source: "Codecov documentation, API v2",
    hosts: ["api.codecov.io", "codecov.io"],
    shapes: [
      "/api/v2/*/<tenant>/repos/<name>",
      "/upload/*/<tenant>::::<name>",
      "/api/v2/*/<tenant>",
    ],
  },
  {
    source: "Sentry documentation, API reference",
    hosts: ["sentry.io", "us.sentry.io", "de.sentry.io"],
    shapes: [
      "/api/0/organizations/<tenant>/releases/<ref>",
      "/api/0/organizations/<tenant>",
      "/api/0/projects/<tenant>/<name>",
    ],
  },
  {
    source: "Google Workspace documentation, Forms; Apps Script web apps; Sheets; Drive",
    hosts: ["docs.google.com", "script.google.com", "drive.google.com"],
    shapes: [
      "/forms/d/e/<tenant>",
      "/forms/d/<tenant>",
      "/spreadsheets/d/<tenant>",
      "/document/d/<tenant>",
      "/macros/s/<tenant>",
      "/file/d/<tenant>",
    ],
  },
];
