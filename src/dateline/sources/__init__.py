"""What people have, turned into articles: files, folders and standard input, each article or its failure in turn."""

from dateline.sources.decoding import Unreadable
from dateline.sources.files import Failure, articles

__all__ = ["Failure", "Unreadable", "articles"]
