"""The ledger while it is served: connections for reading, one at a time for writing, and incidents that follow what is taken in."""

from __future__ import annotations

import logging
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pydantic import BaseModel

from dateline.incidents.store import update
from dateline.ledger.answers import Ledger
from dateline.ledger.store import LedgerError, connect, explained
from dateline.server.apart import Apart
from dateline.server.columns import Columns
from dateline.server.kept import Kept
from dateline.server.patience import Patience
from dateline.server.settings import Settings

logger = logging.getLogger(__name__)
OBJECTS, HEAVY = 200, 12
BODY_BYTES = 64 * 2**20
SOON = 1.0
"""What takes so many seconds to make anew is made anew where it is asked for; what takes longer is made beforehand, in the background."""
REST = 5
"""After merging, so many times as long as that took nothing is merged: whoever takes articles in needs the file too."""


class Service:
    """A ledger that is served. Every thread reads through a connection of its own, which is closed after the thread has ended, and by
    `close`.

    `csrf` is what writes must show, `secret` what cookies are made with; both are new with every start, and so are ETags.
    """

    def __init__(self, settings: Settings) -> None:
        """Open the ledger and bring its incidents up to date.

        Raises:
            LedgerError: there is none, or it cannot be read.
        """
        self.settings = settings
        self.csrf, self.secret = secrets.token_urlsafe(24), secrets.token_bytes(32)
        self.objects, self.bodies = Kept(OBJECTS), Kept(BODY_BYTES, len)
        self.heavy = Kept(HEAVY)
        self.patience = Patience(settings.wait_seconds)
        self.columns: Columns | None = None
        self._apart: Apart | None = None
        self._coming: Apart | None = None
        self.prepare: Callable[[Ledger, str, str], None] = lambda ledger, version, changed: None
        self._prepared, self._took = "", 0.0
        self.writable = _is_writable(settings.ledger)
        self._local = threading.local()
        self._opened: dict[threading.Thread, Ledger] = {}
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._watcher = connect(settings.ledger, read_only=True, any_thread=True)
        self._stop = threading.Event()
        self._merging: threading.Thread | None = None

    def start(self) -> None:
        """Make what takes long, and follow what is taken in by others, in a thread of its own, until `close`."""
        if self.settings.merge_seconds > 0:
            work = self._follow if self.writable else self._ready
            self._merging = threading.Thread(target=work, name="merging", daemon=True)
            self._merging.start()

    def close(self) -> None:
        """Close every connection, and end what works apart."""
        with self._lock:
            self._stop.set()
            working = {self._apart, self._coming} - {None}
        for apart in working:
            if apart is not None:
                apart.close()
        self.patience.close()
        if self._merging is not None:
            self._merging.join(10)
        with self._lock:
            for ledger in self._opened.values():
                ledger.close()
            self._opened.clear()
            self._watcher.close()

    @property
    def ledger(self) -> Ledger:
        """The ledger, for this thread to read."""
        found: Ledger | None = getattr(self._local, "ledger", None)
        if found is None:
            found = Ledger(self.settings.ledger, any_thread=True)
            with self._lock:
                # Threads that answer come and go with how much is asked: without this the open files would grow without end.
                for ended in [thread for thread in self._opened if not thread.is_alive()]:
                    self._opened.pop(ended).close()
                self._opened[threading.current_thread()] = found
            self._local.ledger = found
        return found

    @contextmanager
    def reading(self) -> Iterator[Ledger]:
        """The ledger for this thread, as it stands now until the end: what others write meanwhile is not seen."""
        ledger = self.ledger
        ledger.db.execute("BEGIN")
        try:
            yield ledger
        finally:
            ledger.db.execute("COMMIT")

    def merged_version(self) -> str:
        """Changes whenever incidents do."""
        row = self.ledger.db.execute("SELECT value FROM incident_state WHERE key = 'version'").fetchone()
        return f"m{row['value'] if row else 0}"

    def prepared_version(self) -> str:
        """The version of what is told by all incidents together: the present one, but where that takes long the last that is ready."""
        apart = self._apart
        if apart is not None:
            return apart.version
        return self._prepared if self._took > SOON else self.merged_version()

    @property
    def apart(self) -> Apart | None:
        """The process that answers what is told together, where there is one."""
        return self._apart

    @property
    def stopping(self) -> bool:
        """Whether it is closed: nothing need be made any more."""
        return self._stop.is_set()

    def begin_apart(self, apart: Apart) -> None:
        """Take note of a process that makes what is told together; where there was none before, who asks waits for it."""
        with self._lock:
            failed = {self._coming} - {None, self._apart}
            self._coming = apart
            self._apart = self._apart or apart
            needless = {*failed, apart} if self.stopping else failed
        for each in needless:
            if each is not None:
                each.close()

    def end_apart(self, apart: Apart | None) -> None:
        """From now on this process answers what is told together, the one before ends; None: this process answers it itself."""
        with self._lock:
            before = {self._apart, self._coming} - {apart}
            self._apart, self._coming = apart, None
        for old in before:
            if old is not None:
                old.close()

    def told_apart(self, name: str, asked: BaseModel) -> bytes | None:
        """What is told together, of `prepared_version` or one that came meanwhile, as another process answers it; None where none does.

        Raises:
            FilterError: a filter makes no sense.
        """
        while (apart := self._apart) is not None:
            told = apart.answer(name, asked)
            if told is not None or apart is self._apart:  # else it has ended, for the next one is ready
                return told
        return None

    def ledger_version(self) -> str:
        """Changes whenever anything in the file does."""
        with self._lock:
            return f"l{self._watcher.execute('PRAGMA data_version').fetchone()[0]}"

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The ledger for writing, one at a time in this process.

        Raises:
            LedgerError: it cannot be written.
        """
        with self._writing, explained(self.settings.ledger), closing(connect(self.settings.ledger)) as db:
            yield db

    def merge(self) -> int:
        """Bring the incidents up to date with what was taken in; how many articles were merged.

        Raises:
            LedgerError: the ledger cannot be written.
        """
        with self.writing() as db:
            return update(db)

    def _follow(self) -> None:
        seen, rest = "", 0.0
        self._ready()
        while not self._stop.wait(max(self.settings.merge_seconds, rest)):
            now = self.ledger_version()
            if now == seen:
                rest = 0.0
                continue
            started = time.monotonic()
            try:
                self.merge()
            except LedgerError as error:
                logger.warning("incidents are not up to date: %s", error)
            else:
                seen = now if self._ready() else ""  # what was committed meanwhile is looked at the next time
            rest = REST * (time.monotonic() - started)

    def _ready(self) -> bool:
        """Make what takes long; whether that went well. Whatever goes wrong, the page goes on following the ledger."""
        try:
            self._prepare()
        except Exception:
            if not self.stopping:
                logger.exception("what takes long could not be made ready; it is tried again")
            return False
        return True

    def _prepare(self) -> None:
        """Make what takes long, where it is not made for this version yet."""
        started = time.monotonic()
        changed = self.ledger_version()  # before it is read: what is read is never older than it says
        with self.reading() as ledger:
            version = self.merged_version()
            if version != self._prepared:
                self.prepare(ledger, version, changed)
                self._took = time.monotonic() - started
                self._prepared = version


def _is_writable(path: Path) -> bool:
    try:
        with explained(path), closing(connect(path)) as db:
            db.execute("BEGIN IMMEDIATE")
            db.execute("ROLLBACK")
    except LedgerError as error:
        if "cannot be written" not in str(error):
            raise
        return False
    return True
