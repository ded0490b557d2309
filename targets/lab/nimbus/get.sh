#!/usr/bin/env bash
# Builds the server into out/lab/nimbus; the library comes from Maven Central.
set -euo pipefail
cd "$(dirname "$0")"
mvn --quiet --batch-mode package
ls ../../../out/lab/nimbus/nimbus.jar
