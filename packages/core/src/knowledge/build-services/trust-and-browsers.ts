import { names } from "../names.js";
import type { BuildServiceGroup } from "./build-service-group.js";

/** Signing, certificates, keys, time; browsers and fonts; sources and downloads that belong to no language. */
export const trustAndBrowsers: readonly BuildServiceGroup[] = [
  {
    name: "Certificate authorities",
    source:
      "GitHub Docs, Copilot allowlist reference, Certificate authorities; the authorities' OCSP and CRL documentation",
    domains: names(`
      digicert.com digicert.cn symcb.com symcd.com symantec.com geotrust.com thawte.com verisign.com
      rapidssl.com globalsign.com globalsign.net alphassl.com ssl.com identrust.com sectigo.com
      usertrust.com comodoca.com comodo.com netsolssl.com letsencrypt.org lencr.org pki.goog
      entrust.net entrust.com godaddy.com starfieldtech.com amazontrust.com quovadisglobal.com
      swisssign.net certum.pl buypass.com buypass.no zerossl.com trust-provider.com cacert.org
      msocsp.com affirmtrust.com trustwave.com actalis.it harica.gr telesec.de d-trust.net
      gdca.com.cn crt.sh
    `),
    hosts: names(`
      oneocsp.microsoft.com crl.microsoft.com mscrl.microsoft.com ocsp.msocsp.com ocsp.apple.com
      crl.apple.com valid.apple.com certs.apple.com pki.google.com
    `),
  },
  {
    name: "Sigstore",
    hosts: ["sigstore-tuf-root.storage.googleapis.com"],
    source: "Sigstore documentation, Public-good instance",
    domains: [
      "sigstore.dev",
      "theupdateframework.io",
      "in-toto.io",
      "slsa.dev",
      "notaryproject.dev",
      "transparency.dev",
    ],
  },
  {
    name: "Timestamp authorities",
    source: "RFC 3161; documentation of the authorities; FreeTSA",
    domains: ["freetsa.org", "opentimestamps.org"],
  },
  {
    name: "Key servers",
    source: "GnuPG documentation; Ubuntu and OpenPGP key servers",
    domains: names(`
      keys.openpgp.org keyserver.ubuntu.com pgp.mit.edu keys.gnupg.net keyserver.pgp.com gnupg.org
      keys.mailvelope.com openpgp.org keybase.io
    `),
  },
  {
    name: "Time servers",
    source:
      "NTP Pool Project; Ubuntu, Microsoft, Google, Apple, Cloudflare and Amazon time services",
    domains: [
      "ntp.org",
      "time.google.com",
      "time.apple.com",
      "time.windows.com",
      "time.cloudflare.com",
      "ntp.ubuntu.com",
    ],
    hosts: ["time.aws.com", "time.nist.gov"],
  },
  {
    name: "Browsers for tests",
    source:
      "Playwright documentation, Browsers; Puppeteer, Chrome for Testing, Cypress, Selenium and WebDriver documentation",
    domains: names(`
      playwright.dev cypress.io selenium.dev webdriver.io pptr.dev chromium.org chrome.com
      mozilla.org mozilla.net mozaws.net firefox.com seleniumhq.org webkit.org gvt1.com
    `),
    hosts: names(`
      playwright.azureedge.net playwright-akamai.azureedge.net playwright-verizon.azureedge.net
      playwright.download.prss.microsoft.com msedgedriver.azureedge.net msedgedriver.microsoft.com
      googlechromelabs.github.io chromedriver.storage.googleapis.com
      chrome-for-testing-public.storage.googleapis.com update.googleapis.com edgedl.me.gvt1.com
      redirector.gvt1.com clients2.google.com clients2.googleusercontent.com
      content-autofill.googleapis.com optimizationguide-pa.googleapis.com
      safebrowsing.googleapis.com accounts.google.com android.clients.google.com
    `),
  },
  {
    name: "Fonts and shared assets",
    source: "Google Fonts documentation; gh-aw, ecosystem domains (fonts)",
    domains: ["gstatic.com", "fontawesome.com", "gravatar.com", "typekit.net", "rsms.me"],
    hosts: ["fonts.googleapis.com", "fonts.gstatic.com", "maps.googleapis.com", "img.youtube.com"],
  },
  {
    name: "Source forges and downloads",
    hosts: names(`
      www.freedesktop.org gitlab.freedesktop.org xorg.freedesktop.org dbus.freedesktop.org
      poppler.freedesktop.org gstreamer.freedesktop.org pkg-config.freedesktop.org
    `),
    source:
      "Documentation of SourceForge, Savannah, GNU, Launchpad, freedesktop.org, KDE, GNOME, Internet Archive",
    domains: names(`
      sourceforge.net sf.net fsf.org kde.org gnome.org x.org videolan.org ffmpeg.org imagemagick.org
      ghostscript.com graphviz.org gnuplot.info pandoc.org vim.org neovim.io git-scm.com
      mercurial-scm.org tukaani.org archive.org hub.spigotmc.org tigervnc.org wireshark.org nmap.org
      openvpn.net wireguard.com openssh.com strongswan.org samba.org cups.org isc.org unbound.net
      nlnetlabs.nl powerdns.com godotengine.org blender.org unrealengine.com epicgames.com
      steampowered.com steamcontent.com libretro.com opencv.org gdal.org osgeo.org proj.org
      hdfgroup.org open-mpi.org openblas.net mumps-solver.org mathworks.com wolfram.com sagemath.org
    `),
  },
  {
    name: "Visual Studio Code and editors",
    source:
      "Visual Studio Code documentation, Network connections; Open VSX; JetBrains Marketplace",
    domains: names(`
      vscode-cdn.net vscode-unpkg.net open-vsx.org cursor.com cursor.sh zed.dev windsurf.com
      codeium.com sublimetext.com packagecontrol.io
    `),
    hosts: names(`
      update.code.visualstudio.com code.visualstudio.com marketplace.visualstudio.com
      az764295.vo.msecnd.net vscode.blob.core.windows.net vscodeexperiments.azureedge.net
      vscode.download.prss.microsoft.com gallerycdn.vsassets.io
    `),
  },
  {
    name: "Command line tools and installers",
    source: "Installation guides of the tools themselves",
    domains: names(`
      taskfile.dev just.systems direnv.net starship.rs fly.io nushell.sh fishshell.com ohmyz.sh
      chezmoi.io atuin.sh mkcert.dev step.sm smallstep.com hurl.dev httpie.io k6.io grafana.com
      locust.io gatling.io jmeter-plugins.org wiremock.org mockserver.com pact.io buf.build
      protobuf.dev grpc.io openapi-generator.tech smithy.io flatbuffers.dev capnproto.org sqlc.dev
      atlasgo.io atlasgo.sh ariga.io bytebase.com hasura.io mermaid.ink kroki.io plantuml.com
      docusaurus.io mkdocs.org gohugo.io jekyllrb.com 11ty.dev hexo.io astro.build gatsbyjs.com
      gravitational.com pulumi.com serverless.com sst.dev cloudposse.com
    `),
  },
];
