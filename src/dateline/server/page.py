"""The built page: its files as they are, and for every view that is an address its one HTML file."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from dateline.output.html import escape
from dateline.server.answering import Serving
from dateline.server.problems import problem

router = APIRouter(include_in_schema=False)
LEVEL = 9  # packed once, sent often
INDEX = "index.html"
HASHED = "assets/"  # Vite writes a hash of the content into these names
FOR_EVER = "public, max-age=31536000, immutable"
TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
}
PACKED = frozenset((".html", ".js", ".mjs", ".css", ".svg", ".json", ".webmanifest", ".map"))

MESSAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title} · Dateline</title></head>
<body>
<h1>{title}</h1>
{body}
</body>
</html>
"""


@router.api_route("/{path:path}", methods=["GET", "HEAD"])
def page(request: Request, service: Serving, path: str) -> Response:
    """A file of the page, or the page itself."""
    if path == "api" or path.startswith("api/"):
        return problem(404, f"there is no address /{path}")
    folder = service.settings.page
    file = _file(folder, path)
    if file is None:
        if Path(path).suffix and not path.endswith(".html"):
            return problem(404, f"there is no file /{path}")
        file = _file(folder, INDEX)
    if file is None:
        return unbuilt_page()
    return _sent(request, service, file, FOR_EVER if path.startswith(HASHED) else "no-cache")


def is_built(folder: Path) -> bool:
    """Whether the page was built into the folder."""
    return (folder / INDEX).is_file()


def unbuilt_page() -> Response:
    """What is shown where the page was not built."""
    body = (
        "<p>The server is running and answers under <a href='/api/meta'>/api/</a>, but the page was not built.</p>"
        "<p>In a copy of the repository, <code>make page</code> builds it (it needs Node 20); wheels have it built in.</p>"
    )
    return HTMLResponse(MESSAGE.format(title="The page is not built", body=body), 503, {"Cache-Control": "no-store"})


def asking_page(wrong: bool) -> Response:
    """What is shown to who has not given the token."""
    told = (
        "That is not the token."
        if wrong
        else "This ledger is shown to who has the token that <code>dateline serve</code> printed."
    )
    body = (
        f"<p>{told}</p><form method='get' action='/'><p><label>Token <input name='token' type='password' autocomplete='off' "
        f"required autofocus></label> <button>{escape('Open')}</button></p></form>"
    )
    return HTMLResponse(MESSAGE.format(title="Token, please", body=body), 401, {"Cache-Control": "no-store"})


def _file(folder: Path, path: str) -> Path | None:
    """A file inside the folder; None for everything else, whatever the path tries."""
    if not path or "\0" in path:
        return None
    root = folder.resolve()
    try:
        found = (root / path).resolve()
        return found if found.is_relative_to(root) and found.is_file() else None
    except (OSError, ValueError):
        return None


def _sent(request: Request, service: Serving, file: Path, keep: str) -> Response:
    stamp = (str(file), file.stat().st_mtime_ns)
    content = service.bodies.get(stamp, file.read_bytes)
    etag = f'"{hashlib.sha256(content).hexdigest()[:24]}"'
    kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    headers = {"ETag": etag, "Cache-Control": keep, "Vary": "Accept-Encoding"}
    if etag in (one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=headers)
    if file.suffix in PACKED and "gzip" in request.headers.get("accept-encoding", ""):
        headers |= {"Content-Encoding": "gzip", "ETag": f"W/{etag}"}
        content = service.bodies.get((*stamp, "gzip"), lambda: gzip.compress(file.read_bytes(), LEVEL, mtime=0))
    return Response(content, headers=headers, media_type=kind)
