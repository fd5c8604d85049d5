/** Suffixes of one kind of service below which each tenant has a name. */
interface SuffixGroup {
  /** Which public documents say that tenants get names there. */
  source: string;
  /** `*` stands for what one label, or the rest of one, may be: a region. */
  suffixes: string;
}

/*
 * What the Public Suffix List's private section leaves out, for a provider has to ask for being listed there: suffixes
 * below which strangers live side by side.
 */
const groups: readonly SuffixGroup[] = [
  {
    source: "Cloudflare R2 documentation, S3 API endpoints",
    suffixes:
      "r2.cloudflarestorage.com eu.r2.cloudflarestorage.com fedramp.r2.cloudflarestorage.com",
  },
  {
    source:
      "AWS General Reference and service guides: ECR, EKS, OpenSearch, Redshift, S3 acceleration",
    suffixes:
      "s3-accelerate.amazonaws.com s3-accelerate.dualstack.amazonaws.com dkr.ecr.*.amazonaws.com " +
      "*.*.eks.amazonaws.com *.es.amazonaws.com *.redshift.amazonaws.com",
  },
  {
    source: "Azure Storage documentation, storage account endpoints",
    suffixes:
      "blob.core.windows.net dfs.core.windows.net file.core.windows.net queue.core.windows.net " +
      "table.core.windows.net *.web.core.windows.net",
  },
  {
    source: "Azure Private Link documentation, public DNS zones of services",
    suffixes:
      "azurecr.io *.data.azurecr.io vault.azure.net managedhsm.azure.net database.windows.net search.windows.net " +
      "servicebus.windows.net redis.cache.windows.net documents.azure.com azconfig.io azure-devices.net " +
      "cognitiveservices.azure.com openai.azure.com services.ai.azure.com hcp.*.azmk8s.io",
  },
  {
    source: "Azure DevOps documentation, allowed domain URLs",
    suffixes:
      "visualstudio.com pkgs.visualstudio.com vsblob.visualstudio.com vssps.visualstudio.com",
  },
  {
    source: "Microsoft Dev Tunnels documentation; GitHub Docs, Codespaces",
    suffixes: "*.devtunnels.ms app.github.dev github.dev",
  },
  {
    source: "Firebase documentation, Realtime Database and Cloud Storage",
    suffixes: "firebaseio.com *.firebasedatabase.app firebasestorage.app",
  },
  {
    source:
      "Object storage documentation of Backblaze, Wasabi, Alibaba Cloud, Tencent Cloud, Huawei Cloud",
    suffixes:
      "s3.*.backblazeb2.com s3.wasabisys.com s3.*.wasabisys.com oss-*.aliyuncs.com cos.*.myqcloud.com " +
      "obs.*.myhuaweicloud.com",
  },
  {
    source:
      "Documentation of JFrog, MongoDB Atlas, Upstash, n8n, Bunny and KeyCDN: addresses of an account",
    suffixes: "jfrog.io mongodb.net upstash.io app.n8n.cloud b-cdn.net kxcdn.com",
  },
  {
    source: "Sentry documentation, data source names",
    suffixes: "ingest.sentry.io ingest.*.sentry.io",
  },
  {
    source:
      "Documentation of Atlassian, Okta, Auth0, Salesforce and Zendesk: address of an organization",
    suffixes:
      "atlassian.net okta.com auth0.com us.auth0.com eu.auth0.com au.auth0.com jp.auth0.com uk.auth0.com ca.auth0.com " +
      "my.salesforce.com zendesk.com",
  },
  {
    source: "Interactsh README; Burp Collaborator documentation",
    suffixes:
      "oast.fun oast.live oast.me oast.online oast.pro oast.site interact.sh burpcollaborator.net oastify.com",
  },
  {
    source: "Documentation of Pipedream, Beeceptor, Request Catcher: address of an inbox",
    suffixes: "pipedream.net m.pipedream.net beeceptor.com free.beeceptor.com requestcatcher.com",
  },
  {
    source:
      "Documentation of localtunnel, Serveo, localhost.run, Pinggy and zrok: address of a tunnel",
    suffixes: "loca.lt serveo.net localhost.run lhr.life lhr.rocks a.pinggy.link share.zrok.io",
  },
  {
    source: "Documentation of WordPress.com, Tumblr, Weebly and Glitch: address of a site",
    suffixes: "wordpress.com tumblr.com weebly.com glitch.me",
  },
  {
    source: "Google Cloud documentation, Cloud Storage request endpoints",
    suffixes:
      "storage.googleapis.com commondatastorage.googleapis.com storage-download.googleapis.com",
  },
  {
    source: "AWS service guides: S3 access points, CodeArtifact, RDS, IoT Core, Amazon MQ, AppSync",
    suffixes:
      "s3-control.*.amazonaws.com s3-accesspoint.*.amazonaws.com s3-object-lambda.*.amazonaws.com " +
      "d.codeartifact.*.amazonaws.com *.rds.amazonaws.com iot.*.amazonaws.com mq.*.amazonaws.com " +
      "appsync-api.*.amazonaws.com",
  },
  {
    source:
      "Microsoft Learn: virtual machines, Container Apps, Event Grid, Cosmos DB, Synapse, Log Analytics, Teams webhooks",
    suffixes:
      "*.cloudapp.azure.com *.azurecontainer.io *.azurecontainerapps.io *.eventgrid.azure.net privatelink.*.azmk8s.io " +
      "mongo.cosmos.azure.com table.cosmos.azure.com azurehdinsight.net azuresynapse.net " +
      "postgres.database.azure.com mysql.database.azure.com ods.opinsights.azure.com oms.opinsights.azure.com " +
      "webhook.office.com sharepoint.com b2clogin.com ciamlogin.com",
  },
  {
    source:
      "Object storage and function documentation of Alibaba Cloud, Tencent Cloud, Baidu, Scaleway, Hetzner, OVHcloud, IBM, Vercel, Tigris, Selectel, Filebase, UploadThing",
    suffixes:
      "*.fc.aliyuncs.com *.fcapp.run cos-website.*.myqcloud.com tcloudbaseapp.com *.bcebos.com s3.*.scw.cloud " +
      "*.your-objectstorage.com s3.*.io.cloud.ovh.net s3.*.cloud.ovh.net *.codeengine.appdomain.cloud " +
      "public.blob.vercel-storage.com t3.storage.dev storage.selcloud.ru s3.filebase.com ufs.sh",
  },
  {
    source:
      "Documentation of Grafana Cloud, Splunk Cloud, Dynatrace, Elastic Cloud: address of a customer",
    suffixes: "grafana.net splunkcloud.com live.dynatrace.com apps.dynatrace.com *.aws.found.io",
  },
  {
    source:
      "Documentation of Gemfury, GitHub Enterprise Cloud, ServiceNow, Freshdesk, Statuspage, Zulip, Duo: address of an organization",
    suffixes:
      "fury.io ghe.com service-now.com freshdesk.com statuspage.io zulipchat.com duosecurity.com oktapreview.com",
  },
  {
    source: "Documentation of Neon, Snowflake, Turso and Algolia: address of a database",
    suffixes: "*.aws.neon.tech snowflakecomputing.com turso.io algolia.net algolianet.com",
  },
  {
    source:
      "Documentation of requestrepo, dnslog.cn, Postman mock servers and WireMock Cloud: address of an inbox",
    suffixes: "requestrepo.com dnslog.cn mock.pstmn.io wiremockapi.cloud",
  },
  {
    source: "awesome-tunneling (anderspitman); documentation of the services: address of a tunnel",
    suffixes:
      "localtunnel.me lhr.pro pinggy.link free.pinggy.link tunnelmole.net loclx.io portmap.host portmap.io pagekite.me " +
      "packetriot.net jprq.live telebit.io gradio.live",
  },
  {
    source:
      "Documentation of OVHcloud, Akamai (Linode), Contabo and Scaleway: reverse name of a rented server",
    suffixes:
      "vps.ovh.net vps.ovh.ca ip.linodeusercontent.com members.linode.com contaboserver.net rev.poneytelecom.eu",
  },
];

interface SuffixPattern {
  labels: string[];
}

let patterns: Map<string, SuffixPattern[]> | undefined;

/** The longest suffix of tenants that a name is or ends with, of those that the Public Suffix List leaves out. */
export function tenantSuffixOf(name: string): string | undefined {
  patterns ??= byLastLabels();
  const lastLabels = name.slice(name.lastIndexOf(".", name.lastIndexOf(".") - 1) + 1);
  const candidates = patterns.get(lastLabels);
  if (candidates === undefined) return undefined;
  const labels = name.split(".");
  const fitting = candidates.find((pattern) => fits(pattern, labels));
  return fitting && labels.slice(-fitting.labels.length).join(".");
}

/** The longest first. */
function byLastLabels(): Map<string, SuffixPattern[]> {
  const made = new Map<string, SuffixPattern[]>();
  const all = groups
    .flatMap(({ suffixes }) => suffixes.split(" "))
    .map((suffix) => ({ labels: suffix.split(".") }))
    .sort((a, b) => b.labels.length - a.labels.length);
  for (const pattern of all) {
    const key = pattern.labels.slice(-2).join(".");
    made.set(key, [...(made.get(key) ?? []), pattern]);
  }
  return made;
}

function fits({ labels: wanted }: SuffixPattern, labels: readonly string[]): boolean {
  const from = labels.length - wanted.length;
  return (
    from >= 0 &&
    wanted.every((pattern, at) => {
      const label = labels[from + at] ?? "";
      return pattern.endsWith("*") ? label.startsWith(pattern.slice(0, -1)) : label === pattern;
    })
  );
}
