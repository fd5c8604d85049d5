/** Addresses of resolvers that anybody may ask, as their operators publish them. */
const publicResolvers = new Set([
  // Google Public DNS, "Get started".
  "8.8.8.8",
  "8.8.4.4",
  "2001:4860:4860::8888",
  "2001:4860:4860::8844",
  // Cloudflare 1.1.1.1, "IP addresses".
  "1.1.1.1",
  "1.0.0.1",
  "1.1.1.2",
  "1.0.0.2",
  "1.1.1.3",
  "1.0.0.3",
  "2606:4700:4700::1111",
  "2606:4700:4700::1001",
  // Quad9, "Service addresses and features".
  "9.9.9.9",
  "149.112.112.112",
  "9.9.9.10",
  "149.112.112.10",
  "9.9.9.11",
  "149.112.112.11",
  "2620:fe::fe",
  "2620:fe::9",
  // Cisco OpenDNS, "Setup guide".
  "208.67.222.222",
  "208.67.220.220",
  "2620:119:35::35",
  "2620:119:53::53",
  // AdGuard DNS, "Known DNS providers".
  "94.140.14.14",
  "94.140.15.15",
]);

/** Whether a normalized address is that of a well-known public resolver. */
export function isPublicResolver(address: string): boolean {
  return publicResolvers.has(address);
}
