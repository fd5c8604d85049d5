import { describe, expect, it } from "vitest";
import { lineageOf } from "../../src/model/lineage-of.js";

/** A process by its command line; the program is the first word unless it is said. */
function command(line: string) {
  const args = line.split(" ");
  const [first = ""] = args;
  return { executable: first.startsWith("/") ? first : `/usr/bin/${first}`, args };
}

/** The lineage of the first of a chain, parent after child. */
function lineage(own: string, ...ancestors: string[]) {
  return lineageOf(command(own), ancestors.map(command));
}

const worker = "/runner/bin/Runner.Worker spawnclient 110 113";
const listener = "/runner/bin/Runner.Listener run";
const step = "bash --noprofile --norc -eo pipefail /home/runner/work/_temp/step.sh";
const onGithub = [step, worker, listener, "bash ./run-helper.sh", "systemd"];
const npmCi = "node /usr/lib/node_modules/npm/bin/npm-cli.js ci --no-fund";
const npmTest = "node /usr/bin/npm test";

describe("an install script", () => {
  it.each([
    ["a lifecycle script of npm", "node install.js", "sh -c node", npmCi],
    ["what a lifecycle script starts", "curl x", "node install.js", "sh -c node", npmCi],
    ["a script whose shell became it", "node install.js", npmCi],
    ["the shell of a lifecycle script", "sh -c x", npmCi],
    ["a script of Yarn", "node post.js", "sh -c node", "node .yarn/releases/yarn-4.1.0.cjs"],
    ["a script of pnpm", "node post.js", "sh -c node", "node /opt/pnpm.cjs install"],
    ["a script of npm with options", "node x.js", "sh -c node", "npm --prefix web install"],
    ["a script of npm on Windows", "node x.js", "cmd /d /s /c node", "node npm-cli.js i"],
    ["a build backend", "python3 _in_process.py build_wheel", "python3 -m pip install x"],
    ["a setup.py", "python3 -c exec(setup.py)", "python3 /usr/bin/pip install x"],
    ["a build backend of uv", "python -c x", "uv sync"],
    ["a native extension of a gem", "make", "ruby extconf.rb", "ruby /usr/bin/gem install x"],
    ["a script of Composer", "php x.php", "sh -c php", "php /usr/bin/composer install"],
    [
      "a maintainer script",
      "wget x",
      "dash /var/lib/dpkg/info/x.postinst",
      "dpkg --configure",
      "apt-get install x",
    ],
    ["a build script of a crate", "/t/debug/build/x-1/build-script-build", "cargo test"],
    ["what a build script starts", "curl x", "/t/build/x/build-script-main", "cargo build"],
    ["a macro of a crate", "rustc --crate-name x", "cargo build"],
    ["npm run by a lifecycle script", "node x.js", "sh -c node", npmTest, "sh -c npm", npmCi],
  ])("is %s", (_, own, ...ancestors) => {
    expect(lineage(own, ...ancestors, ...onGithub)).toBe("install-script");
  });

  it("is none of the project's own commands", () => {
    expect(lineage("node test.js", "sh -c node", npmTest, ...onGithub)).toBe("step-tool");
    expect(lineage("node build.js", "sh -c node", "npm run build", ...onGithub)).toBe("step-tool");
    expect(lineage("node build.js", "sh -c node", "yarn build", ...onGithub)).toBe("step-tool");
    expect(lineage("node x", "npm --workspace install test", ...onGithub)).toBe("step-tool");
    expect(lineage("python -m pytest", "uv run pytest", ...onGithub)).toBe("step-tool");
    expect(lineage("/tmp/go-build1/b001/api.test", "go test ./...", ...onGithub)).toBe("step-tool");
    expect(lineage("/src/target/debug/deps/api-1", "cargo test", ...onGithub)).toBe("step-tool");
    expect(lineage("rustc x.rs", ...onGithub)).toBe("step-tool");
  });
});

describe("a package manager", () => {
  it.each([
    npmCi,
    npmTest,
    "npx cowsay",
    "python3 -m pip install x",
    "python3 -Im pip install x",
    "/usr/bin/python3.11 /usr/lib/python3/dist-packages/pip/__main__.py download x",
    "pip3 install x",
    "uv sync",
    "cargo build",
    "go mod download",
    "ruby -W1 /usr/bin/bundle install",
    "java -cp plexus.jar -Dmaven.home=/m org.codehaus.plexus.classworlds.launcher.Launcher verify",
    "java -Xmx64m --add-opens java.base/java.util=ALL-UNNAMED org.gradle.launcher.GradleMain build",
    "sh ./gradlew build",
    "bun install",
    "dotnet test",
    "apt-get update",
  ])("is %s", (line) => {
    expect(lineage(line, ...onGithub)).toBe("package-manager");
  });

  it.each([
    ["Git for npm", "git-remote-https origin x", "git clone x", npmCi],
    ["SSH for Git for pip", "ssh git@example.com", "git clone x", "pip install x"],
    ["APT's own fetcher", "/usr/lib/apt/methods/https", "apt-get update", "sudo apt-get update"],
    ["curl for Homebrew", "curl x", "ruby -W1 /brew/Library/Homebrew/brew.rb install x"],
    ["Git for Go", "git fetch", "go mod download"],
    ["pip for pip", "python3 /lib/pip/__pip-runner__.py install setuptools", "pip install x"],
  ])("is what it fetches with: %s", (_, own, ...ancestors) => {
    expect(lineage(own, ...ancestors, ...onGithub)).toBe("package-manager");
  });

  it("is what writes its name over its command line", () => {
    const title = { executable: "/usr/bin/node", args: ["npm install left-pad"] };
    expect(lineageOf(title, [])).toBe("package-manager");
    expect(lineageOf(command("node x.js"), [command("sh -c x"), title])).toBe("install-script");
  });

  it("is no runtime that runs a program", () => {
    expect(lineage("bun server.ts", ...onGithub)).toBe("step-tool");
    expect(lineage("deno run main.ts", ...onGithub)).toBe("step-tool");
    expect(lineage("dotnet app.dll", ...onGithub)).toBe("step-tool");
  });
});

describe("a downloader", () => {
  it("is what moves data, and a bare shell", () => {
    expect(lineage("curl x", ...onGithub)).toBe("downloader");
    expect(lineage("nc -l", "python3 app.py", ...onGithub)).toBe("downloader");
    expect(lineage("bash -c x", "node app.js", ...onGithub)).toBe("downloader");
    expect(lineage("curl x", "sh -c curl", npmTest, ...onGithub)).toBe("downloader");
    expect(lineageOf({ executable: "/bin/busybox", args: ["wget", "x"] }, [])).toBe("downloader");
  });
});

describe("the runner", () => {
  it("starts Actions", () => {
    expect(lineage("node /a/dist/index.js", worker, listener)).toBe("action");
    expect(lineage("docker pull x", worker, listener)).toBe("action");
    expect(lineage("git fetch", "node /a/dist/index.js", worker, listener)).toBe("tool");
  });

  it("is itself, however it is started", () => {
    expect(lineage(worker, listener, "bash ./run.sh", "systemd")).toBe("runner");
    expect(lineage(listener, "node ./RunnerService.js", "bash ./runsvc.sh")).toBe("runner");
    expect(lineage("gitlab-runner run", "systemd")).toBe("runner");
    expect(lineage("java -jar /opt/agent.jar -url x", "systemd")).toBe("runner");
    expect(lineage("git fetch", "java -cp a.jar hudson.remoting.jnlp.Main x")).toBe("runner");
  });

  it("is no program of a step that took its name", () => {
    expect(lineage("/tmp/Runner.Worker", ...onGithub)).toBe("step-tool");
    expect(lineage("node x.js", "/tmp/Runner.Worker", ...onGithub)).toBe("tool");
    expect(lineage("node x.js", "/tmp/Runner.Worker", "python3 x.py", ...onGithub)).toBe("tool");
  });
});

describe("a service", () => {
  it("is what the machine starts", () => {
    expect(lineage("chronyd")).toBe("service");
    expect(lineage("/usr/lib/systemd/systemd-resolved")).toBe("service");
    expect(lineage("agentd --serve", "/sbin/init")).toBe("service");
    expect(lineage("python3 -u /usr/sbin/waagent -daemon")).toBe("service");
    expect(lineage("dockerd -H fd://", "systemd")).toBe("service");
    expect(lineage("postgres", "containerd-shim-runc-v2 -id x", "systemd")).toBe("service");
    expect(lineage("postgres", "tini -- postgres", "containerd-shim-runc-v2 -id x")).toBe(
      "service",
    );
    expect(lineageOf({ executable: "/opt/agentd", args: ["agentd"], parentPid: 1 }, [])).toBe(
      "service",
    );
  });
});

describe("a tool", () => {
  it("is a step's where a shell starts it, whatever waits for it in between", () => {
    expect(lineage("terraform apply", ...onGithub)).toBe("step-tool");
    expect(lineage("terraform apply", "timeout 60 terraform", "sudo -E timeout", ...onGithub)).toBe(
      "step-tool",
    );
    expect(lineage("git-remote-https x", "git fetch", ...onGithub)).toBe("step-tool");
  });

  it("is a step's when it made a copy of itself", () => {
    expect(lineage("python3 app.py", "python3 app.py", ...onGithub)).toBe("step-tool");
  });

  it("is any other process", () => {
    expect(lineage("terraform-provider-x", "terraform apply", ...onGithub)).toBe("tool");
    expect(lineage("app")).toBe("tool");
  });
});

describe("hostile commands", () => {
  it("are answered, whatever they say and however deep they nest", () => {
    const nasty = [
      { args: [] },
      { args: ["__proto__", "constructor"] },
      { executable: "", args: [""] },
      { executable: "/usr/bin/node", args: ["node", ...Array<string>(8000).fill("-r")] },
      { executable: "/usr/bin/npm", args: ["npm", "--".repeat(50_000), "__proto__"] },
      { executable: "/usr/bin/python3", args: ["python3", "-m"] },
      { executable: `/tmp/${"a".repeat(5000)}`, args: ["\0\n", "x".repeat(100_000)] },
    ];
    for (const process of nasty) {
      expect(["tool", "step-tool", "package-manager"]).toContain(
        lineageOf(process, [...nasty, ...Array<(typeof nasty)[number]>(60).fill(process)]),
      );
    }
  });
});
