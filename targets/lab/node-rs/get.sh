#!/usr/bin/env bash
# Brings two versions of @node-rs/jsonwebtoken from npm, each to a folder of its own in out/lab/node-rs.
set -euo pipefail
cd "$(dirname "$0")/../../.."
for version in 0.5.7 0.5.11; do
  place=out/lab/node-rs/$version
  mkdir -p "$place"
  echo '{ "private": true }' >"$place/package.json"
  npm install --silent --prefix "$place" "@node-rs/jsonwebtoken@$version"
  echo "$place"
done
