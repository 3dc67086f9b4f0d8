"""Loading the NLP library without its command line.

`import spacy` loads spaCy's commands as well, with a web client, templates and a YAML file that they need: a tenth of the time that
reading one article takes from a cold start. Here it finds a module in their place that loads them if they are asked for.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

COMMANDS = ("spacy.cli", "spacy.cli.info")


def load_library() -> Any:
    """The module `spacy`; its commands are loaded when somebody imports `spacy.cli`."""
    if "spacy" in sys.modules:
        return sys.modules["spacy"]
    stand_ins = {name: ModuleType(name) for name in COMMANDS}
    stand_ins["spacy.cli"].__path__ = []
    vars(stand_ins["spacy.cli.info"])["info"] = _info
    sys.modules.update(stand_ins)
    try:
        return import_module("spacy")
    finally:
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]


def _info(*arguments: Any, **named: Any) -> Any:
    """spaCy's own `spacy.info`."""
    return import_module("spacy.cli.info").info(*arguments, **named)
