import { names } from "../names.js";
import type { DualUseGroup } from "./dual-use-group.js";

/** Where whatever is sent can be read by whoever made the place. */
export const dropServices: readonly DualUseGroup[] = [
  {
    kind: "request-catcher",
    source: "ProjectDiscovery, interactsh README (default servers)",
    domains: names(`
      oast.pro oast.live oast.site oast.online oast.fun oast.me interact.sh interactsh.com
    `),
  },
  {
    kind: "request-catcher",
    source: "PortSwigger, Burp Collaborator documentation; GuardDog, threat-network-exfiltration",
    domains: ["oastify.com", "burpcollaborator.net", "burpcollaborator.me"],
  },
  {
    kind: "request-catcher",
    source: "Webhook.site documentation; GuardDog, threat-network-exfiltration",
    domains: ["webhook.site", "webhook.cool", "beeceptor.com"],
  },
  {
    kind: "request-catcher",
    source: "Pipedream documentation, HTTP triggers (RequestBin); GuardDog",
    domains: ["pipedream.net", "requestbin.com", "requestbin.net"],
  },
  {
    kind: "request-catcher",
    source: "bs-lists (BadSamuraiDev), webhooks",
    domains: names(`
      hookbin.com hkdk.events mockly.me mockoon.app postb.in putsreq.com requestcatcher.com
      requestinspector.com webhookapp.dev webhookcatcher.com webhookinbox.com webhooklistener.cloud
      webhookrelay.com webhook-test.com wiremock.cloud
    `),
  },
  {
    kind: "request-catcher",
    source: "Documentation of the services themselves: inboxes that show requests or lookups",
    domains: names(`
      requestbin.io requestbin.cn requestb.in requestbin.fullcontact.com ptsv2.com ptsv3.com
      httpdump.app typedwebhook.tools webhook-test.io smee.io hook.io play.svix.com postbin.io
      hookbin.io rbaskets.in request-baskets.com webhookbin.net httpreq.com dnslog.cn ceye.io
      dnsbin.zhack.ca requestrepo.com dnshook.site log.xn--9tr.com canarytokens.com canarytokens.org
      xss.ht xsshunter.com bxss.me eyes.sh dig.pm
    `),
  },
  {
    kind: "paste",
    source: "GitHub Docs, Creating gists; LOTS Project (lots-project.com)",
    hosts: ["gist.github.com", "gist.githubusercontent.com"],
  },
  {
    kind: "paste",
    source:
      "bs-lists (BadSamuraiDev), pastebins and pasties; SigmaHQ, Communication to suspicious domains",
    domains: names(`
      pastebin.com pastebin.pl pastebin.ai pastebin.fi pastebin.fr pastebin.pt hastebin.com
      hastebin.skyra.pw ghostbin.com ghostbin.co ghostbin.site privatebin.io 0bin.net bpa.st
      cl1p.net clbin.com codepad.org codeshare.io commie.io controlc.com cryptobin.co dpaste.com
      dpaste.org friendpaste.com glot.io ideone.com ivpaste.com ix.io jpst.it justpaste.it
      justpaste.me kpaste.net nekobin.com nopaste.info notes.io p.ip.fi paste.ax paste.centos.org
      paste.ee paste.fo paste.jp paste.js.org paste.lv paste.mod.gg paste.mozilla.org paste.myst.rs
      paste.org.ru paste.rohitab.com paste.sh paste2.org pastebox.io pastebin.osuosl.org
      pastecode.io pasted.co pastefs.com pasteio.com pastelink.net pastequest.com pastes.io
      pastetext.net pastie.org rentry.co rentry.org sharetext.io snippet.host snipplr.com sprunge.us
      termbin.com textbin.net tutpaste.com txtbin.net vpaste.net zerobin.net
    `),
  },
  {
    kind: "paste",
    source: "Documentation of the services themselves",
    domains: names(`
      paste.rs paste.debian.net paste.ubuntu.com pastebin.ubuntu.com paste.opensuse.org paste.sr.ht
      paste.opendev.org katb.in bin.disroot.org pastery.net telegra.ph write.as gist.io hackmd.io
      ctxt.io throwbin.io heypasteit.com
    `),
  },
  {
    kind: "paste",
    source: "bs-lists (BadSamuraiDev), json-storage",
    domains: names(`
      getpantry.cloud jsonbin.io jsonbin.net jsonblob.com jsonkeeper.com jsonsilo.com
      jsonstorage.net kvdb.io myjson.online npoint.io json.psty.io my-json-server.typicode.com
      extendsclass.com textdb.online keyvalue.immanuel.co
    `),
  },
  {
    kind: "file-drop",
    source: "SigmaHQ, Communication to suspicious domains; Potential dead drop resolvers",
    domains: names(`
      transfer.sh temp.sh gofile.io anonfiles.com anonfile.com file.io ufile.io sendspace.com
      mediafire.com mega.nz mega.co.nz mega.io 4shared.com wetransfer.com dropmefiles.com
      privatlab.com privatlab.net send.exploit.in storjshare.io
    `),
  },
  {
    kind: "file-drop",
    source: "MITRE ATT&CK T1567.002, Exfiltration to Cloud Storage; documentation of the services",
    domains: names(`
      0x0.st catbox.moe x0.at oshi.at envs.sh uguu.se pomf.lain.la tmpfiles.org bashupload.com
      filetransfer.io filebin.net filepost.io fileditch.com pixeldrain.com krakenfiles.com upload.ee
      workupload.com uploadfiles.io sendgb.com swisstransfer.com smash.gg fromsmash.com wormhole.app
      send.vis.ee keep.sh tempfile.io bayfiles.com zippyshare.com 1fichier.com rapidgator.net
      uploaded.net dosya.co transfer.archivete.am free.keep.sh storage.to put.io imgbb.com filen.io
      icedrive.net sync.com jumpshare.com
    `),
  },
];
