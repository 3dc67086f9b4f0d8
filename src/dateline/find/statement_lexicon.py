"""The words of reporting, loaded from `lexicon/en/speech`: verbs, nouns, adjectives and prepositions with stance and content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.language import Token
from dateline.rules.loader import LexiconError, Rule, RuleFile, load_one

STANCES = frozenset(
    "says claims denies doubts confirms admits warns threatens promises demands asks accuses announces reports finds predicts "
    "believes describes favours".split()
)


@dataclass(frozen=True, slots=True)
class Reporting:
    """One reporting word in one meaning: its stance, and the places where what was said may stand, in order."""

    rule: str
    stance: str
    content: tuple[str, ...]
    barred: frozenset[str] = frozenset()
    """Lemmas that head no content of it ("lives" in "claimed lives")."""
    somebody: bool = False
    """Whether it reports only where its subject is known to be able to speak ("the figures suggest" is no report)."""
    things: bool = False
    """Whether somebody who can speak is no content of it ("citing officials" names a source)."""
    quoted: bool = False
    """Whether only quoted words are a report of it: "described the raid as “a disgrace”"."""
    loose: bool = False
    """Whether what follows it is a report even where the parser saw no clause."""
    rest: tuple[str, ...] = ()
    """Words that must hang below the verb for it to report ("out" of "point out", "clear" of "make clear")."""


class SpeechLexicon:
    """All reporting words, by lemma."""

    def __init__(self, lexicons: Sequence[Path] = ()) -> None:
        verbs = load_one("speech/verbs.toml", lexicons)
        forms = load_one("speech/forms.toml", lexicons)
        self.verbs: dict[str, list[Reporting]] = {}
        for rule in verbs.rules:
            for words in verbs.expand(rule.strings("verbs")):
                lemma, *rest = words.split()
                self.verbs.setdefault(lemma, []).append(
                    Reporting(
                        rule.name,
                        _stance(rule),
                        rule.strings("content"),
                        frozenset(verbs.expand(rule.strings("barred"))),
                        bool(rule.data.get("somebody", False)),
                        bool(rule.data.get("things", False)),
                        bool(rule.data.get("quoted", False)),
                        bool(rule.data.get("loose", False)),
                        tuple(rest),
                    )
                )
        self.asides: dict[str, list[Reporting]] = {}
        self.nouns: dict[str, Reporting] = {}
        self.adjectives: dict[str, Reporting] = {}
        self.sources: dict[str, Reporting] = {}
        self.citing: frozenset[str] = frozenset()
        for rule in forms.rules:
            match rule.kind:
                case "noun":
                    for noun in forms.expand(rule.strings("nouns")):
                        self.nouns[noun] = Reporting(rule.name, _stance(rule), rule.strings("content") or ("clause",))
                case "adjective":
                    for adjective in forms.expand(rule.strings("adjectives")):
                        self.adjectives[adjective] = Reporting(rule.name, _stance(rule), ("clause",))
                case "source":
                    for words in forms.expand(rule.strings("words")):
                        self.sources[words.lower()] = Reporting(rule.name, _stance(rule), ("around",))
                case "citing":
                    self.citing |= frozenset(forms.expand(rule.strings("words")))
                case "aside":
                    for words in forms.expand(rule.strings("verbs")):
                        lemma, *rest = words.split()
                        self.asides.setdefault(lemma, []).append(
                            Reporting(rule.name, _stance(rule), ("around",), rest=tuple(rest))
                        )
                case _:
                    raise LexiconError(f"{rule.source}: [[{rule.kind}]] is no form of report")
        self.texts = _words(forms, "texts")
        self.people = _words(forms, "people")
        self.speaking = self.people | self.texts
        """What words for people and for what they put out have in common: they can be said to speak."""
        self.issuing = {verb: frozenset(nouns) for verb, nouns in forms.settings["issuing"].items()}
        self.naming = _words(forms, "naming")
        self.leading = _words(forms, "leading")
        self.light = _words(forms, "light")
        self.channels = _words(forms, "channels")

    def of_verb(self, token: Token) -> tuple[Reporting, ...]:
        """The meanings in which this verb may report here, the ones with more words first."""
        return self._fitting(self.verbs, token)

    def aside(self, token: Token) -> Reporting | None:
        """The meaning of a verb in an aside ("as the mayor put it")."""
        found = self._fitting(self.asides, token)
        return found[0] if found else None

    @staticmethod
    def _fitting(entries: dict[str, list[Reporting]], token: Token) -> tuple[Reporting, ...]:
        candidates = entries.get(token.lemma.lower(), ())
        if not candidates:
            return ()
        below = {kid.lower for kid in token.children if kid.i > token.i}
        fits = [r for r in candidates if all(word in below for word in r.rest)]
        longest = max((len(r.rest) for r in fits), default=0)
        return tuple(r for r in fits if len(r.rest) == longest)


def _stance(rule: Rule) -> str:
    stance = rule.data.get("stance")
    if stance not in STANCES:
        raise LexiconError(f"{rule.source}: the rule {rule.name!r} has no stance that is known: {stance!r}")
    return str(stance)


def _words(file: RuleFile, key: str) -> frozenset[str]:
    return frozenset(file.expand(file.settings[key]))
