"""What the program says on standard error while it works: complaints, reports, and with -v what it does, in words or as JSON lines."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

REPORT = 25
"""The level of what is always said and nothing wrong: how a run went."""
LEVELS = (REPORT, logging.INFO, logging.DEBUG)
"""From which level on is told without -v, with -v and with -vv."""
SAID_PLAINLY = (REPORT, logging.ERROR)


class _Lines(logging.Handler):
    """One line for each record on whatever standard error is when it comes."""

    def emit(self, record: logging.LogRecord) -> None:
        print(self.line(record), file=sys.stderr, flush=True)

    def line(self, record: logging.LogRecord) -> str:
        """The record in words, without letting it steer the terminal."""
        from dateline.output.words import printable

        level = "" if record.levelno in SAID_PLAINLY else f"{record.levelname.lower()}: "
        return f"dateline: {level}{printable(record.getMessage())}"


class JsonLines(_Lines):
    """Records as JSON, one object a line: time (UTC), level, logger, message, and the fields that came as `extra={"data": ...}`."""

    def line(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        shown = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": "report" if record.levelno == REPORT else record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "data", {}),
        }
        return json.dumps(shown, ensure_ascii=False, default=str)


def start_logging(verbosity: int = 0, as_json: bool = False) -> None:
    """Say what happens on standard error from now on.

    Args:
        verbosity: how many times -v was given.
        as_json: JSON lines instead of words.
    """
    logger = logging.getLogger("dateline")
    logger.handlers[:] = [JsonLines() if as_json else _Lines()]
    logger.setLevel(LEVELS[min(verbosity, len(LEVELS) - 1)])
    logger.propagate = False


def watched() -> bool:
    """Whether a person watches standard error, so that a line there may move."""
    return sys.stderr.isatty() and not any(isinstance(each, JsonLines) for each in logging.getLogger("dateline").handlers)


def complain(message: str) -> None:
    """Say on standard error what went wrong."""
    logging.getLogger("dateline.cli").error(message)


def warn(message: str) -> None:
    """Say on standard error what may be wrong."""
    logging.getLogger("dateline.cli").warning(message)


def report(message: str, **data: object) -> None:
    """Say on standard error how something went; `data` are its figures, for whoever reads JSON lines."""
    logging.getLogger("dateline.cli").log(REPORT, message, extra={"data": data})
