#!/usr/bin/env bash
# Brings IBM's Db2 client, which the Python package ibm_db carries, and builds the Node package ibm_db against it; for these tests
# only, and once. Needs Python with pip, and a C++ compiler. The server is Derby's: Debian's derby-tools and a Java runtime.
set -euo pipefail
cd "$(dirname "$0")"
base=${KAKEIBO_DB2:-${XDG_CACHE_HOME:-$HOME/.cache}/kakeibo-db2}
if [ ! -e "$base/.ready" ]; then
  rm -rf "$base"
  mkdir -p "$base"
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --dest "$base/wheel" ibm_db==3.3.0
  python3 - "$base" <<'END'
import glob, sys, zipfile

with zipfile.ZipFile(glob.glob(sys.argv[1] + '/wheel/*.whl')[0]) as wheel:
    # The client looks for the libraries of its own beside itself.
    wheel.extractall(sys.argv[1], [name for name in wheel.namelist() if name.startswith(('clidriver/', 'ibm_db.libs/'))])
END
  rm -rf "$base/wheel"
  touch "$base/.ready"
fi
# So that no program has to be started with LD_LIBRARY_PATH.
export IBM_DB_HOME=$base/clidriver LDFLAGS="-Wl,-rpath,$base/clidriver/lib"
node -e 'require("ibm_db")' 2>/dev/null || npm ci --no-progress
node -e 'require("ibm_db")'
