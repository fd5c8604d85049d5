/** A package manager; every text is words with a space between them. */
export interface PackageManager {
  /** Of its program or script, without a version. */
  names: string;
  /** The commands that bring packages here; `*` is every one, `-` is none at all being given. */
  installs?: string;
  /** The commands that run what the project wants run. Any other command installs nothing, either. */
  runs?: string;
  runsPackageScripts?: true;
  fetchesWithDownloader?: true;
  /** It runs programs, too: only with these commands, or one that installs, it is a package manager. */
  runtimeUnless?: string;
}

/** Commands as each manager's own reference lists them, aliases included. */
export const packageManagers: readonly PackageManager[] = [
  {
    names: "npm",
    installs:
      "install add i in ins inst insta instal isnt isnta isntal isntall ci clean-install ic install-clean " +
      "isntall-clean install-test it install-ci-test cit clean-install-test sit update up upgrade udpate rebuild rb " +
      "link ln dedupe ddp prune uninstall unlink remove rm r un audit",
    runs: "run run-script rum urn test t tst start stop restart exec x init create innit pack publish version",
    runsPackageScripts: true,
  },
  { names: "npx bunx pnpx uvx tox nox mvn mvnd mvnDebug gradle sbt ant lein" },
  {
    names: "yarn yarnpkg",
    installs:
      "- install add up upgrade upgrade-interactive rebuild import link unplug dedupe remove global",
    runs: "run exec node test start dlx create npm pack publish version",
    runsPackageScripts: true,
  },
  {
    names: "pnpm",
    installs:
      "install i add update up upgrade rebuild rb import link ln fetch remove rm uninstall un prune deploy dedupe ci " +
      "install-test it",
    runs: "run run-script test t tst start exec dlx create pack publish",
    runsPackageScripts: true,
  },
  {
    names: "bun",
    installs: "install i add a update remove rm link ci patch",
    runs: "run x test exec build create c init",
    runtimeUnless: "x create c init pm outdated publish audit",
    runsPackageScripts: true,
  },
  {
    names: "deno",
    installs: "install i add cache remove uninstall outdated",
    runs: "run test bench task compile serve eval",
    runtimeUnless: "publish info",
    runsPackageScripts: true,
  },
  {
    names: "corepack",
    installs: "install i add ci update up",
    runs: "run test exec dlx",
    runsPackageScripts: true,
  },
  {
    names: "pip pipx easy_install __pip-runner__",
    installs:
      "install download wheel lock upgrade inject reinstall install-all upgrade-all reinstall-all",
    runs: "run runpip",
    runsPackageScripts: true,
  },
  {
    names: "uv poetry pdm pipenv hatch rye pixi",
    installs: "install sync add update upgrade lock remove compile download build venv self",
    runs: "run x shell test task",
    runsPackageScripts: true,
  },
  {
    names: "conda mamba micromamba",
    installs: "install create update upgrade remove",
    runs: "run",
    runsPackageScripts: true,
  },
  {
    names: "cargo",
    installs:
      "build b check c clippy doc d rustc rustdoc install fetch update add package publish vendor generate-lockfile " +
      "metadata tree",
    runs: "run r test t bench nextest miri",
  },
  {
    names: "rustup",
    installs: "install update toolchain component target default show",
    runs: "run",
  },
  { names: "go", installs: "build get install mod list vet work", runs: "run test generate tool" },
  {
    names: "gem",
    installs: "install i update fetch pristine",
    runs: "exec",
    runsPackageScripts: true,
  },
  {
    names: "bundle bundler",
    installs: "- install update add lock cache package pristine outdated",
    runs: "exec e",
    runsPackageScripts: true,
  },
  { names: "pod", installs: "install update repo", runsPackageScripts: true },
  {
    names: "composer",
    installs:
      "install i update u upgrade require r create-project reinstall remove rm dump-autoload dumpautoload",
    runs: "run-script run exec test",
    runsPackageScripts: true,
  },
  {
    names: "dotnet",
    installs: "restore add install update",
    runs: "run test build publish pack msbuild exec",
    runtimeUnless: "run test build publish pack msbuild nuget tool workload list package clean new",
  },
  { names: "nuget", installs: "restore install update" },
  {
    names: "apt apt-get aptitude dpkg apk dnf microdnf yum rpm",
    installs: "- *",
    runsPackageScripts: true,
  },
  {
    names: "snap flatpak conan vcpkg choco winget",
    installs: "install refresh update upgrade remove create",
    runs: "run",
    runsPackageScripts: true,
  },
  {
    names: "pacman zypper opkg emerge cpan cpanm luarocks opam port",
    installs: "- *",
    runsPackageScripts: true,
    fetchesWithDownloader: true,
  },
  {
    names: "brew",
    installs:
      "install reinstall upgrade update update-reset tap fetch bundle vendor-install postinstall",
    runs: "exec sh test",
    runsPackageScripts: true,
    fetchesWithDownloader: true,
  },
  {
    names: "cabal stack swift-build swift-package",
    installs: "- update install build fetch get setup resolve",
    runs: "run test exec",
    fetchesWithDownloader: true,
  },
];

/** Main classes and jars of managers that Java runs. */
export const javaManagers = new Map([
  ["org.codehaus.plexus.classworlds.launcher.Launcher", "mvn"],
  ["org.mvndaemon.mvnd.daemon", "mvnd"],
  ["org.apache.maven.wrapper.MavenWrapperMain", "mvn"],
  ["org.gradle.wrapper.GradleWrapperMain", "gradle"],
  ["org.gradle.launcher.GradleMain", "gradle"],
  ["org.gradle.launcher.daemon.bootstrap.GradleDaemon", "gradle"],
  ["gradle-wrapper.jar", "gradle"],
  ["maven-wrapper.jar", "mvn"],
  ["sbt-launch.jar", "sbt"],
  ["org.apache.tools.ant.launch.Launcher", "ant"],
]);
