#!/usr/bin/env bash
# Makes images of what this machine has, for an engine that can pull none: each program with the libraries that it is
# linked to, and nothing else. Where a registry can be reached, redis:8 and node:24-slim do the same.
set -euo pipefail
cd "$(dirname "$0")/.."

# image NAME PROGRAM...: the programs stand in /usr/bin under their own names.
image() {
  local name=$1 root program library
  shift
  root=$(mktemp -d)
  mkdir -p "$root/usr/bin" "$root/tmp" "$root/etc"
  # Without it the C library asks name servers alone, and what the engine writes to /etc/hosts is never read.
  echo 'hosts: files dns' > "$root/etc/nsswitch.conf"
  for program; do
    cp "$program" "$root/usr/bin/$(basename "$program")"
    # Where they stand here is where the loader looks for them there.
    while read -r library; do
      mkdir -p "$root$(dirname "$library")"
      cp --update "$library" "$root$library"
    done < <(ldd "$program" | grep -oE '/[^ ]+')
  done
  tar -C "$root" -c . | docker import --change 'ENV PATH=/usr/bin' - "$name" > /dev/null
  rm -rf "$root"
  echo "$name"
}

image cupel-redis "$(command -v redis-server)" "$(command -v redis-cli)"
image cupel-node "$(readlink -f node_modules/.bin/node)"
