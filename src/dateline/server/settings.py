"""How the server is set up: what is served, to whom, and the limits that keep it up."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path

LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Settings:
    """The ledger that is served and everything that may be set.

    `token` is asked for where the address is not this machine's own; `names` are further names of this server that a Host header may
    have. Rates are calls a second and how many may come at once, for each client. `body_bytes` is the longest body that is taken.
    `merge_seconds` is how often it is looked whether articles came in that are not merged yet; 0: never. From `apart_from` incidents on,
    what all of them tell together is made in a process of its own. For that nobody waits longer than `wait_seconds`: who asks is told
    to ask again.
    """

    ledger: Path
    host: str = "127.0.0.1"
    port: int = 8321
    token: str | None = None
    names: tuple[str, ...] = ()
    user: str = "page"
    page: Path = field(default_factory=lambda: Path(__file__).with_name("page"))
    reads: tuple[float, int] = (200.0, 1000)
    writes: tuple[float, int] = (10.0, 60)
    openings: tuple[float, int] = (0.2, 10)
    body_bytes: int = 65_536
    merge_seconds: float = 2.0
    apart_from: int = 2000
    wait_seconds: float = 20.0

    @property
    def address(self) -> str:
        """Where it is reached, for a browser."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own, which nobody else can reach."""
    if host in LOOPBACK:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
