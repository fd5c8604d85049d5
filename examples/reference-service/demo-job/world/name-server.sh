#!/usr/bin/env bash
# Answers for the names in `hosts`, where a hosted runner has its own resolver.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
records=()
while read -r name address; do records+=("--host-record=$name,$address"); done < "$here/hosts"

exec dnsmasq --keep-in-foreground --conf-file=/dev/null --no-resolv --no-hosts --bind-interfaces \
  --listen-address=127.0.0.53 --user=root --pid-file= --cname=cdn.acme.example,edge-1.cdn.example \
  --local=/#/ "${records[@]}"
