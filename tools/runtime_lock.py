"""Print the part of the lock that some packages need: `python tools/runtime_lock.py` for what Dateline runs on, or with names.

The lock tells beside each package who asks for it; what is asked for by none of the wanted ones is left out. It needs nothing but Python.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENTRY = re.compile(r"^(?P<name>[\w.-]+)==\S+ \\\n(?:    --hash=\S+(?: \\)?\n)+(?P<via>    # via .*\n)?", re.MULTILINE)


def normal(name: str) -> str:
    """A package's name as the index has it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", name.strip(), maxsplit=1)[0]).lower()


def part(lock: str, wanted: set[str]) -> str:
    """The entries of a lock that these packages need, they themselves included, in the order of the lock.

    Raises:
        ValueError: one of them is not in the lock.
    """
    entries = {normal(entry["name"]): entry for entry in ENTRY.finditer(lock)}
    if missing := wanted - entries.keys():
        raise ValueError(f"not in the lock: {', '.join(sorted(missing))}; run make lock")
    asked_by = {
        name: {normal(via) for via in (entry["via"] or "").removeprefix("    # via ").split(",")}
        for name, entry in entries.items()
    }
    found = set(wanted)
    while more := {name for name, askers in asked_by.items() if name not in found and askers & found}:
        found |= more
    return "".join(entry[0] for name, entry in entries.items() if name in found)


def main() -> None:
    """Print it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {normal(name) for name in sys.argv[1:] or project["dependencies"]}
    sys.stdout.write(part((ROOT / "requirements.lock").read_text(encoding="utf-8"), wanted))


if __name__ == "__main__":
    main()
