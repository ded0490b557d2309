#!/usr/bin/env bash
# Builds the server into out/lab/cxf; what it is made of comes from Maven Central.
set -euo pipefail
cd "$(dirname "$0")"
mvn --quiet --batch-mode package
ls ../../../out/lab/cxf/cxf.jar
