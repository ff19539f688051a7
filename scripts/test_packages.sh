#!/usr/bin/env bash
# The tests need a browser, and LibreOffice as a second calculator of our workbooks: those that are
# there, or Debian's.
set -euo pipefail

packages=()
{ [ -n "${CHROMIUM:-}" ] && [ -x "$CHROMIUM" ]; } || command -v chromium >/dev/null ||
  packages+=(chromium fonts-dejavu-core)
command -v soffice >/dev/null || packages+=(libreoffice-calc-nogui)

[ ${#packages[@]} -eq 0 ] && exit 0
exec "$(dirname "$0")/packages.sh" "make test" "${packages[@]}"
