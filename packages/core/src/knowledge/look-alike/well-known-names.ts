import { names } from "../names.js";

/** The Python Package Index. */
const pypi = ["pypi", "org"].join(".");

/**
 * Domains that are imitated because every build trusts them: the registries, code hosts, clouds and scanners that the
 * allowlists of GitHub Copilot, GitHub Agentic Workflows and OpenAI Codex name, and those with an Action in GitHub's
 * starter workflows.
 */
export const imitatedDomains = names(`
  npmjs.org npmjs.com yarnpkg.com nodejs.org ${pypi} pythonhosted.org python.org rubygems.org
  crates.io rust-lang.org rustup.rs golang.org maven.org sonatype.org gradle.org packagist.org
  nuget.org anaconda.org anaconda.com pytorch.org tensorflow.org huggingface.co cocoapods.org
  jsdelivr.net unpkg.com cloudflare.com jetbrains.com playwright.dev cypress.io electronjs.org
  github.com githubusercontent.com githubassets.com gitlab.com bitbucket.org atlassian.com
  sourceforge.net docker.com docker.io kubernetes.io hashicorp.com terraform.io pulumi.com
  ansible.com jenkins.io circleci.com travis-ci.com buildkite.com appveyor.com dependabot.com
  renovatebot.com codecov.io coveralls.io sonarcloud.io sonarsource.com snyk.io
  checkmarx.com aquasec.com semgrep.dev veracode.com sigstore.dev securityscorecards.dev
  stepsecurity.io gitguardian.com jfrog.com cloudsmith.com packagecloud.io
  microsoft.com microsoftonline.com azure.com azureedge.net visualstudio.com windows.net
  google.com googleapis.com googleusercontent.com gstatic.com amazon.com amazonaws.com
  cloudfront.net digitalocean.com heroku.com netlify.com vercel.com firebase.com supabase.com
  ubuntu.com launchpad.net debian.org fedoraproject.org redhat.com centos.org alpinelinux.org
  archlinux.org opensuse.org nixos.org oracle.com openjdk.org adoptium.net apache.org
  digicert.com letsencrypt.org sectigo.com globalsign.com sentry.io datadoghq.com newrelic.com
  grafana.com elastic.co mongodb.com postgresql.org openai.com anthropic.com slack.com telegram.org
  discord.com okta.com auth0.com
`);

/** Genuine domains of the same providers, as their documentation lists them, that only look like an imitation; and two that count downloads. */
export const sisterDomains: ReadonlySet<string> = new Set(
  names(`
    azure-automation.net azure-devices-provisioning.net azure-dns.com azure-dns.net azure-dns.org
    azure-dns.info azure.cn azure.us azurerms.com windows.com windowsupdate.com googleblog.com
    googlecode.com googlemail.com google.org google.co.uk google.de google.fr google.co.jp
    google.ca google.com.au google.co.in amazon.co.uk amazon.de amazonses.com cloudflare.net
    cloudflarestream.com cloudflarestorage.com github.net slack-edge.com slack-imgs.com discord.media discordstatus.com
    dockerstatus.com npm-stat.com npmtrends.com mongodb.org kubernetes.dev telegram-cdn.org
    okta-emea.com
  `),
);

/** Short names of such services, and names they have elsewhere, with the domain they stand for. */
export const otherNames: ReadonlyMap<string, string> = new Map([
  ["npm", "npmjs.org"],
  ["yarn", "yarnpkg.com"],
  ["pypi", pypi],
  ["pip", pypi],
  ["rubygem", "rubygems.org"],
  ["aws", "amazonaws.com"],
  ["azure", "azure.com"],
  ["k8s", "kubernetes.io"],
  ["sonar", "sonarsource.com"],
  ["aquasecurity", "aquasec.com"],
  ["dockerhub", "docker.com"],
  ["stepsecurity", "stepsecurity.io"],
]);

/** What imitators put beside a name they borrow (Kintis et al., "Hiding in Plain Sight", CCS 2017, on combosquatting). */
export const lures = names(`
  account actions analytics api app apps artifact artifacts assets auth backup bot build builds cache
  cdn ci cli cloud code community content data dev dist dl docs download downloads edge enterprise
  file files get help host hosted hosting hub id images install installer io js lib libs live log
  login logs mail metrics mirror mirrors net node official online org package packages pkg pkgs
  plugin pro proxy py python raw registry release releases repo repos repository resource resources
  sdk secure security server service services signin site source stage static stats status storage
  store support sync team telemetry test tool tools track update updates upload verify web
`);

/** Owners of Actions and tools: GitHub Docs, Using pre-written building blocks; GitHub's starter workflows. */
export const wellKnownOwners: ReadonlySet<string> = new Set(
  names(`
    actions github github-actions docker docker-library aws aws-actions azure microsoft google
    googleapis google-github-actions googlecloudplatform hashicorp opentofu pulumi gradle apache
    jetbrains spring-projects python pypa psf ruby rubygems rust-lang rust-cross golang golangci
    nodejs npm yarnpkg pnpm denoland oven-sh astral-sh microsoft electron puppeteer cypress-io
    playwright shivammathur composer php r-lib rstudio erlef elixir-lang haskell haskell-actions
    julia-actions julialang swiftlang dart-lang flutter subosito ocaml nixos cachix
    determinatesystems homebrew conda-forge conda-incubator mamba-org redhat-actions kubernetes
    kubernetes-sigs helm argoproj cilium istio sigstore slsa-framework ossf step-security
    aquasecurity anchore snyk checkmarx sonarsource semgrep returntocorp codecov coverallsapp
    codacy veracode github-community-projects dependabot renovatebot goreleaser release-drafter
    semantic-release changesets softprops peter-evans peaceiris stefanzweifel dorny reviewdog
    super-linter tj-actions cloudflare netlify vercel firebase superfly digitalocean
    huggingface pytorch tensorflow facebook meta openai anthropics grafana elastic getsentry
    datadog mozilla llvm gnu torvalds ubuntu canonical debian alpinelinux bazelbuild
    bufbuild crazy-max tailscale ruffle-rs taiki-e dtolnay swatinem baptiste0928 ilammy jidicula
    docker-practice library bitnami
  `),
);
