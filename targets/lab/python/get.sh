#!/usr/bin/env bash
# Brings the versions that are asked from PyPI, each to an environment of its own in out/lab.
set -euo pipefail
cd "$(dirname "$0")/../../.."
for wanted in pyjwt==2.3.0 pyjwt==2.15.1 authlib==1.3.0 authlib==1.6.3 authlib==1.9.10 \
  'python-jose[cryptography]==3.3.0' 'python-jose[cryptography]==3.5.0' joserfc==1.8.0; do
  place=out/lab/python/${wanted/\[*\]/}
  python3 -m venv "$place"
  "$place/bin/pip" install --quiet "$wanted" cryptography
  echo "$place"
done
