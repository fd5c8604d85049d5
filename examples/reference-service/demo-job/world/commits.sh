#!/usr/bin/env bash
# Makes the shop's repository below the given folder: one commit for each run, tagged run-1, run-2, ...
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
world=$1
repository=$world/git/acme/web-shop
export GIT_AUTHOR_NAME=Mira GIT_AUTHOR_EMAIL=mira@acme.example
export GIT_COMMITTER_NAME=Mira GIT_COMMITTER_EMAIL=mira@acme.example
export HOME=$world npm_config_cafile=$world/ca.pem npm_config_registry=https://packages.acme.example/
export npm_config_update_notifier=false

mkdir -p "$repository"
cp --recursive "$here/../shop/." "$repository"
cd "$repository"
git init --quiet --initial-branch main
git config http.uploadpack true
git config uploadpack.allowAnySHA1InWant true

lock() {
  sed --in-place "s/\"fast-image\": \".*\"/\"fast-image\": \"$1\"/" package.json
  rm -f package-lock.json
  npm install --package-lock-only --silent
}
commit() {
  git add --all
  git commit --quiet --allow-empty --message "$2"
  git tag "run-$1"
}

lock 2.4.0
commit 1 "Show prices with two digits"
commit 2 "Round prices half up"
echo "Prices come from the price service." >> README.md
commit 3 "Say where prices come from"
sed --in-place 's/12.50/12.5/' test/prices.test.js
commit 4 "Tidy the price test"
git revert --no-edit HEAD > /dev/null
commit 5 "Put the price test right"
commit 6 "Run nightly"
lock 2.4.1
commit 7 "Update fast-image from 2.4.0 to 2.4.1"
