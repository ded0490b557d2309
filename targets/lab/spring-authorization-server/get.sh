#!/usr/bin/env bash
# Builds the server into out/lab/spring-authorization-server; what it is made of comes from Maven Central.
set -euo pipefail
cd "$(dirname "$0")"
mvn --quiet --batch-mode package
ls ../../../out/lab/spring-authorization-server/spring-authorization-server.jar
