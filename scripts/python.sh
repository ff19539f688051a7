#!/usr/bin/env bash
# Makes .venv with Python 3.11, or says what is missing.
set -euo pipefail

python="$1"
command -v "$python" >/dev/null || python=python3
if ! "$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
  echo "Python 3.11 is needed. Name it: make install PYTHON=/path/to/python3.11" >&2
  exit 1
fi
[ -x .venv/bin/python ] && exit 0
if ! "$python" -m venv .venv; then
  rm -rf .venv
  echo "Python cannot make environments here; on Debian: apt-get install python3-venv" >&2
  exit 1
fi
