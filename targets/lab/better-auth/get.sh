#!/usr/bin/env bash
# Brings Better Auth and its OAuth provider from npm to out/lab/better-auth.
set -euo pipefail
cd "$(dirname "$0")/../../.."
for version in 1.7.5; do
  place=out/lab/better-auth/$version
  mkdir -p "$place"
  echo '{ "private": true, "type": "module" }' >"$place/package.json"
  npm install --silent --legacy-peer-deps --prefix "$place" \
    "better-auth@$version" "@better-auth/oauth-provider@$version" 'better-call@1'
  echo "$place"
done
