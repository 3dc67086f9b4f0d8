"""What `make docs` does with links that leave the folder of the documentation: the file is named, since the site does not hold it."""

from __future__ import annotations

import re
from typing import Any

OUTSIDE = re.compile(r"\[(?P<text>[^\]]+)\]\(\.\./(?P<path>[^)#\s]+)[^)]*\)")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """A page with `[text](../path)` written as text and the path of the file in the project (mkdocs calls this for every page)."""
    return OUTSIDE.sub(lambda link: f"{link['text']} (`{link['path']}` in the project)", markdown)
