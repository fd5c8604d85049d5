/*
 * Names of cloud regions as they stand in host names.
 *
 * AWS: area, direction, number, `us-gov-west-1`
 * (https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html), with the letter of a zone,
 * `us-east-1a`; the short forms are those of zone ids (https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html).
 * Google Cloud: continent, direction and number, `europe-west4`, with the letter of a zone, `europe-west4-a`
 * (https://cloud.google.com/compute/docs/regions-zones).
 * Azure: one word (https://learn.microsoft.com/azure/reliability/regions-list).
 */

const direction = "(?:north|south)(?:east|west)?|east|west|central";
const awsRegion = `(?:af|ap|ca|cn|eu|eusc|il|me|mx|sa|us)-(?:gov-|iso[a-z]?-|de-)?(?:${direction})-\\d{1,2}[a-f]?`;
const googleRegion = `(?:africa|asia|australia|europe|me|northamerica|southamerica|us)-(?:${direction})\\d{1,2}(?:-[a-f])?`;
const hyphenedRegion = new RegExp(`(?<![a-z0-9])(${awsRegion}|${googleRegion})(?![a-z0-9])`);

const regionWords = new Set(
  [
    // AWS, as in zone ids
    "afs1 ape1 apne1 apne2 apne3 aps1 aps2 apse1 apse2 apse3 apse4 apse5 apse6 apse7 cac1 caw1 cnn1 cnnw1 euc1 euc2",
    "eun1 eus1 eus2 euw1 euw2 euw3 ilc1 mec1 mes1 mxc1 sae1 use1 use2 usge1 usgw1 usw1 usw2",
    // Azure
    "asiaeast asiasoutheast australiacentral australiacentral2 australiaeast australiasoutheast austriaeast",
    "belgiumcentral brazilsouth brazilsoutheast canadacentral canadaeast centralindia centralus chilecentral",
    "chinaeast chinaeast2 chinaeast3 chinanorth chinanorth2 chinanorth3 denmarkeast eastasia eastus eastus2 eastus3",
    "francecentral francesouth germanynorth germanywestcentral indonesiacentral israelcentral italynorth japaneast",
    "japanwest jioindiacentral jioindiawest koreacentral koreasouth malaysiawest mexicocentral newzealandnorth",
    "northcentralus northeurope norwayeast norwaywest polandcentral qatarcentral southafricanorth southafricawest",
    "southcentralus southeastasia southindia spaincentral swedencentral swedensouth switzerlandnorth switzerlandwest",
    "uaecentral uaenorth uksouth ukwest usdodcentral usdodeast usgovarizona usgovtexas usgovvirginia westcentralus",
    "westeurope westindia westus westus2 westus3",
  ]
    .join(" ")
    .split(" "),
);

/** Splits a label at the regions that are written with hyphens; every second part is one: `s3-`, `us-west-2`, ``. */
export function splitAtRegions(label: string): string[] {
  return label.includes("-") ? label.split(hyphenedRegion) : [label];
}

/** Whether a word between hyphens is the name of a region: `westeurope`, `usw2`. */
export function isRegionWord(word: string): boolean {
  return regionWords.has(word);
}
