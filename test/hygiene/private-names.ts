/** Hosts that say where a developer's packages came from; in parts, so that this file does not name them. */
const registryHosts = [
  ["registry", "npmjs", "org"],
  ["registry", "yarnpkg", "com"],
  ["deb", "debian", "org"],
  ["security", "debian", "org"],
  ["pypi", "org"],
  ["files", "pythonhosted", "org"],
  ["static", "crates", "io"],
  ["index", "crates", "io"],
  ["proxy", "golang", "org"],
  ["repo1", "maven", "org"],
  ["repo", "maven", "apache", "org"],
].map((labels) => labels.join("."));

/** Folders of the machines that the project is developed on; a runner's /home/runner/work/shop is none. */
const machineFolder = /(?<![\w.-])\/(?:work\/(?:main|shared|steering|\.library)|farm\/in)\b/g;

/** The registry hosts and developers' folders that a text names. */
export function privateNames(text: string): string[] {
  const lowerCase = text.toLowerCase();
  const hosts = registryHosts.filter((host) => lowerCase.includes(host));
  return [...hosts, ...(text.match(machineFolder) ?? [])];
}
