"""What people have, turned into articles: files, folders, URLs and standard input, each article or its failure in turn."""

from dateline.sources.decoding import Unreadable
from dateline.sources.files import articles, outcomes
from dateline.sources.found import Failure, Found

__all__ = ["Failure", "Found", "Unreadable", "articles", "outcomes"]
