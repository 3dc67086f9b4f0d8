"""Whether an act happened, is to come, is asked for, is only possible, or did not happen.

The rules are cues (`lexicon/en/status.toml`) in the way of ConText, but over the parse: from the act's word the reader climbs
to the root of its clause; on the way the words that hang on each step (auxiliaries, negations, "planned") and the words that
it hangs on ("agreed to ...", "called for ...") may each put the act in another light. What the outer word says is then laid
over what the inner one said: promised is future, promised if is hypothetical, never promised is negated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from dateline.language import Document, Token
from dateline.model import Act, Evidence, Status
from dateline.reading import Facts
from dateline.resolve.cues import STATUSES, Cue, CueBook, load_cues
from dateline.resolve.standing import dependents, governors, same_standing
from dateline.resolve.tense import told_as_past

LONGEST_CLIMB = 40  # steps; no newspaper nests deeper, and a runaway parse must not cost more
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
            if token.relation == "adjective_complement" and token.head.lemma == "be" and not token.head.passive:
                token = token.head  # "was *not ready*", "denied that it was *responsible*"
                continue
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
                or (cue.unless_past and told_as_past(scope) and told_as_past(scope.head))
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
