#!/usr/bin/env bash
# Imitates a GitHub Actions runner: runs the job's steps, each with the environment that the real runner gives it
# (https://docs.github.com/actions/reference/variables-reference).
set -euo pipefail

export GITHUB_WORKSPACE=/home/runner/work/web-shop/web-shop
export RUNNER_TEMP=/home/runner/work/_temp RUNNER_TOOL_CACHE=/opt/hostedtoolcache
export SSL_CERT_FILE=$DEMO_WORLD/ca.pem NODE_EXTRA_CA_CERTS=$DEMO_WORLD/ca.pem
export CURL_CA_BUNDLE=$DEMO_WORLD/ca.pem GIT_SSL_CAINFO=$DEMO_WORLD/ca.pem
export npm_config_registry=https://packages.acme.example/ npm_config_cafile=$DEMO_WORLD/ca.pem
export npm_config_update_notifier=false
actions=/home/runner/work/_actions
source=$(dirname "$0")
unset DEMO_WORLD

rm -rf /home/runner/work
mkdir -p "$GITHUB_WORKSPACE" "$RUNNER_TEMP" "$actions/actions"
for action in checkout upload-artifact; do
  mkdir -p "$actions/actions/$action/v4/dist"
  cp "$source/actions/$action/index.js" "$actions/actions/$action/v4/dist/"
done
cd "$GITHUB_WORKSPACE"

# uses NAME REF [INPUT=VALUE...]
uses() {
  local name=$1 ref=$2
  shift 2
  env GITHUB_ACTION="__${name/\//_}" GITHUB_ACTION_REPOSITORY="$name" GITHUB_ACTION_REF="$ref" "$@" \
    node "$actions/$name/$ref/dist/index.js"
}

scripts=0
# run COMMANDS
run() {
  scripts=$((scripts + 1))
  local id="__run" file=$RUNNER_TEMP/step-$scripts.sh
  [ "$scripts" -eq 1 ] || id="__run_$scripts"
  echo "$1" > "$file"
  env GITHUB_ACTION="$id" GITHUB_ACTION_REPOSITORY= GITHUB_ACTION_REF= bash --noprofile --norc -eo pipefail "$file"
}

uses actions/checkout v4
run "npm ci --no-fund"
run "npm test
curl --fail --silent --show-error --retry 2 https://api.acme.example/health
python3 test/report.py"
uses actions/upload-artifact v4 INPUT_NAME=test-report INPUT_PATH=report.json
