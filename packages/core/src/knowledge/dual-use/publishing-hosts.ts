import { names, under } from "../names.js";
import type { DualUseGroup } from "./dual-use-group.js";

/** Hosts that builds call every day and where anybody can publish too: living off trusted sites. */
export const publishingHosts: readonly DualUseGroup[] = [
  {
    kind: "code-host",
    source: "GitHub Docs, REST API (repositories, gists, issues); LOTS Project (lots-project.com)",
    hosts: names(`
      github.com www.github.com api.github.com uploads.github.com codeload.github.com
      ssh.github.com raw.github.com models.github.ai
    `),
  },
  {
    kind: "code-host",
    source:
      "LOTS Project (lots-project.com), raw.githubusercontent.com; GitHub Docs, Linking to releases",
    hosts: names(`
      raw.githubusercontent.com objects.githubusercontent.com
      release-assets.githubusercontent.com media.githubusercontent.com
      user-images.githubusercontent.com private-user-images.githubusercontent.com
      cloud.githubusercontent.com camo.githubusercontent.com github-releases.githubusercontent.com
      github-cloud.githubusercontent.com
    `),
  },
  {
    kind: "code-host",
    source:
      "GitLab, Bitbucket, Codeberg, Gitea, sourcehut, Gitee and SourceForge documentation; LOTS Project",
    domains: names(`
      gitlab.com bitbucket.org codeberg.org gitea.com sr.ht gitee.com sourceforge.net notabug.org
      framagit.org gitcode.com launchpad.net radicle.xyz pagure.io gitverse.ru
    `),
  },
  {
    kind: "code-host",
    source: "Azure DevOps Docs, Allowed IP addresses and domain URLs; REST API",
    domains: ["dev.azure.com", "visualstudio.com"],
  },
  {
    kind: "code-host",
    source: "Hugging Face Hub documentation, Repositories; Kaggle API documentation",
    domains: ["huggingface.co", "hf.co", "hf.space", "kaggle.com"],
  },
  {
    kind: "code-host",
    source:
      "jsDelivr, UNPKG, Statically and raw.githack documentation: any repository or package by URL",
    domains: names(`
      jsdelivr.net unpkg.com statically.io githack.com rawgit.com esm.sh skypack.dev gitcdn.link
      jspm.io cdn.githubraw.com
    `),
  },
  {
    kind: "package-registry-write",
    source: "npm Docs, npm publish",
    domains: ["npmjs.org", "npmjs.com", "jsr.io"],
  },
  {
    kind: "package-registry-write",
    source:
      "Python Packaging User Guide, Uploading to the Package Index; RubyGems guides, Publishing",
    hosts: under("org", "upload.pypi test.pypi uploads.rubygems rubygems"),
  },
  {
    kind: "package-registry-write",
    source:
      "The Cargo Book, Publishing; NuGet, Hex, pub.dev, Maven Central and Packagist documentation",
    hosts: names(`
      crates.io www.nuget.org api.nuget.org hex.pm pub.dev central.sonatype.com oss.sonatype.org
      s01.oss.sonatype.org packagist.org clojars.org jitpack.io upload.cpan.org hackage.haskell.org
      api.anaconda.org upload.anaconda.org pause.perl.org trunk.cocoapods.org
    `),
  },
  {
    kind: "package-registry-write",
    source:
      "Docker Docs, docker push; GitHub Docs, Container registry; Quay, ECR Public and Artifact Registry documentation",
    domains: names(`
      docker.io ghcr.io quay.io public.ecr.aws pkg.dev gcr.io ttl.sh azurecr.io
    `),
    hosts: names(`
      hub.docker.com registry.gitlab.com npm.pkg.github.com maven.pkg.github.com
      nuget.pkg.github.com
    `),
  },
  {
    kind: "package-registry-write",
    source: "Visual Studio Code documentation, Publishing extensions; Open VSX documentation",
    domains: ["open-vsx.org", "marketplace.visualstudio.com", "gallery.vsassets.io"],
  },
  {
    kind: "package-registry-write",
    source: "Cloudsmith, packagecloud, Gemfury and JFrog documentation",
    domains: names(`
      cloudsmith.io packagecloud.io fury.io jfrog.io copr.fedorainfracloud.org anaconda.org
    `),
  },
];
