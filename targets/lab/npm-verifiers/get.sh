#!/usr/bin/env bash
# Brings libraries that verify tokens from npm, each to a folder of its own in out/lab/npm-verifiers.
set -euo pipefail
cd "$(dirname "$0")/../../.."
for library in hono@4.11.3 hono@4.13.19 aws-jwt-verify@5.2.1 jsrsasign@11.1.5 @tsndr/cloudflare-worker-jwt@3.2.3; do
  place=out/lab/npm-verifiers/${library/\//-}
  mkdir -p "$place"
  echo '{ "private": true, "type": "module" }' >"$place/package.json"
  npm install --silent --prefix "$place" "$library"
  echo "$place"
done
