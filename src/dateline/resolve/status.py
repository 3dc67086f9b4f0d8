"""Whether an act happened, is to come, is asked for, is only possible, or did not happen.

The rules are cues (`lexicon/en/status.toml`) in the way of ConText, but over the parse: from the act's word the reader climbs
to the root of its clause; on the way the words that hang on each step (auxiliaries, negations, "planned") and the words that
it hangs on ("agreed to ...", "called for ...") may each put the act in another light. What the outer word says is then laid
over what the inner one said: promised is future, promised if is hypothetical, never promised is negated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

from dateline.language import Document, Token
from dateline.model import Act, Evidence, Status
from dateline.reading import Facts
from dateline.resolve.standing import dependents, governors, same_standing
from dateline.rules.loader import LexiconError, Rule, load_one

LONGEST_CLIMB = 40  # steps; no newspaper nests deeper, and a runaway parse must not cost more
STATUSES: tuple[Status, ...] = get_args(Status)

Light = Status | Literal["through"]
"""What a cue does to the act in its scope; `through` hands on whatever holds for the cue itself."""

OVER: dict[Status, dict[Status, Status]] = {
    "actual": {status: status for status in STATUSES},
    "future": {
        "actual": "future", "future": "future", "demanded": "demanded", "hypothetical": "hypothetical",
        "negated": "negated",
    },
    "demanded": {
        "actual": "demanded", "future": "demanded", "demanded": "demanded", "hypothetical": "hypothetical",
        "negated": "hypothetical",
    },
    "hypothetical": dict.fromkeys(STATUSES, "hypothetical"),
    "negated": {
        "actual": "negated", "future": "negated", "demanded": "negated", "hypothetical": "hypothetical",
        "negated": "hypothetical",
    },
}  # fmt: skip
"""What comes out where an outer light (first key) falls on an inner one (second key)."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that puts an act in another light.

    `near`: one of these must hang on the cue or stand beside it; `far`: none of these may. `clause`: relations in one of
    which the word in the cue's scope must stand. `parts`: parts of speech that the cue must have, `types`: those of act that
    it holds for. An empty set asks for nothing.
    """

    rank: int
    name: str
    light: Light
    at: frozenset[str]
    parts: frozenset[str]
    types: frozenset[str]
    near: frozenset[str]
    far: frozenset[str]
    clause: frozenset[str]


class CueBook:
    """The cues by the word that carries them, in the order of the file: the first that fits a word speaks for it.

    A word matches a lemma or a form, with a leading "=" the form alone; "*" stands for any word.
    """

    def __init__(self, rules: Sequence[Rule], words: Mapping[str, Sequence[str]]) -> None:
        self._by_word: dict[str, list[Cue]] = {}
        self._of: dict[tuple[str, str], tuple[Cue, ...]] = {}
        for rank, rule in enumerate(rules):
            light = rule.data.get("status")
            if light != "through" and light not in STATUSES:
                raise LexiconError(f"{rule.source}: the cue {rule.name!r} gives no status that there is: {light!r}")
            cue = Cue(
                rank,
                rule.name,
                cast(Light, light),
                frozenset(rule.strings("at")),
                frozenset(rule.strings("pos")),
                frozenset(rule.strings("types")),
                frozenset(rule.strings("with")),
                frozenset(rule.strings("without")),
                frozenset(rule.strings("clause")),
            )
            for word in words[rule.name]:
                self._by_word.setdefault(word, []).append(cue)

    def of(self, token: Token) -> tuple[Cue, ...]:
        """The cues that this word may be, in the order of the file."""
        key = token.lower, token.lemma.lower()
        if key not in self._of:
            found = [cue for word in {f"={key[0]}", *key, "*"} for cue in self._by_word.get(word, ())]
            self._of[key] = tuple(sorted(found, key=lambda cue: cue.rank))
        return self._of[key]


@cache
def load_cues(extra: tuple[Path, ...] = ()) -> CueBook:
    """The bundled cues with those of the user's lexicons.

    Raises:
        LexiconError: a rule file is wrong.
    """
    file = load_one("status.toml", extra)
    return CueBook(file.rules, {rule.name: file.expand(rule.strings("words")) for rule in file.rules})


class StatusRules:
    """The status of the acts of one article."""

    def __init__(self, document: Document, facts: Facts, cues: CueBook | None = None) -> None:
        self._tokens = document.tokens
        self._cues = cues or load_cues()

    def status(self, act: Act) -> tuple[Status, Evidence]:
        """The status of an act, and the cues that say so, innermost first. Without a cue an act is told as fact."""
        by_word: dict[int, tuple[Status, str, Token]] = {}
        for light in self._climb(act):
            by_word.setdefault(light[2].i, light)  # a word speaks once
        lights = list(by_word.values())
        status: Status = "actual"
        for outer, _, _ in reversed(lights):
            status = OVER[status][outer]
        if not lights:
            return status, Evidence(field="status", value=status, why="told as fact")
        return status, Evidence(
            field="status",
            value=status,
            why=", ".join(name for _, name, _ in lights),
            start=min(token.start for _, _, token in lights),
            end=max(token.end for _, _, token in lights),
        )

    def _climb(self, act: Act) -> Iterator[tuple[Status, str, Token]]:
        """(light, cue, its word) of every cue that the act stands under, from the inside out.

        A cue that says `actual` ends the climb: what stands further out does not reach the act.
        """
        own = frozenset(act.matched)
        token = self._tokens[act.token]
        if (cue := self._cue(token, ("itself",), token, act)) is not None and cue.light != "through":
            yield cue.light, cue.name, token
        shared = True
        for _ in range(LONGEST_CLIMB):
            if shared:
                yield from self._hanging_on(token, act, own)
            if token.relation == "conjunct" and (joined := same_standing(token)) is not None:
                shared = joined
                token = token.head
                continue
            shared = True
            for head, places in governors(token):
                if head.i in own and head is not token:
                    token = head
                    break
                if (cue := self._cue(head, places, token, act)) is not None:
                    if cue.light != "through":
                        yield cue.light, cue.name, head
                    if head is token or cue.light == "actual":
                        return
                    token = head
                    break
            else:
                return

    def _hanging_on(self, token: Token, act: Act, own: frozenset[int]) -> Iterator[tuple[Status, str, Token]]:
        """The cues among the words that hang on a word, its negation first: that is the innermost."""
        found: list[tuple[Status, str, Token]] = []
        for word, places in dependents(token, innermost=token.i == act.token):
            if word.i in own:
                continue
            cue = self._cue(word, places, token, act)
            if cue is None or cue.light == "through":
                continue
            if cue.light == "negated" and token.pos == "VERB" and token.i < word.i and word.pos == "PART":
                continue  # "left by May, not by June": what follows the verb does not deny it
            found.append((cue.light, cue.name, word))
        found.sort(key=lambda light: light[0] != "negated")
        yield from found

    def _cue(self, word: Token, places: Collection[str], scope: Token, act: Act) -> Cue | None:
        """The first cue that this word is for something that stands to it in one of these places."""
        beside: set[str] | None = None
        for cue in self._cues.of(word):
            if (
                cue.at.isdisjoint(places)
                or (cue.parts and word.pos not in cue.parts)
                or (cue.clause and scope.relation not in cue.clause)
                or (cue.types and act.type not in cue.types)
            ):
                continue
            if cue.near or cue.far:
                if beside is None:
                    beside = self._beside(word, scope)
                if not cue.far.isdisjoint(beside) or (cue.near and cue.near.isdisjoint(beside)):
                    continue
            return cue
        return None

    def _beside(self, word: Token, scope: Token) -> set[str]:
        """The forms and lemmas of the words that hang on a cue or stand next to it, and of those that share its head.

        The conjunction of a clause that hangs there counts too ("would ... if").
        """
        words = [*word.children, *(self._tokens[i] for i in (word.i - 1, word.i + 1) if 0 <= i < len(self._tokens))]
        if word.head is scope:
            words.extend(scope.children)
            words.extend(marker for kid in scope.kids("adverbial_clause") for marker in kid.kids("marker"))
        elif word.head is not word:
            words.append(word.head)
        hanging = word.head is scope
        return {form for other in words if not (hanging and other is scope) for form in (other.lower, other.lemma.lower())}
