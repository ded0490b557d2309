#!/usr/bin/env bash
# Makes images of what this machine has, for an engine that can pull none: each program with the libraries that it is
# linked to, and nothing else. Where a registry can be reached, redis:8 and node:24-slim do the same.
set -euo pipefail
cd "$(dirname "$0")/.."

# image NAME FILE...: programs stand in /usr/bin under their own names, libraries where they stand here.
image() {
  local name=$1 root program library
  shift
  root=$(mktemp -d)
  mkdir -p "$root/usr/bin" "$root/tmp" "$root/etc"
  # Without it the C library asks name servers alone, and what the engine writes to /etc/hosts is never read.
  echo 'hosts: files dns' > "$root/etc/nsswitch.conf"
  for program; do
    case $program in
      *.so.*) mkdir -p "$root$(dirname "$program")" && cp "$program" "$root$program" ;;
      *) cp "$program" "$root/usr/bin/$(basename "$program")" ;;
    esac
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
# Without libfaketime the clocks of its nodes cannot be moved, and nothing else is amiss.
mapfile -t faketime < <(find /usr/lib -name libfaketime.so.1 2> /dev/null)
image cupel-node "$(readlink -f node_modules/.bin/node)" "${faketime[@]}"
