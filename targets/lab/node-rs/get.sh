#!/usr/bin/env bash
# Brings @node-rs/jsonwebtoken, which is jsonwebtoken 11.0.0 of Rust, from npm to out/lab/node-rs.
set -euo pipefail
cd "$(dirname "$0")/../../.."
mkdir -p out/lab/node-rs
echo '{ "private": true }' >out/lab/node-rs/package.json
npm install --silent --prefix out/lab/node-rs @node-rs/jsonwebtoken@0.5.11
echo out/lab/node-rs
