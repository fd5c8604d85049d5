import { names } from "../names.js";
import type { BuildServiceGroup } from "./build-service-group.js";

/** CI platforms, and services that tests, scans, reviews and releases report to. */
export const ciAndQuality: readonly BuildServiceGroup[] = [
  {
    name: "GitHub",
    source:
      "GitHub Docs, Self-hosted runners reference, Accessible domains by function; REST API, Meta",
    domains: names(`
      github.com githubusercontent.com githubassets.com githubapp.com githubcopilot.com github.blog
      githubstatus.com githubnext.com github.ai
    `),
    hosts: names(`
      github-cloud.s3.amazonaws.com github-production-release-asset-2e65be.s3.amazonaws.com
      github-production-repository-file-5c1aeb.s3.amazonaws.com
      github-production-upload-manifest-file-7fdce7.s3.amazonaws.com
      github-production-user-asset-6210df.s3.amazonaws.com default.exp-tas.com
    `),
  },
  {
    // No more than these: whoever registers the next number must not be taken for GitHub.
    name: "GitHub Actions results and cache",
    source:
      "GitHub Docs, Copilot allowlist reference, Actions artifact storage; Self-hosted runners reference",
    hosts: Array.from(
      { length: 20 },
      (_, shard) => `productionresultssa${shard}.blob.core.windows.net`,
    ),
  },
  {
    name: "GitLab",
    source: "GitLab Docs, GitLab.com settings; Customers behind a firewall",
    domains: ["gitlab.com", "gitlab.net", "gitlab-static.net"],
    hosts: [
      "gitlab-runner-downloads.s3.amazonaws.com",
      "gitlab-runner-downloads.s3.dualstack.us-east-1.amazonaws.com",
    ],
  },
  {
    name: "Azure DevOps",
    source: "Azure DevOps Docs, Allowed IP addresses and domain URLs",
    domains: names(`
      dev.azure.com vsassets.io vsassetscdn.azure.cn agent.dev.azure.com
    `),
    hosts: [
      "marketplace.visualstudio.com",
      "visualstudio.com",
      "www.visualstudio.com",
      "app.vssps.visualstudio.com",
      "vs-ssh.visualstudio.com",
      "amp.azure.net",
      "static2.sharepointonline.com",
    ],
  },
  {
    name: "Bitbucket and Atlassian",
    source: "Atlassian Support, IP addresses and domains for Atlassian cloud products",
    domains: names(`
      bitbucket.org atlassian.com atl-paas.net jira.com
    `),
  },
  {
    name: "CI platforms",
    source:
      "Documentation of CircleCI, Buildkite, Travis CI, AppVeyor, Drone, Semaphore, Codefresh, TeamCity, Cirrus, Bitrise, Buddy, Harness, Woodpecker, Depot, Namespace, BuildJet, Blacksmith, WarpBuild, Dagger, Earthly",
    domains: names(`
      circleci.com circle-artifacts.com buildkite.com buildkiteartifacts.com buildkiteassets.com
      travis-ci.com travis-ci.org travisci.net appveyor.com drone.io semaphoreci.com
      semaphoreapp.com codefresh.io cirrus-ci.com cirrus-ci.org bitrise.io buddy.works harness.io
      woodpecker-ci.org depot.dev namespace.so namespaceapis.com buildjet.com blacksmith.sh
      warpbuild.com dagger.io dagger.cloud earthly.dev codemagic.io teamcity.com jenkins.io
      cloudbees.com cloudbees.io spinnaker.io concourse-ci.org gocd.org nektosact.com ubicloud.com
      cirun.io actuated.dev runs-on.com stepsecurity.io gitea.com gitea.io forgejo.org codeberg.org
      sr.ht
    `),
  },
  {
    name: "Coverage and code quality",
    source:
      "gh-aw, ecosystem domains (dev-tools); documentation of Codecov, Coveralls, Sonar, Code Climate, Codacy, DeepSource, Qlty, Codescene",
    domains: names(`
      codecov.io codecov.com coveralls.io sonarcloud.io sonarsource.com sonarqube.com sonarqube.org
      codeclimate.com codacy.com deepsource.io deepsource.com qlty.sh codescene.io codefactor.io
      lgtm.com scrutinizer-ci.com reviewable.io pre-commit.ci pre-commit.com trunk.io mergify.com
      mergify.io kodiakhq.com sourcegraph.com graphite.dev codspeed.io bencher.dev launchableinc.com
      buildpulse.io percy.io applitools.com happo.io argos-ci.com lost-pixel.com browserstack.com
      saucelabs.com lambdatest.com testcontainers.org testcontainers.cloud replay.io datadoghq.com
      currents.dev cypress.io qameta.io
    `),
  },
  {
    name: "Security scanning",
    hosts: [
      "aquasecurity.github.io",
      "bestpractices.coreinfrastructure.org",
      "oss-fuzz-build-logs.storage.googleapis.com",
    ],
    source:
      "Documentation of Snyk, Trivy, Grype, Semgrep, CodeQL, OSV, OSS Index, Anchore, Checkmarx, Veracode, Mend, Socket, GitGuardian, Scorecard, FOSSA, Endor Labs, Wiz, Prisma Cloud, Qualys, NVD",
    domains: names(`
      snyk.io snyk.com aquasec.com anchore.io anchore.com semgrep.dev semgrep.com r2c.dev osv.dev
      ossindex.org guac.sh checkmarx.com checkmarx.net veracode.com mend.io whitesourcesoftware.com
      socket.dev gitguardian.com securityscorecards.dev scorecards.dev scorecard.dev bestpractices.dev
      openssf.org
      fossa.com fossa.io endorlabs.com wiz.io prismacloud.io twistlock.com qualys.com tenable.com
      rapid7.com blackduck.com synopsys.com sysdig.com lacework.com lacework.net bridgecrew.cloud
      bridgecrew.io checkov.io tfsec.dev kics.io 42crunch.com stackhawk.com invicti.com
      portswigger.net zaproxy.org nist.gov mitre.org cisa.gov first.org cve.org vulncheck.com
      ecosyste.ms deps.dev clearlydefined.io spdx.org cyclonedx.org dependencytrack.org owasp.org
      gitleaks.io jit.io arnica.io ox.security cycode.com legitsecurity.com
      phylum.io debricked.com jfrog.com nightfall.ai bearer.com shiftleft.io contrastsecurity.com
      hackerone.com bugcrowd.com virustotal.com abuse.ch clamav.net
    `),
  },
  {
    name: "Errors, metrics and logs",
    source:
      "Documentation of Sentry, Datadog, New Relic, Honeycomb, Grafana Cloud, Splunk, Bugsnag, Rollbar, PostHog, Segment, Statsig",
    domains: names(`
      sentry.io sentry-cdn.com getsentry.com datadoghq.com datadoghq.eu ddog-gov.com newrelic.com
      nr-data.net honeycomb.io grafana.com splunk.com signalfx.com bugsnag.com rollbar.com
      posthog.com segment.io segment.com statsig.com statsigapi.net launchdarkly.com amplitude.com
      mixpanel.com google-analytics.com googletagmanager.com loggly.com papertrailapp.com logz.io
      sumologic.com appdynamics.com lightstep.com axiom.co betterstack.com logtail.com pagerduty.com
      opsgenie.com statuscake.com pingdom.com uptimerobot.com healthchecks.io hc-ping.com
      cronitor.io scarf.sh raygun.com raygun.io airbrake.io instana.io appsignal.com scoutapm.com
      scalyr.com
    `),
  },
  {
    name: "Dependency and release bots",
    hosts: ["badge.fury.io"],
    source:
      "Documentation of Renovate, Dependabot, semantic-release, release-please, Changesets, GoReleaser, shields.io",
    domains: names(`
      renovatebot.com mend.io dependabot.com shields.io badgen.net repology.org
      release-monitoring.org crowdin.com transifex.com weblate.org lokalise.com poeditor.com
      allcontributors.org cla-assistant.io linuxfoundation.org zenodo.org doi.org crossref.org
      orcid.org algolia.com docsearch.dev gitbook.com mintlify.com stoplight.io swagger.io
      swaggerhub.com postman.com getpostman.com json-schema.org schemastore.org schema.org w3.org
      xml.org oasis-open.org ietf.org rfc-editor.org iana.org unicode.org purl.org xmlsoap.org
      editorconfig.org spdx.dev contributor-covenant.org
    `),
  },
  {
    name: "Hugging Face and datasets",
    source:
      "Hugging Face Hub documentation; Kaggle, OpenML, Weights & Biases, MLflow and Comet documentation",
    domains: names(`
      huggingface.co hf.co kaggle.com openml.org wandb.ai wandb.com comet.com comet.ml mlflow.org
      dagshub.com modelscope.cn ollama.com ollama.ai tfhub.dev naturalearthdata.com
      openstreetmap.org data.gov usgs.gov noaa.gov nasa.gov copernicus.eu ncbi.nlm.nih.gov nih.gov
      ebi.ac.uk ensembl.org rcsb.org
    `),
  },
  {
    name: "Private networks",
    source: "Documentation of the Actions of Tailscale, Twingate, ZeroTier and NetBird",
    domains: ["tailscale.com", "twingate.com", "zerotier.com", "netbird.io"],
  },
  {
    name: "Chat of teams",
    source: "Slack developer documentation; Microsoft Teams and Discord developer documentation",
    hosts: ["slack.com", "api.slack.com", "hooks.slack.com", "graph.microsoft.com"],
  },
];
