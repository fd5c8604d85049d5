/** Marks what belongs to the trial: its step, and the paths of its requests. */
export const trialMark = "straycall-doctor";

export interface TrialPorts {
  tcp: number;
  tcp6: number | undefined;
  udp: number;
  connectedUdp: number;
  dns: number;
  http: number;
  https: number;
}

export const trialName = "doctor.straycall.test";

/**
 * The program that makes the trial's calls, all on loopback. It holds its connections for a while, so that a look at
 * /proc can find them.
 */
export const trialProgram = `
const { execFileSync } = require("node:child_process");
const dgram = require("node:dgram");
const dns = require("node:dns");
const http = require("node:http");
const https = require("node:https");
const net = require("node:net");
const ports = JSON.parse(process.argv[1]);
const attempt = (start) => new Promise((done) => {
  try { start(done); } catch { done(); }
  setTimeout(done, 3000);
});
const connect = (host, port) => attempt((done) => {
  const socket = net.connect(port, host, () => { socket.write("hello"); setTimeout(() => { socket.end(); done(); }, 1000); });
  socket.on("error", done);
});
const send = (connected, port) => attempt((done) => {
  const socket = dgram.createSocket("udp4").on("error", done);
  const end = () => setTimeout(() => { socket.close(); done(); }, 1000);
  if (connected) socket.connect(port, "127.0.0.1", () => socket.send("hello", end));
  else socket.send("hello", port, "127.0.0.1", end);
});
const get = (module, port, options) => attempt((done) =>
  module.get({ host: "127.0.0.1", port, path: "/${trialMark}/node", ...options }, (answer) => answer.resume().on("end", done)).on("error", done));
const anonymous = { ciphers: "aNULL:@SECLEVEL=0", maxVersion: "TLSv1.2", rejectUnauthorized: false };
const run = (program, args, input) => {
  try { execFileSync(program, args, { input, stdio: ["pipe", "ignore", "ignore"], timeout: 5000 }); } catch {}
};
(async () => {
  const resolver = new dns.Resolver();
  resolver.setServers(["127.0.0.1:" + ports.dns]);
  await Promise.all([
    connect("127.0.0.1", ports.tcp),
    ports.tcp6 === undefined ? undefined : connect("::1", ports.tcp6),
    attempt((done) => net.connect(1, "127.0.0.1").on("error", done)),
    send(false, ports.udp),
    send(true, ports.connectedUdp),
    attempt((done) => resolver.resolve4("${trialName}", done)),
    attempt((done) => dns.lookup("localhost", done)),
    get(http, ports.http),
    get(https, ports.https, anonymous),
  ]);
  const url = (who) => "https://127.0.0.1:" + ports.https + "/${trialMark}/" + who;
  run("curl", ["-sk", "--noproxy", "*", "--tls-max", "1.2", "--ciphers", "aNULL:@SECLEVEL=0", url("curl")]);
  run("openssl", ["s_client", "-quiet", "-tls1_2", "-cipher", "aNULL:@SECLEVEL=0", "-connect", "127.0.0.1:" + ports.https],
    "GET /${trialMark}/openssl HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n");
})();`;
