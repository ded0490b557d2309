#!/usr/bin/env bash
# Brings a version of Keycloak from Maven Central to out/lab: get.sh 26.7.3
set -euo pipefail
version=${1:?a version of Keycloak, such as 26.7.3}
cd "$(dirname "$0")/../../.."
mkdir -p out/lab
at=https://repo1.maven.org/maven2/org/keycloak/keycloak-quarkus-dist/$version
curl --fail --silent --show-error --location --output out/lab/keycloak.zip "$at/keycloak-quarkus-dist-$version.zip"
unzip -q -o out/lab/keycloak.zip -d out/lab
rm out/lab/keycloak.zip
"out/lab/keycloak-$version/bin/kc.sh" build --db=dev-mem --features=jwt-authorization-grant
echo "out/lab/keycloak-$version"
