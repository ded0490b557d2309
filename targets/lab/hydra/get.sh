#!/usr/bin/env bash
# Builds Ory Hydra into out/lab/hydra; its modules come from the Go proxy. It takes Go, a C compiler for SQLite, and minutes.
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p ../../../out/lab
go build -tags sqlite -o ../../../out/lab/hydra .
echo out/lab/hydra
