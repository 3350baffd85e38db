# shellcheck shell=sh
# Sourced by the scripts with `root` set: finds a Python of 3.11 or newer, lets it bring .fieldlite/venv into step with
# the lock named by `lock` (runtime or development; without one an existing environment is used as it is), and sets `python`.
python="$root/.fieldlite/venv/bin/python"
if [ -n "${lock:-}" ] || [ ! -x "$python" ]; then
  base=
  for candidate in ${FIELDLITE_PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then base=$candidate && break; fi
  done
  if [ -z "$base" ]; then
    echo "Python 3.11 or newer was not found. Install it (apt-get install python3 python3-venv), or name one in FIELDLITE_PYTHON." >&2
    exit 1
  fi
  "$base" -I "$root/scripts/lib/venv.py" "${lock:-runtime}" || exit $?
fi
