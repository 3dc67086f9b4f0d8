"""The records of what a reporting word reports: statements, and who is credited with what stands where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.find.statement_cues import Cue
from dateline.find.statement_quoted import Quoted
from dateline.model import Actor, Days, Fact, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit(Fact):
    """A stretch of text for which somebody vouches; every statement has one, and so have reports inside what others say.

    `chain` are those who vouch, outermost first, `cue_start`..`cue_end` the reporting words.
    """

    chain: tuple[Actor, ...]
    stance: str
    cue_start: int
    cue_end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Told:
    """A cue and one stretch that it reports; `rule` names the form of the report, `frame` the place where the stretch stood."""

    cue: Cue
    start: int
    end: int
    rule: str
    frame: str = "quotation"


def statements(told: Told, quoted: Quoted, when: Days | None = None) -> Iterator[Statement]:
    """The statements of a report: one for each speaker who is named on his own ("both Chad and Niger said")."""
    cue, start, end = told.cue, told.start, told.end
    named = {speaker.token.i: speaker for speaker in cue.speakers if speaker.by_name}
    each = list(named.values()) if cue.speakers[0].by_name else []
    for speaker in each or cue.speakers[:1]:
        yield Statement(
            start=start,
            end=end,
            speaker=speaker.actor,
            direct=quoted.share(start, end, cue.start) > 0.5,
            verb=cue.token.text,
            cue_start=cue.start,
            cue_end=cue.end,
            rule=told.rule,
            chain=tuple(s.actor for s in cue.chain),
            stance=cue.meaning.stance,
            when=when,
            speaker_start=speaker.start,
            speaker_end=speaker.end,
        )


def credit(told: Told) -> Credit:
    """Who vouches for the stretch of a report."""
    cue = told.cue
    return Credit(
        start=told.start,
        end=told.end,
        chain=tuple(s.actor for s in cue.chain),
        stance=cue.meaning.stance,
        cue_start=cue.start,
        cue_end=cue.end,
        rule=told.rule,
    )
