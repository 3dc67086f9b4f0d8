"""What happened, as many tell it: events of many articles become incidents, a timeline, a map of control, and commitments.

An event is evidence, an incident our opinion of it: every score is a sum of named parts, and every merge can be undone.
"""

from __future__ import annotations

from dateline.incidents.commitments import Commitment, commitments
from dateline.incidents.control import Bound, PlaceHistory, bounds, histories
from dateline.incidents.merging import DecisionError, Merger
from dateline.incidents.records import Account, Corpus, Decision, Incident, Link, Told
from dateline.incidents.saying import load_phrases, sentence
from dateline.incidents.telling import corpus, told_in
from dateline.incidents.timeline import Entry, timeline
from dateline.incidents.values import incident_of

__all__ = [
    "Account",
    "Bound",
    "Commitment",
    "Corpus",
    "Decision",
    "DecisionError",
    "Entry",
    "Incident",
    "Link",
    "Merger",
    "PlaceHistory",
    "Told",
    "bounds",
    "commitments",
    "corpus",
    "histories",
    "incident_of",
    "load_phrases",
    "sentence",
    "timeline",
    "told_in",
]
