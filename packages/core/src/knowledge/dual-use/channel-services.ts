import { names } from "../names.js";
import type { DualUseGroup } from "./dual-use-group.js";

/** Ways to a machine or a person of one's own: tunnels, dynamic names, chat. */
export const channelServices: readonly DualUseGroup[] = [
  {
    kind: "tunnel",
    source: "ngrok documentation, Domains",
    domains: names(`
      ngrok.io ngrok.app ngrok.dev ngrok.com ngrok-free.app ngrok-free.dev ngrok-free.pizza
      ngrok.pizza ngrok-agent.com ngrok.pro
    `),
  },
  {
    kind: "tunnel",
    source: "Cloudflare Docs, TryCloudflare; Tunnel with firewall",
    domains: ["trycloudflare.com", "argotunnel.com", "cfargotunnel.com"],
  },
  {
    kind: "tunnel",
    source: "Microsoft Learn, Dev tunnels; VS Code documentation, Remote Tunnels",
    domains: ["devtunnels.ms", "tunnels.api.visualstudio.com"],
  },
  {
    kind: "tunnel",
    source: "bs-lists (BadSamuraiDev), living-off-trusted-tunnels",
    domains: names(`
      telebit.cloud telebit.io telebit.fun sharedwithexpose.com expose.dev localtunnel.me loca.lt
      ply.gg playit.gg pagekite.net pagekite.me btunnel.in btunnel.co.in shellhub.io dataplicity.com
      tmate.io burrow.io burrow.link serveo.net loophole.site loophole.cloud tunnelto.dev tunn.dev
      ssi.sh pinggy.io pinggy.link pinggy.online staqlab-tunnel.com staqlab.com tuns.sh pitunnel.com
      localxpose.io loclx.io
    `),
  },
  {
    kind: "tunnel",
    source: "awesome-tunneling (anderspitman); SigmaHQ, Communication to LocaltoNet and portmap",
    domains: names(`
      localhost.run lhr.life lhr.pro lhr.rocks localtonet.com portmap.io portmap.host packetriot.com
      packetriot.net zrok.io bore.pub bore.digital jprq.io jprq.live srv.us tunnelmole.net
      tunnelmole.com remote.moe ssh-j.com openport.io remote.it hrzn.run gw.run sshreach.me
      inlets.dev tabserve.dev portr.dev exposesh.com serveousercontent.com gsocket.io webrelay.io
      natappfree.cc vicp.fun cpolar.cn cpolar.top sunny-ngrok.com holepunch.io homeway.io beame.io
      tunnel.pyjam.as lokal-so.site
    `),
  },
  {
    kind: "tunnel",
    source: "bs-lists (BadSamuraiDev), ztna-mesh-overlay; Tailscale documentation, Funnel",
    domains: names(`
      ts.net netmaker.io enclave.io firezone.dev husarnet.com openziti.io
    `),
  },
  {
    kind: "tunnel",
    source: "MITRE ATT&CK T1090.003, Multi-hop Proxy: Tor and its gateways",
    domains: names(`
      onion onion.ws onion.ly onion.to onion.pet tor2web.org tor2web.io onion.cab onion.link
      onion.sh onion.city darknet.to
    `),
  },
  {
    kind: "chat",
    source: "Discord developer documentation, Webhook resource; GuardDog",
    domains: ["discord.com", "discordapp.com", "discord.gg", "discordapp.net"],
  },
  {
    kind: "chat",
    source: "Telegram Bot API; GuardDog, threat-network-exfiltration",
    domains: ["telegram.org", "t.me", "telegram.me"],
  },
  {
    kind: "chat",
    source: "Slack developer documentation, Incoming webhooks; Web API",
    domains: ["slack.com", "slack-gov.com", "slack-files.com"],
  },
  {
    kind: "chat",
    source: "Microsoft Teams documentation, Incoming Webhooks; Google Chat documentation, Webhooks",
    domains: ["webhook.office.com", "chat.googleapis.com"],
  },
  {
    kind: "chat",
    source: "bs-lists (BadSamuraiDev), chat-hooks; documentation of the services",
    domains: names(`
      zulipchat.com api.twist.com ntfy.sh pushover.net pushbullet.com gotify.net matrix.org
      guilded.gg revolt.chat api.day.app sctapi.ftqq.com pushplus.plus oapi.dingtalk.com
      qyapi.weixin.qq.com open.feishu.cn open.larksuite.com api.callmebot.com notify-api.line.me
      api.line.me graph.facebook.com api.twilio.com api.vk.com simplepush.io
    `),
  },
  {
    kind: "chat",
    source: "Zapier, Make, IFTTT and n8n documentation, Webhooks",
    domains: names(`
      hooks.zapier.com maker.ifttt.com app.n8n.cloud hook.eu1.make.com hook.eu2.make.com
      hook.us1.make.com hook.us2.make.com hook.integromat.com hook.make.com
    `),
  },
  {
    kind: "mail",
    source:
      "Documentation of mail services with an HTTP API (SendGrid, Mailgun, Postmark, Resend, EmailJS, Formspree)",
    domains: names(`
      api.sendgrid.com api.mailgun.net api.postmarkapp.com api.resend.com api.emailjs.com
      formspree.io formsubmit.co getform.io api.web3forms.com mandrillapp.com api.brevo.com
      smtp.gmail.com smtp.mail.ru smtp.yandex.ru smtp-mail.outlook.com smtp.sendgrid.net
    `),
  },
  {
    kind: "chat",
    source: "SigmaHQ, Potential dead drop resolvers (MITRE ATT&CK T1102.001)",
    domains: names(`
      reddit.com twitter.com x.com tumblr.com livejournal.com steamcommunity.com notion.so
      trello.com imgur.com
    `),
  },
  {
    kind: "dynamic-dns",
    source: "Maltrail, suspicious/dynamic_domain (No-IP)",
    domains: names(`
      ddns.net hopto.org hopto.me zapto.org sytes.net no-ip.org no-ip.biz no-ip.info no-ip.com
      noip.me noip.us myftp.org myftp.biz myvnc.com redirectme.net serveftp.com servehttp.com
      servebeer.com serveblog.net servegame.com serveminecraft.net servequake.com bounceme.net
      3utilities.com ddns.me ddnsking.com gotdns.ch webhop.me viewdns.net onthewifi.com access.ly
      blogsyte.com freedynamicdns.net freedynamicdns.org myddns.me
    `),
  },
  {
    kind: "dynamic-dns",
    source: "Maltrail, suspicious/dynamic_domain (ChangeIP, Dyn, Dynu, pubyun and others)",
    domains: names(`
      ddns.info ddns.us ddns.ms ddns.mobi ddns.name dynamic-dns.net changeip.org changeip.net
      dns04.com dns05.com dumb1.com 4pu.com 25u.com 2waky.com ezua.com ikwb.com jkub.com mefound.com
      mrbasic.com my03.com onmypc.net onmypc.org zzux.com zyns.com ygto.com duckdns.org dynu.net
      dynu.com dyndns.org dyndns.info dyndns.biz homelinux.org homelinux.com homeip.net homedns.org
      dnsalias.com dnsalias.net dynalias.com dynalias.org selfip.com selfip.net gotdns.com
      is-a-geek.com kicks-ass.net linkpc.net publicvm.com 2288.org 3322.org 6600.org 8800.org
      8866.org 9966.org f3322.net xicp.net dtdns.net
    `),
  },
  {
    kind: "dynamic-dns",
    source:
      "Documentation of the services: FreeDNS (afraid.org), deSEC, dynv6, YDNS, ClouDNS, Now-DNS, DNSExit",
    domains: names(`
      afraid.org mooo.com chickenkiller.com us.to strangled.net crabdance.com ignorelist.com
      jumpingcrab.com twilightparadox.com dedyn.io dynv6.net v6.army v6.rocks ydns.eu cloudns.nz
      cloudns.cc cloudns.org ddnsfree.com ddnsgeek.com giize.com gleeze.com freeddns.org kozow.com
      loseyourip.com ooguy.com theworkpc.com casacam.net accesscam.org camdvr.org mywire.org
      webredirect.org bumbleshrimp.com dynuddns.com dynuddns.net now-dns.net ddnss.de spdns.de
      myddns.rocks nsupdate.info duia.us thddns.net eu.org line.pm
    `),
  },
  {
    kind: "dynamic-dns",
    source:
      "Documentation of the services: a name that holds its address (nip.io, sslip.io, xip.io, traefik.me)",
    domains: names(`
      nip.io sslip.io xip.io traefik.me local-ip.sh localtls.my.to backname.io ip6.name
    `),
  },
];
