import { names } from "../names.js";
import type { BuildServiceGroup } from "./build-service-group.js";

/** Package mirrors of Linux distributions, other systems, and package managers that belong to none. */
export const operatingSystems: readonly BuildServiceGroup[] = [
  {
    name: "Ubuntu archive",
    source:
      "Ubuntu wiki, Mirrors; GitHub Docs, Copilot allowlist reference; Canonical, Network requirements",
    domains: names(`
      ubuntu.com launchpad.net launchpadcontent.net launchpadlibrarian.net snapcraft.io
      snapcraftcontent.com canonical.com
    `),
  },
  {
    name: "Debian archive",
    source: "Debian, Mirrors; GitHub Docs, Copilot allowlist reference",
    domains: ["debian.org", "freexian.com", "sury.org"],
    hosts: ["debian.map.fastlydns.net", "debian.map.fastly.net"],
  },
  {
    name: "Fedora and EPEL mirrors",
    hosts: ["copr.fedorainfracloud.org", "download.copr.fedorainfracloud.org"],
    source: "Fedora MirrorManager documentation; GitHub Docs, Copilot allowlist reference",
    domains: names(`
      fedoraproject.org rpmfusion.org remirepo.net elrepo.org
    `),
  },
  {
    name: "Red Hat and its rebuilds",
    source:
      "Red Hat documentation, Allowlist; CentOS, AlmaLinux, Rocky Linux and Oracle Linux documentation",
    domains: names(`
      redhat.com redhat.io centos.org almalinux.org rockylinux.org scientificlinux.org openela.org
      cloudlinux.com
    `),
    hosts: ["yum.oracle.com", "linux-mirrors.fnal.gov"],
  },
  {
    name: "Alpine Linux",
    source: "Alpine Linux wiki, Repositories; GitHub Docs, Copilot allowlist reference",
    domains: ["alpinelinux.org"],
  },
  {
    name: "Arch Linux",
    source: "ArchWiki, Mirrors; GitHub Docs, Copilot allowlist reference",
    domains: [
      "archlinux.org",
      "archlinuxarm.org",
      "archlinuxcn.org",
      "pkgbuild.com",
      "manjaro.org",
    ],
  },
  {
    name: "openSUSE",
    source: "openSUSE, Mirrors; SUSE Customer Center documentation; Copilot allowlist reference",
    domains: ["opensuse.org", "suse.com", "suse.de", "packman.links2linux.de"],
  },
  {
    name: "Amazon Linux",
    source: "Amazon Linux User Guide, Repositories",
    domains: ["amazonlinux.com"],
    hosts: ["cdn.amazonlinux.com", "amazonlinux.default.amazonaws.com"],
  },
  {
    name: "Wolfi and Chainguard",
    source: "Chainguard documentation, Network requirements",
    domains: ["wolfi.dev", "cgr.dev", "chainguard.dev", "enforce.dev"],
  },
  {
    name: "Other Linux distributions",
    source:
      "Documentation of Gentoo, Void, Kali, Linux Mint, Flatcar, Photon, Solus, Slackware, Raspberry Pi OS, OpenWrt, Deepin",
    domains: names(`
      gentoo.org voidlinux.org kali.org linuxmint.com flatcar.org flatcar-linux.org vmware.com
      getsol.us slackware.com raspbian.org openwrt.org deepin.org pop-os.org system76.com
      elementary.io mageia.org openmandriva.org clearlinux.org coreos.com devuan.org trisquel.info
      yoctoproject.org openembedded.org buildroot.org openeuler.org openanolis.cn
    `),
  },
  {
    name: "Mirror networks",
    source:
      "Ubuntu, Debian, Fedora and CTAN mirror lists: universities and hosters that mirror several of them",
    hosts: names(`
      mirrors.mit.edu mirror.math.princeton.edu mirrors.ocf.berkeley.edu mirror.umd.edu
      plug-mirror.rcac.purdue.edu mirror.clarkson.edu mirror.cs.jmu.edu mirror.cs.uchicago.edu
      mirrors.cat.pdx.edu mirror.csclub.uwaterloo.ca mirrors.lug.mtu.edu mirror.wayne.edu
      ftp.heanet.ie ftp.fau.de ftp.halifax.rwth-aachen.de ftp.gwdg.de ftp.funet.fi ftp.acc.umu.se
      mirror.accum.se ftp.lysator.liu.se ftp.belnet.be ftp.nluug.nl ftp.snt.utwente.nl
      mirror.switch.ch mirrors.dotsrc.org ftp.jaist.ac.jp ftp.riken.jp ftp.iij.ad.jp
      mirror.sjtu.edu.cn mirrors.tuna.tsinghua.edu.cn mirrors.ustc.edu.cn mirrors.aliyun.com
      mirrors.huaweicloud.com repo.huaweicloud.com mirror.constant.com mirror.leaseweb.com
      mirror.leaseweb.net mirrors.ovh.net ubuntu.mirrors.ovh.net mirror.hetzner.com
      mirror.hetzner.de mirror.pilotfiber.com mirrors.sonic.net mirror.garr.it mirror.datacamp.com
      mirrors.cicku.me
    `),
    domains: names(`
      kernel.org osuosl.org mirrorservice.org lysator.liu.se ocf.berkeley.edu gigenet.com
      hetzner.com dotsrc.org csclub.uwaterloo.ca kumi.systems steadfast.net pilotfiber.com
      lug.mtu.edu xtom.com xtom.de mirrors.tencent.com mirrors.cloud.tencent.com
    `),
  },
  {
    name: "FreeBSD, NetBSD and OpenBSD",
    source: "FreeBSD Handbook; pkgsrc documentation; OpenBSD, Mirrors",
    domains: [
      "freebsd.org",
      "netbsd.org",
      "openbsd.org",
      "dragonflybsd.org",
      "pkgsrc.org",
      "omnios.org",
      "illumos.org",
    ],
  },
  {
    name: "Homebrew",
    source: "Homebrew documentation, Bottles; Analytics; JSON API",
    domains: ["brew.sh", "macports.org", "finkproject.org"],
    hosts: [
      "influxdb-us-east-1-1.aws.cloud2.influxdata.com",
      "eu-central-1-1.aws.cloud2.influxdata.com",
    ],
  },
  {
    name: "Nix",
    source: "Nix reference manual, Substituters; Cachix and Determinate Systems documentation",
    domains: names(`
      nixos.org cachix.org determinate.systems flakehub.com nix-community.org garnix.io devenv.sh
      numtide.com
    `),
    hosts: ["nix-releases.s3.amazonaws.com", "nix-cache.s3.amazonaws.com"],
  },
  {
    name: "Package managers for Windows",
    source: "Documentation of Chocolatey, Scoop, WinGet and MSYS2",
    domains: ["chocolatey.org", "scoop.sh", "msys2.org", "cygwin.com", "ninite.com"],
    hosts: ["cdn.winget.microsoft.com", "winget.azureedge.net"],
  },
  {
    name: "Flatpak, AppImage and tool managers",
    hosts: ["aquaproj.github.io"],
    source: "Documentation of Flathub, AppImage, mise, asdf, pkgx, Spack, EasyBuild, Aqua",
    domains: names(`
      flathub.org flatpak.org appimage.org jdx.dev asdf-vm.com pkgx.dev pkgx.sh tea.xyz spack.io
      easybuild.io jetify.com webinstall.dev webi.sh moonrepo.dev
    `),
  },
  {
    name: "Firmware updates",
    source:
      "fwupd documentation, LVFS remotes: Debian's and Ubuntu's machines ask it by themselves",
    domains: ["fwupd.org"],
  },
  {
    name: "Third-party package repositories",
    source: "GitHub Docs, Copilot allowlist reference; installation guides of the products",
    domains: names(`
      packagecloud.io cloudsmith.io cloudsmith.com pkgs.org postgresql.org mysql.com mariadb.org
      mariadb.com mongodb.org redis.io elastic.co elasticsearch.org influxdata.com grafana.com
      grafana.org nginx.org nginx.com haproxy.org varnish-cache.org rabbitmq.com clickhouse.com
      cockroachlabs.com timescale.com percona.com neo4j.com neo4j.org couchbase.com opensearch.org
      meilisearch.com typesense.org questdb.io duckdb.org sqlite.org memcached.org scylladb.com
      arangodb.com dl.winehq.org winehq.org virtualbox.org vagrantup.com vagrantcloud.com
      mozilla.org mozilla.net mozilla.com microsoft.com google.com spotify.com signal.org
      teamviewer.com opera.com brave.com vivaldi.com azul.com nodesource.com gitlab.com jfrog.com
    `),
  },
];
