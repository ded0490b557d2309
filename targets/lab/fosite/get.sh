#!/usr/bin/env bash
# Builds the server into out/lab/fosite; its modules come from the Go proxy.
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p ../../../out/lab
go build -o ../../../out/lab/fosite .
echo out/lab/fosite
