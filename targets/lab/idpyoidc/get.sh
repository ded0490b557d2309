#!/usr/bin/env bash
# Brings idpy-oidc from PyPI to an environment of its own in out/lab.
set -euo pipefail
cd "$(dirname "$0")/../../.."
for version in 5.0.0; do
  place=out/lab/python/idpyoidc==$version
  python3 -m venv "$place"
  "$place/bin/pip" install --quiet "idpyoidc==$version"
  echo "$place"
done
