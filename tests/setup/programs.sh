#!/usr/bin/env bash
# Sees to the programs the tests drive: installs what is missing where it may, else says what to install.
set -euo pipefail

# A command that shows the package is there, and the Debian package that brings it.
wanted="
chromium         chromium
firefox-esr      firefox-esr
WebKitWebDriver  webkit2gtk-driver
Xvfb             xvfb
xauth            xauth
localc           libreoffice-calc
pdftoppm         poppler-utils
fc-list          fontconfig
node             nodejs
npm              npm
"

missing() {
  while read -r command package; do
    [ -z "$command" ] || command -v "$command" >/dev/null || echo "$package"
  done <<<"$wanted"
  fc-list : family 2>/dev/null | grep -q 'Liberation Sans' || echo fonts-liberation
}

node_is_too_old() {
  command -v node >/dev/null && ! node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)'
}

packages=$(missing | sort | xargs)
if [ -n "$packages" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing with apt-get: $packages …"
  log=$({ apt-get update && DEBIAN_FRONTEND=noninteractive \
          apt-get install -y --no-install-recommends $packages; } 2>&1) || { printf '%s\n' "$log" >&2; exit 1; }
  packages=$(missing | sort | xargs)
fi

if [ -n "$packages" ]; then
  { echo "The tests need these Debian packages (elsewhere: the programs of the same names):"
    printf '  %s\n' $packages
    echo "On Debian or Ubuntu: sudo apt-get install --no-install-recommends $packages"
  } >&2
  exit 1
fi

if node_is_too_old; then
  echo "The tests need Node 18 or later; this is $(node --version). Install a newer nodejs." >&2
  exit 1
fi
