#!/usr/bin/env bash
# Builds the server into out/lab/java-verifiers; the libraries come from Maven Central.
set -euo pipefail
cd "$(dirname "$0")"
mvn --quiet --batch-mode package
ls ../../../out/lab/java-verifiers/java-verifiers.jar
