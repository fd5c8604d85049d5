// Checks the run's commit out, as actions/checkout does: init, fetch one commit, check it out.
const { execFileSync } = require("node:child_process");

const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_SHA } = process.env;
const git = (...args) => execFileSync("git", args, { stdio: "inherit" });

git("init", "--quiet", "--initial-branch", "main");
git("remote", "add", "origin", `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`);
git("-c", "protocol.version=2", "fetch", "--quiet", "--no-tags", "--depth=1", "origin", GITHUB_SHA);
git("checkout", "--quiet", "--force", "--detach", "FETCH_HEAD");
