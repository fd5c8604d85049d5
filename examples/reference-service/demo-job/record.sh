#!/usr/bin/env bash
# Records the demonstration again: a real job, on real local servers, under the real capture agent.
#
# Needs root, Linux with cgroup v2, and git, curl, npm, python3, openssl, iproute2 and dnsmasq. Everything runs in a
# network namespace of its own, with documentation addresses (RFC 5737, RFC 3849) on its loopback and names below
# .example (RFC 2606): nothing leaves this machine.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
if [ "${1:-}" != inside ]; then
  exec unshare --net --uts --mount --propagation private --fork --kill-child -- "$0" inside
fi

recordings=${here%/*}/recordings
agent=$here/../../../packages/agent-linux/bin/straycall-agent.js
world=$(mktemp --directory)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$world"' EXIT

# The runner's home starts empty; its name and its resolver are ours.
mount -t tmpfs tmpfs /home
mkdir -p /home/runner
cp --recursive "$here/runner" /home/runner/actions-runner
chown --recursive 1001:1001 /home/runner
echo "nameserver 127.0.0.53" > "$world/resolv.conf"
mount --bind "$world/resolv.conf" /etc/resolv.conf
hostname runner-07
echo "127.0.0.1 localhost runner-07" > "$world/hosts"
mount --bind "$world/hosts" /etc/hosts
ip link set lo up
while read -r _ address; do ip address add "$address" dev lo; done < "$here/world/hosts"

cd "$here"
"$here/world/build.sh" "$world"
"$here/world/name-server.sh" &
node --import tsx "$here/world/servers.ts" "$world" &
until curl --silent --fail --cacert "$world/ca.pem" https://api.acme.example/health > /dev/null; do sleep 0.2; done
"$here/world/commits.sh" "$world"

rm -f "$recordings"/*.ndjson
number=0
while read -r run_id event actor ref cached; do
  number=$((number + 1))
  [ "$cached" = cached ] || rm -rf /home/runner/.cache
  echo "run $run_id"
  commit=$(git -C "$world/git/acme/web-shop" rev-parse "run-$number")
  cd /home/runner/actions-runner
  # A failing test is one of the recorded outcomes.
  env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/home/runner \
    CI=true GITHUB_ACTIONS=true GITHUB_SERVER_URL=https://git.acme.example \
    GITHUB_REPOSITORY=acme/web-shop GITHUB_WORKFLOW=CI GITHUB_JOB=build \
    GITHUB_WORKFLOW_REF="acme/web-shop/.github/workflows/ci.yml@$ref" \
    GITHUB_RUN_ID="$run_id" GITHUB_RUN_ATTEMPT=1 GITHUB_EVENT_NAME="$event" GITHUB_ACTOR="$actor" \
    GITHUB_REF="$ref" GITHUB_SHA="$commit" \
    RUNNER_NAME=runner-07 RUNNER_OS=Linux RUNNER_ARCH=X64 \
    DEMO_WORLD="$world" \
    node "$agent" run --quiet --db "$world/straycall.db" --run-id "$run_id" \
    --events "$recordings/$(printf '%02d' $number).ndjson" -- \
    setpriv --reuid 1001 --regid 1001 --clear-groups -- /home/runner/actions-runner/job.sh || true
done < "$here/runs"

cd "$here"
node --import tsx leave-out-machine.ts "$recordings"/*.ndjson
chmod 644 "$recordings"/*.ndjson
wc --lines --bytes "$recordings"/*.ndjson
