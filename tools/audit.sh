#!/usr/bin/env bash
# Look the locked packages up among known weaknesses: tools/audit.sh path/to/pip-audit. Fails where there is one, and says plainly where
# an advisory service could not be reached: then nothing is known, which is not the same as clean.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
status=0
unknown() {
  echo "$1: NOT CHECKED: the advisory service cannot be reached from here, or does not know them"
  ((status)) || status=3
}

said=$("$1" --disable-pip --require-hashes --timeout 15 -r requirements.lock 2>&1)
code=$? missing=$(grep -c "could not be audited" <<<"$said")
if ((code == 0 && missing == 0)); then
  echo "Python packages: no known weakness"
elif ((code == 0)); then
  unknown "Python packages, $missing of $(grep -c == requirements.lock)"
elif grep -q "Found .* known vulnerabilit" <<<"$said"; then
  echo "$said"; status=1
else
  tail -1 <<<"$said" >&2
  unknown "Python packages"
fi
if ! command -v npm >/dev/null; then
  echo "npm packages: NOT CHECKED: npm is not here"
elif said=$(cd web && npm audit --omit=dev --audit-level=low 2>&1); then
  echo "npm packages: $(tail -1 <<<"$said")"
elif grep -qE "audit endpoint returned an error|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|E40[0-9]|E50[0-9]|ENOAUDIT" <<<"$said"; then
  unknown "npm packages"
else
  echo "$said"; status=1
fi
exit "$status"
