"""The record of what a reporting word reports."""

from __future__ import annotations

from dateline.find.statement_cues import Cue
from dateline.find.statement_quoted import Quoted
from dateline.model import Statement


def statement(cue: Cue, start: int, end: int, quoted: Quoted, rule: str) -> Statement:
    """A statement of the cue's first speaker with the content start..end."""
    speaker = cue.speakers[0]
    return Statement(
        start=start,
        end=end,
        speaker=speaker.actor,
        direct=quoted.share(start, end, cue.start) > 0.5,
        verb=cue.token.text,
        cue_start=cue.start,
        cue_end=cue.end,
        rule=rule,
        chain=tuple(s.actor for s in cue.chain),
        stance=cue.meaning.stance,
        speaker_start=speaker.start,
        speaker_end=speaker.end,
    )
