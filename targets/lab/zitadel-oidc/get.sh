#!/usr/bin/env bash
# Builds the server of one version into out/lab/zitadel-oidc-VERSION: `get.sh 3.52.0`. Its modules come from the Go proxy.
set -euo pipefail
version=${1:?names a version, such as 3.52.0}
cd "$(dirname "$0")"
out=$(realpath ../../..)/out/lab
mkdir -p "$out"
mod=$out/zitadel-oidc-$version.mod
cp go.mod "$mod"
cp go.sum "${mod%.mod}.sum"
go get -modfile "$mod" "github.com/zitadel/oidc/v3@v$version"
go build -mod=mod -modfile "$mod" -o "$out/zitadel-oidc-$version" .
echo "out/lab/zitadel-oidc-$version"
