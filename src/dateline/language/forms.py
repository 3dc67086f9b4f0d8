"""Part of speech and lemma of words, as spaCy's attribute ruler and lemmatiser give them, each asked once for each kind of word.

What the two say of a word depends on the word, its tag and its relation alone, save for a few rules over two words ("gon na"). Those
are looked for in every text with a word that one of them may begin with; the rest is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

PREFIXES = frozenset({"co", "de", "re"})
MOST_FORMS = 50_000  # words with tag and relation that are kept, about 20 MB
OF_ONE_WORD = frozenset({"ORTH", "TEXT", "LOWER", "TAG", "DEP", "IS_SPACE"})
"""What the ruler's rules may look at, in a word alone or in the first of several, if what they say is to be kept by word, tag and
relation."""


class Form(NamedTuple):
    """What is the same of a word wherever it stands with this tag and in this relation."""

    text: str
    lemma: str
    pos: str
    tag: str
    dep: str


class Forms:
    """The forms of the words of a pipeline that ends with an attribute ruler and a lemmatiser, which it takes out of the pipeline."""

    def __init__(self, nlp: Any) -> None:
        from spacy.matcher import Matcher

        self._ruler: Any = nlp.get_pipe("attribute_ruler")
        self._lemmatizer: Any = nlp.get_pipe("lemmatizer")
        known_lemmas = self._lemmatizer.lookups.get_table("lemma_index", {})
        for pos, lemmas in known_lemmas.items():
            known_lemmas[pos] = set(lemmas)  # of lists, spaCy looks through all for each word
        self._verbs: set[str] = known_lemmas.get("verb", set())
        for name in ("attribute_ruler", "lemmatizer"):
            nlp.disable_pipe(name)
        self._strings = nlp.vocab.strings
        self._single, self._several, self._first = (Matcher(nlp.vocab) for _ in range(3))
        rules: list[dict[str, Any]] = self._ruler.patterns
        for number, rule in enumerate(rules):
            for pattern in rule["patterns"]:
                (self._single if len(pattern) == 1 else self._several).add(str(number), [pattern])
                if len(pattern) > 1:
                    self._first.add(str(number), [pattern[:1]])
        self._known: dict[int, Form] = {}
        self._beginning: set[int] = set()
        """Those of the known that a rule over several words may begin with."""

    @staticmethod
    def suit(nlp: Any) -> bool:
        """Whether a pipeline's forms can be kept: spaCy's own ruler and rule lemmatiser, and rules that look at nothing else."""
        from spacy.pipeline import AttributeRuler, Lemmatizer

        names = nlp.pipe_names
        if "attribute_ruler" not in names or "lemmatizer" not in names or "parser" not in names:
            return False
        ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
        rules: Any = ruler.patterns if type(ruler) is AttributeRuler else []
        in_order = names.index("parser") < names.index("attribute_ruler") < names.index("lemmatizer")
        return (
            in_order
            and type(ruler) is AttributeRuler
            and isinstance(lemmatizer, Lemmatizer)
            and lemmatizer.mode == "rule"
            and not lemmatizer.overwrite
            and all(key in OF_ONE_WORD for rule in rules for pattern in rule["patterns"] for key in pattern[0])
        )

    def of(self, docs: Sequence[Any], keys: Sequence[int]) -> list[Form]:
        """The form of each word of some documents; `keys` are hashes of their words, tags and relations."""
        if len(self._known) > MOST_FORMS:
            self._known.clear()
            self._beginning.clear()
        try:
            found = [self._known[key] for key in keys]
        except KeyError:
            self._ask(docs, keys)
            found = [self._known[key] for key in keys]
        if not self._beginning.isdisjoint(keys):
            start = 0
            for doc in docs:
                if not self._beginning.isdisjoint(keys[start : start + len(doc)]):
                    for i, rules in self._matched(doc).items():
                        found[start + i] = self._asked(doc, i, rules)
                start += len(doc)
        return found

    def _ask(self, docs: Sequence[Any], keys: Sequence[int]) -> None:
        """Get to know the forms that are not known yet."""
        words = ((doc, i) for doc in docs for i in range(len(doc)))
        for key, (doc, i) in zip(keys, words, strict=True):
            if key not in self._known:
                self._known[key] = self._asked(doc, i, ())
                if self._first(doc[i : i + 1], allow_missing=True):
                    self._beginning.add(key)

    def _matched(self, doc: Any) -> dict[int, list[int]]:
        """The rules over several words that hold in a document, by the word that each says something of."""
        matched: dict[int, list[int]] = {}
        for match, start, end in self._several(doc, allow_missing=True):
            rule = int(self._strings[match])
            index = self._ruler.indices[rule]
            matched.setdefault(start + index if index >= 0 else end + index, []).append(rule)
        return matched

    def _asked(self, doc: Any, i: int, several: Iterable[int]) -> Form:
        """What ruler and lemmatiser say of one word, for which these rules of several words hold."""
        single = (int(self._strings[match]) for match, _, _ in self._single(doc[i : i + 1], allow_missing=True))
        matches = []
        for rule in sorted({*single, *several}):  # the ruler's later rules go before its earlier ones
            index = self._ruler.indices[rule]
            matches.append((rule, 0, i - index, i + 1) if index >= 0 else (rule, 0, i, i - index))
        word = doc[i]
        word.lemma = 0
        self._ruler.set_annotations(doc, matches)
        if word.lemma == 0:
            word.lemma_ = self._chosen(self._lemmatizer.lemmatize(word), word.pos_)
        return Form(word.text, word.lemma_, word.pos_, word.tag_, word.dep_)

    def _chosen(self, lemmas: Sequence[str], pos: str) -> str:
        """The first of the lemmas that a word may have; of a verb with a prefix that is in no list, one whose rest is in the list."""
        known = self._verbs
        if pos != "VERB" or len(lemmas) < 2 or lemmas[0] in known:
            return lemmas[0]
        return next((lemma for lemma in lemmas if lemma[2:] in known and lemma[:2] in PREFIXES), lemmas[0])
