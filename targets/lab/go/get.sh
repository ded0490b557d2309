#!/usr/bin/env bash
# Builds the server into out/lab/go-verifiers; its modules come from the Go proxy.
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p ../../../out/lab
go build -o ../../../out/lab/go-verifiers .
echo out/lab/go-verifiers
