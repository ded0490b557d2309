#!/usr/bin/env bash
# Brings Authlib from PyPI to an environment of its own in out/lab, with Flask and a client of Redis.
set -euo pipefail
cd "$(dirname "$0")/../../.."
for version in 1.9.10; do
  place=out/lab/python/authlib-server==$version
  python3 -m venv "$place"
  "$place/bin/pip" install --quiet "authlib==$version" flask redis
  echo "$place"
done
