// Uploads a file, as actions/upload-artifact does.
const { readFileSync } = require("node:fs");

async function main() {
  const { INPUT_NAME, INPUT_PATH, GITHUB_RUN_ID } = process.env;
  const url = `http://artifacts.acme.example/runs/${GITHUB_RUN_ID}/${INPUT_NAME}`;
  const answer = await fetch(url, { method: "PUT", body: readFileSync(INPUT_PATH) });
  if (!answer.ok) throw new Error(`the artifact store answered ${answer.status}`);
}

main();
