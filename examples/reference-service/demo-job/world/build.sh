#!/usr/bin/env bash
# Makes what the servers need below the given folder: a certificate authority and the package registry's files.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
world=$1

names=$(cut --delimiter=' ' --fields=1 "$here/hosts" | sort --unique | sed 's/^/DNS:/' | paste --serial --delimiters=,)
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=Local test CA" \
  -addext "basicConstraints=critical,CA:true" -keyout "$world/ca.key" -out "$world/ca.pem" 2> /dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=acme.example" \
  -keyout "$world/server.key" -out "$world/server.csr" 2> /dev/null
openssl x509 -req -in "$world/server.csr" -CA "$world/ca.pem" -CAkey "$world/ca.key" -days 3650 \
  -extfile <(echo "subjectAltName=$names,DNS:cdn.acme.example") -out "$world/server.pem" 2> /dev/null
chmod 644 "$world/ca.pem"
chmod 711 "$world"

# fast-image 2.4.1 is 2.4.0 with one more file and one more line in its install script.
mkdir -p "$world/registry" "$world/packages"
for version in 2.4.0 2.4.1; do
  folder=$world/packages/fast-image-$version
  cp --recursive "$here/../packages/fast-image" "$folder"
  sed --in-place "s/\"0.0.0\"/\"$version\"/" "$folder/package.json"
  [ "$version" = 2.4.1 ] || { rm "$folder/telemetry.js"; sed --in-place '/telemetry/d' "$folder/install.js"; }
done
cp --recursive "$here/../packages/price-format" "$world/packages/price-format-1.2.0"
for package in "$world"/packages/*; do
  npm pack "$package" --silent --offline --pack-destination "$world/registry" > /dev/null
done
