import { names, under } from "../names.js";
import type { SharedHosts } from "./path-shape.js";

/**
 * Package registries, and the hosts of packages that a project publishes by itself.
 *
 * A package of a public registry is no tenant: what a job installs is its lock file's matter, and a new dependency
 * must not look like a new owner. Its name is masked all the same, so that every package has one route.
 */
export const packageHosts: readonly SharedHosts[] = [
  {
    source: "npm registry API (npm/registry, REGISTRY-API.md); Yarn documentation",
    hosts: [
      ...under("org", "registry.npmjs"),
      ...under("com", "registry.yarnpkg registry.npmmirror"),
      "npm.jsr.io",
    ],
    shapes: [
      "/-/package/<name>/dist-tags/<ref>",
      "/-/user/<user>",
      "/-/org/<name>",
      "/-/*",
      "/@<scope>%2f<name>/-/<file>",
      "/@<scope>%2f<name>",
      "/@<scope>/<name>/-/<file>",
      "/@<scope>/<name>/<ref>",
      "/@<scope>/<name>",
      "/<name>/-/<file>",
      "/<name>/<ref>",
      "/<name>",
    ],
  },
  {
    source: "PyPI documentation, Index API, JSON API (PEP 503, PEP 691)",
    hosts: under("org", "pypi test.pypi www.piwheels download.pytorch"),
    shapes: ["/simple/<name>", "/pypi/<name>/json", "/pypi/<name>/<ref>/json", "/project/<name>"],
  },
  {
    source: "PyPI documentation, Index API (file locations)",
    hosts: under("pythonhosted.org", "files test-files"),
    shapes: ["/packages/*/*/<ref>/<file>"],
  },
  {
    source: "The Cargo Book, Registry index; Web API",
    hosts: ["crates.io", ...under("crates.io", "static index")],
    shapes: [
      "/api/v1/crates/<name>/<ref>",
      "/api/v1/crates/<name>",
      "/crates/<name>/<file...>",
      "/config.json",
      "/me",
      ...["/1/<name>", "/2/<name>", "/3/<part>/<name>", "/<part>/<part>/<name>"],
    ],
  },
  {
    source: "Go Modules Reference, GOPROXY protocol; Checksum database",
    hosts: [...under("golang.org", "proxy sum"), "goproxy.io", "goproxy.cn"],
    shapes: [
      "/<name...>/@v/<file>",
      "/<name...>/@latest",
      "/lookup/<name...>",
      "/tile/<name...>",
      "/sumdb/*/<name...>",
    ],
  },
  {
    source: "Apache Maven documentation, Repository layout; Sonatype Central documentation",
    hosts: [
      ...under("org", "repo.maven.apache repo1.maven plugins.gradle"),
      ...under("com", "maven.google dl.google jcenter.bintray maven-central.storage.googleapis"),
      ...under("io", "repo.spring packages.confluent"),
    ],
    shapes: [
      "/dl/android/maven2/<name...>",
      "/maven2/<name...>",
      "/m2/<name...>",
      "/web/<name...>",
    ],
  },
  {
    source: "NuGet documentation, Server API, Package content; Registration",
    hosts: ["api.nuget.org", "www.nuget.org", "globalcdn.nuget.org"],
    shapes: [
      "/v3-flatcontainer/<name>/<ref>/<file>",
      "/v3-flatcontainer/<name>/index.json",
      "/v3/*/<name>/<file...>",
      "/api/v2/package/<name>/<ref>",
      "/packages/<file>",
    ],
  },
  {
    source: "RubyGems guides, RubyGems.org API; Bundler, Compact index API",
    hosts: ["rubygems.org", "index.rubygems.org", "fastly.rubygems.org"],
    shapes: [
      "/gems/<file>",
      "/info/<name>",
      "/quick/*/<file>",
      "/api/v1/gems/<file>",
      "/api/v1/versions/<file>",
      "/api/v1/downloads/<file>",
      "/downloads/<file>",
    ],
  },
  {
    source: "Composer documentation, Repositories (p2 metadata); Packagist API",
    hosts: ["repo.packagist.org", "packagist.org"],
    shapes: ["/p2/<scope>/<file>", "/packages/<scope>/<name>", "/downloads"],
  },
  {
    source:
      "Hex specifications, Endpoints; pub.dev, Hosted Pub Repository Specification; Hackage API",
    hosts: names(`
      repo.hex.pm hex.pm builds.hex.pm pub.dev hackage.haskell.org hackage.org
    `),
    shapes: [
      "/tarballs/<file>",
      "/packages/<name>/versions/<file>",
      "/packages/<name>",
      "/api/packages/<name>/*/<ref>",
      "/api/packages/<name>",
      "/api/archives/<file>",
      "/package/<name>/<file...>",
    ],
  },
  {
    source: "CRAN, Packages; MetaCPAN and CPAN documentation, CPAN mirror layout",
    hosts: names(`
      cran.r-project.org cloud.r-project.org cran.rstudio.com www.cpan.org cpan.metacpan.org
    `),
    shapes: [
      "/src/contrib/<file...>",
      "/bin/<file...>",
      "/authors/id/<file...>",
      "/modules/<file...>",
    ],
  },
  {
    source: "Homebrew documentation, Bottles; JSON API",
    hosts: ["formulae.brew.sh"],
    shapes: ["/api/formula/<file>", "/api/cask/<file>", "/api/bottle/<file>"],
  },
  {
    source: "Anaconda documentation, Channels; conda-forge documentation",
    hosts: ["conda.anaconda.org", "api.anaconda.org"],
    shapes: [
      "/download/<tenant>/<name>/<file...>",
      "/package/<tenant>/<name>",
      "/t/<secret>/<tenant>/*/<file>",
      "/<tenant>/*/<file>",
    ],
  },
  {
    source: "HashiCorp documentation, Provider and module registry protocols; OpenTofu registry",
    hosts: ["registry.terraform.io", "registry.opentofu.org"],
    shapes: [
      "/v1/providers/<tenant>/<name>/<ref...>",
      "/v1/modules/<tenant>/<name>/<ref...>",
      "/providers/<tenant>/<name>",
    ],
  },
  {
    source: "Ansible Galaxy documentation, API v3",
    hosts: ["galaxy.ansible.com"],
    shapes: [
      "/api/v3/plugin/ansible/content/*/collections/index/<tenant>/<name>",
      "/api/v3/collections/<tenant>/<name>",
      "/api/v3/plugin/ansible/content/*/collections/artifacts/<file>",
    ],
  },
  {
    source: "Launchpad Help, Personal package archives",
    hosts: ["ppa.launchpadcontent.net", "ppa.launchpad.net"],
    shapes: ["/<tenant>/<name>"],
  },
  {
    source: "Fedora Copr documentation; openSUSE Build Service documentation",
    hosts: ["download.copr.fedorainfracloud.org", "copr.fedorainfracloud.org"],
    shapes: ["/results/<tenant>/<name>", "/coprs/g/<tenant>/<name>", "/coprs/<tenant>/<name>"],
  },
  {
    source: "openSUSE Build Service documentation",
    hosts: ["download.opensuse.org"],
    shapes: ["/repositories/home:/<tenant>", "/repositories/<tenant>"],
  },
  {
    source: "Packagecloud, Cloudsmith, Gemfury and JitPack documentation",
    hosts: ["packagecloud.io", "dl.packagecloud.io"],
    shapes: ["/install/repositories/<tenant>/<name>", "/<tenant>/<name>"],
  },
  {
    source: "Cloudsmith documentation",
    hosts: names(`
      dl.cloudsmith.io upload.cloudsmith.io docker.cloudsmith.io npm.cloudsmith.io
    `),
    shapes: ["/public/<tenant>/<name>", "/basic/<tenant>/<name>", "/<secret>/<tenant>/<name>"],
  },
  {
    source: "JitPack documentation",
    hosts: ["jitpack.io", "www.jitpack.io"],
    shapes: ["/com/github/<tenant>/<name>/<file...>", "/com/gitlab/<tenant>/<name>/<file...>"],
  },
  {
    source: "jsDelivr, UNPKG, esm.sh, Statically and deno.land documentation",
    hosts: ["cdn.jsdelivr.net", "fastly.jsdelivr.net", "cdn.statically.io", "esm.sh"],
    shapes: [
      "/gh/<tenant>/<name>/<path...>",
      "/npm/@<scope>/<name>/<path...>",
      "/npm/<name>/<path...>",
      "/combine/<path...>",
    ],
  },
  {
    source: "UNPKG documentation; Deno documentation, HTTP imports",
    hosts: ["unpkg.com", "deno.land"],
    shapes: [
      "/x/<name>/<path...>",
      "/std/<path...>",
      "/@<scope>/<name>/<path...>",
      "/<name>/<path...>",
    ],
  },
];
