import { amazonRegions } from "../amazon-regions.js";
import { names } from "../names.js";
import type { DualUseGroup } from "./dual-use-group.js";

/** Where anybody can rent a bucket or run a program below a provider's name. */
export const hostingServices: readonly DualUseGroup[] = [
  {
    kind: "object-storage",
    source: "LOTS Project (lots-project.com); Public Suffix List, private section",
    domains: names(`
      blob.core.windows.net web.core.windows.net file.core.windows.net queue.core.windows.net
      table.core.windows.net dfs.core.windows.net backblazeb2.com storage.cloud.google.com
      firebasestorage.app firebasestorage.googleapis.com storage.googleapis.com
    `),
  },
  {
    kind: "object-storage",
    source: "AWS General Reference, Amazon S3 endpoints",
    domains: [
      ...["s3.amazonaws.com", "s3-accelerate.amazonaws.com", "s3-external-1.amazonaws.com"],
      ...amazonRegions.flatMap((region) => [
        `s3.${region}.amazonaws.com`,
        `s3-${region}.amazonaws.com`,
        `s3.dualstack.${region}.amazonaws.com`,
      ]),
    ],
  },
  {
    kind: "object-storage",
    source:
      "Documentation of the providers: Cloudflare R2, DigitalOcean, Wasabi, Akamai, Scaleway, Vultr, Hetzner, OVHcloud, Tigris",
    domains: names(`
      r2.dev r2.cloudflarestorage.com digitaloceanspaces.com wasabisys.com linodeobjects.com
      scw.cloud vultrobjects.com your-objectstorage.com filebase.com tigris.dev cloud.ovh.net
      contabostorage.com idrivee2.com e2enetworks.net ufs.sh
    `),
  },
  {
    kind: "object-storage",
    source:
      "Documentation of the providers: Alibaba Cloud OSS, Tencent COS, Huawei OBS, Baidu BOS, Qiniu, Yandex, Oracle, IBM",
    domains: names(`
      aliyuncs.com myqcloud.com myhuaweicloud.com bcebos.com qiniucs.com qiniudn.com qbox.me
      storage.yandexcloud.net oraclecloud.com appdomain.cloud volces.com ks3-cn-beijing.ksyuncs.com
      jdcloud-oss.com selcdn.ru storage.selcloud.ru
    `),
  },
  {
    kind: "object-storage",
    source: "Uploadcare and UploadThing documentation",
    domains: ["uploadcare.com", "ucarecdn.com", "utfs.io"],
  },
  {
    kind: "object-storage",
    source:
      "LOTS Project (lots-project.com); MITRE ATT&CK T1567.002, Exfiltration to Cloud Storage",
    domains: names(`
      pcloud.com pcloud.link dropbox.com dropboxapi.com dropboxusercontent.com box.com 1drv.ms
      1drv.com onedrive.com sharepoint.com we.tl
    `),
    hosts: names(`
      drive.google.com drive.usercontent.google.com docs.google.com onedrive.live.com
    `),
  },
  {
    kind: "object-storage",
    source: "IPFS documentation, Public gateways; Cloudinary documentation",
    domains: names(`
      ipfs.io dweb.link w3s.link nftstorage.link pinata.cloud web3.storage cloudinary.com
    `),
  },
  {
    kind: "app-hosting",
    source: "Google Workspace documentation, Apps Script web apps; Forms",
    hosts: ["script.google.com", "script.googleusercontent.com"],
  },
  {
    kind: "app-hosting",
    source: "LOTS Project (lots-project.com); Public Suffix List, private section",
    domains: names(`
      azurewebsites.net herokuapp.com cloudwaysapps.com netlify.app cloudapp.net cloudapp.azure.com
      workers.dev appspot.com blogspot.com translate.goog wordpress.com
    `),
  },
  {
    kind: "app-hosting",
    source:
      "LOTS Project (lots-project.com), amazonaws.com; AWS documentation, API Gateway, Elastic Load Balancing",
    domains: [
      "elb.amazonaws.com",
      ...amazonRegions.map((region) => `execute-api.${region}.amazonaws.com`),
    ],
  },
  {
    kind: "app-hosting",
    source:
      "Documentation of the providers: functions and apps under a name of theirs; Public Suffix List",
    domains: names(`
      pages.dev vercel.app now.sh onrender.com render.com fly.dev railway.app koyeb.app
      northflank.app code.run deno.dev deno.net val.run val.town glitch.me replit.app replit.dev
      repl.co codesandbox.io csb.app stackblitz.io gitpod.io app.github.dev github.dev
      githubpreview.dev run.app cloudfunctions.net web.app firebaseapp.com firebaseio.com
      firebasedatabase.app azurestaticapps.net azurecontainerapps.io azure-api.net
      servicebus.windows.net amplifyapp.com awsapprunner.com elasticbeanstalk.com on.aws
      ondigitalocean.app doserverless.co pythonanywhere.com anvil.app streamlit.app netlify.com
      zeabur.app leapcell.dev wasmer.app appwrite.network 4everland.app on-fleek.app edgeone.app
      lovable.app bolt.host supabase.co supabase.in b4a.app b4a.run adaptable.app cyclic.app
      qovery.io platformsh.site upsun.app azion.app
    `),
  },
  {
    kind: "app-hosting",
    source: "bs-lists (BadSamuraiDev), free web hosting; Public Suffix List, private section",
    domains: names(`
      000webhostapp.com infinityfreeapp.com epizy.com rf.gd 42web.io great-site.net wuaze.com
      byethost.com x10.mx atwebpages.com tiiny.site webflow.io wixsite.com weebly.com webs.com
      strikingly.com carrd.co framer.app framer.website bubbleapps.io serv00.net alwaysdata.net
      mybluehost.me dreamhosters.com hostingersite.com ct8.pl cpanel.site square.site altervista.org
      angelfire.com tripod.com jimdosite.com webnode.page ucoz.com narod.ru
    `),
  },
  {
    kind: "app-hosting",
    source:
      "Reverse names of rented servers: documentation of Linode, OVHcloud, Hetzner, Contabo, Vultr, Amazon EC2",
    domains: names(`
      members.linode.com ip.linodeusercontent.com vps.ovh.net vps.ovh.ca your-server.de
      contaboserver.net vultrusercontent.com colocrossing.com compute.amazonaws.com
      compute-1.amazonaws.com bc.googleusercontent.com rev.poneytelecom.eu
    `),
  },
];
