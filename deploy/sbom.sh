#!/bin/sh
# Writes the bill of materials of what comes with the app to standard output: CycloneDX, one component a package, by the lock alone.
# npm's own `--omit=dev` leaves out what development needs as well (zod, qs, …): so the lock is cut down to the app's part first.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir "$place/housecall"
cp "$root/package.json" "$root/package-lock.json" "$place/housecall"
cd "$place/housecall"
npm pkg delete devDependencies
npm install --package-lock-only --offline --ignore-scripts --no-audit --no-fund >&2
npm sbom --package-lock-only --sbom-format=cyclonedx --sbom-type=application
