#!/usr/bin/env bash
# The browser tests need Chromium: one that is there, or Debian's.
set -euo pipefail

[ -n "${CHROMIUM:-}" ] && [ -x "$CHROMIUM" ] && exit 0
command -v chromium >/dev/null && exit 0
exec "$(dirname "$0")/packages.sh" "the browser tests" chromium fonts-dejavu-core
