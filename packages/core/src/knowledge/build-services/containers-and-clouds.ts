import { amazonRegions } from "../amazon-regions.js";
import { names } from "../names.js";
import type { BuildServiceGroup } from "./build-service-group.js";

/** Services with an endpoint `SERVICE.REGION.amazonaws.com` that deployments call. */
const amazonServices = names(`
  acm api.ecr api.sagemaker apigateway appconfig application-autoscaling athena autoscaling
  backup batch bedrock bedrock-runtime cloudformation cloudtrail cloudwatch codeartifact
  codebuild codecommit codedeploy codepipeline cognito-identity cognito-idp config dynamodb ec2
  ec2messages ecr ecs ecs-a ecs-t eks eks-auth elasticache elasticbeanstalk elasticfilesystem
  elasticloadbalancing elasticmapreduce email es events firehose glue guardduty imagebuilder
  inspector inspector2 kinesis kms lambda logs mediaconvert monitoring oidc organizations pipes
  portal.sso rds redshift resource-groups route53resolver sagemaker-runtime runtime.sagemaker
  scheduler secretsmanager securityhub servicediscovery signer sns sqs ssm ssmmessages states
  storagegateway sts synthetics tagging textract transcribe transfer wafv2 xray
`);

/** Container registries, Kubernetes, and the APIs of clouds. */
export const containersAndClouds: readonly BuildServiceGroup[] = [
  {
    name: "Docker Hub",
    source: "Docker Docs, Allowlist for Docker Desktop; GitHub Docs, Copilot allowlist reference",
    domains: ["docker.io", "docker.com", "mobyproject.org"],
    hosts: names(`
      docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com
      docker-images-prod.r2.cloudflarestorage.com docker-pinata-support.s3.amazonaws.com
    `),
  },
  {
    name: "GitHub Container registry",
    source: "GitHub Docs, Self-hosted runners reference; Working with the Container registry",
    domains: ["ghcr.io"],
  },
  {
    name: "Container registries",
    source:
      "Documentation of Quay, Microsoft Artifact Registry, Google, Amazon ECR Public, Red Hat, NVIDIA NGC, LinuxServer, Elastic, GitLab",
    domains: names(`
      quay.io redhat.io nvcr.io lscr.io linuxserver.io icr.io opencontainers.org artifacthub.io
    `),
    hosts: names(`
      mcr.microsoft.com public.ecr.aws gcr.io us.gcr.io eu.gcr.io asia.gcr.io marketplace.gcr.io
      mirror.gcr.io k8s.gcr.io registry.gitlab.com docker.elastic.co container-registry.oracle.com
      registry.access.redhat.com registry.suse.com registry.fedoraproject.org registry.opensuse.org
      docker.pkg.github.com registry.digitalocean.com
    `),
  },
  {
    name: "Microsoft Artifact Registry data",
    source: "Microsoft Learn, Microsoft Artifact Registry client firewall rules",
    domains: ["data.mcr.microsoft.com", "cdn.mscr.io"],
  },
  {
    name: "Kubernetes",
    source:
      "Kubernetes documentation; Helm, kind, k3s, Rancher, Cilium, Istio, Argo and CNCF projects' documentation",
    domains: names(`
      k8s.io kubernetes.io helm.sh k3s.io k3d.io rancher.com rancher.io cilium.io istio.io
      linkerd.io argoproj.io fluxcd.io cert-manager.io jetstack.io crossplane.io upbound.io
      projectcalico.org tigera.io kubevirt.io knative.dev tekton.dev etcd.io containerd.io cncf.io
      prometheus.io jaegertracing.io opentelemetry.io fluentd.org fluentbit.io kyverno.io
      openpolicyagent.org goharbor.io traefik.io bitnami.com kustomize.io skaffold.dev tilt.dev
      garden.io okteto.com loft.sh buildpacks.io podman.io buildah.io cri-o.io gvisor.dev
      katacontainers.io firecracker-microvm.io openshift.com okd.io nomadproject.io
    `),
    hosts: [
      "kubernetes.github.io",
      "istio-release.storage.googleapis.com",
      "kubernetes-charts.storage.googleapis.com",
    ],
  },
  {
    name: "HashiCorp and OpenTofu",
    source:
      "HashiCorp documentation, Release and registry hosts; OpenTofu; Copilot allowlist reference",
    domains: names(`
      hashicorp.com terraform.io packer.io vaultproject.io consul.io vagrantup.com opentofu.org
      pulumi.com pulumi.io terragrunt.gruntwork.io gruntwork.io spacelift.io env0.com scalr.io
      infracost.io ansible.com chef.io opscode.com puppet.com puppetlabs.com saltproject.io
      saltstack.com crossplane.io
    `),
  },
  {
    name: "Amazon Web Services API",
    source: "AWS General Reference, Service endpoints and quotas",
    domains: ["api.aws", "awsstatic.com", "aws.dev"],
    hosts: [
      ...names(`
        sts.amazonaws.com iam.amazonaws.com ec2.amazonaws.com route53.amazonaws.com
        cloudfront.amazonaws.com organizations.amazonaws.com support.us-east-1.amazonaws.com
        aws.amazon.com docs.aws.amazon.com console.aws.amazon.com signin.aws.amazon.com
        awscli.amazonaws.com s3.amazonaws.com api.ecr-public.us-east-1.amazonaws.com
        sso.us-east-1.amazonaws.com pricing.us-east-1.amazonaws.com dynamodb.amazonaws.com
        autoscaling.amazonaws.com monitoring.amazonaws.com cloudformation.amazonaws.com
        budgets.amazonaws.com ce.us-east-1.amazonaws.com globalaccelerator.amazonaws.com
        waf.amazonaws.com shield.us-east-1.amazonaws.com
      `),
      ...amazonRegions.flatMap((region) => [
        ...amazonServices.map((service) => `${service}.${region}.amazonaws.com`),
        `oidc.eks.${region}.amazonaws.com`,
        `s3.${region}.amazonaws.com`,
      ]),
    ],
  },
  {
    name: "Amazon downloads",
    source:
      "AWS documentation: CLI, SAM, CDK, Systems Manager agent, CloudWatch agent, EKS, Corretto",
    hosts: names(`
      amazoncloudwatch-agent.s3.amazonaws.com amazon-ssm-us-east-1.s3.amazonaws.com
      amazon-eks.s3.us-west-2.amazonaws.com session-manager-downloads.s3.amazonaws.com
      aws-codedeploy-us-east-1.s3.amazonaws.com amazon-ecs-agent.s3.amazonaws.com
      truststore.pki.rds.amazonaws.com s3.us-west-2.amazonaws.com
    `),
    domains: ["corretto.aws", "amazontrust.com", "amazon.com"],
  },
  {
    name: "Microsoft Azure API",
    source: "Azure REST API reference; Azure portal URLs for proxy bypass; Azure CLI documentation",
    domains: names(`
      microsoftonline.com microsoftonline-p.com msauth.net msftauth.net msidentity.com microsoft.com
      msedge.net msn.com live.com office.com office365.com aka.ms msocsp.com
    `),
    hosts: names(`
      management.azure.com management.core.windows.net login.windows.net graph.windows.net
      sts.windows.net portal.azure.com app.azure.com ai.azure.com azurecliprod.blob.core.windows.net
      azcliprod.blob.core.windows.net azurecliextensionsync.blob.core.windows.net
      batchexplorer.azureedge.net dc.applicationinsights.azure.com
      dc.applicationinsights.microsoft.com rt.services.visualstudio.com dc.services.visualstudio.com
      vstsagentpackage.azureedge.net download.agent.dev.azure.com app.vssps.visualstudio.com
      api.loganalytics.io adl.windows.com global.prod.microsoftmetrics.com
      gcs.prod.monitoring.core.windows.net prod.warmpath.msftcloudes.com
      global.azure-devices-provisioning.net
    `),
  },
  {
    name: "Azure monitoring of hosted machines",
    source: "Azure Monitor documentation, Network requirements; Azure Linux agent documentation",
    domains: names(`
      prod.monitoring.core.windows.net services.visualstudio.com applicationinsights.azure.com
      events.data.microsoft.com guestconfiguration.azure.com his.arc.azure.com microsoftmetrics.com
      prod.warm.ingest.monitor.core.windows.net
    `),
  },
  {
    name: "Google Cloud API",
    hosts: [
      "storage.googleapis.com",
      "metadata.google.internal",
      "lh3.googleusercontent.com",
      "clients2.googleusercontent.com",
      "dl.google.com",
    ],
    source: "Google Cloud documentation, Google APIs and services; Private Google Access",
    domains: names(`
      googleapis.com google.com gstatic.com gvt1.com gvt2.com ggpht.com googlesource.com
      chromium.org google.dev google.cn cloud.google.com
    `),
  },
  {
    name: "Cloudflare API",
    source: "Cloudflare API documentation; Wrangler documentation",
    domains: ["cloudflare.com", "cloudflareinsights.com", "cloudflarestatus.com"],
  },
  {
    name: "Platforms with an API",
    source:
      "API documentation of DigitalOcean, Linode, Hetzner, Vultr, Scaleway, OVHcloud, Fly.io, Heroku, Netlify, Vercel, Render, Railway, Supabase, Firebase",
    domains: names(`
      digitalocean.com linode.com hetzner.cloud hetzner.com vultr.com scaleway.com fly.io heroku.com
      netlify.com vercel.com render.com railway.app railway.com supabase.com planetscale.com
      upstash.com ovh.com exoscale.com equinix.com ibm.com sap.com alibabacloud.com
      tencentcloudapi.com mongodb.com fastly.com akamai.com bunny.net keycdn.com openai.com
      chatgpt.com oaistatic.com anthropic.com claude.ai claude.com cohere.com cohere.ai mistral.ai
      groq.com perplexity.ai replicate.com stability.ai openrouter.ai together.ai together.xyz
      elevenlabs.io deepl.com
    `),
    hosts: ["api.machines.dev", "firebase.tools", "cli-assets.heroku.com", "registry.fly.io"],
  },
  {
    name: "Identity providers",
    source:
      "Documentation of Okta, Auth0, Duo, OneLogin, 1Password, Bitwarden, HashiCorp Vault, Doppler, Infisical",
    hosts: ["cdn.auth0.com", "login.okta.com"],
    domains: names(`
      oktacdn.com 1password.com bitwarden.com doppler.com infisical.com goteleport.com keybase.io
    `),
  },
];
