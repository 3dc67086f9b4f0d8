"""The grammar of headlines, which parsers trained on whole sentences misread: "Two killed in blast" leaves out "were".

A headline tells what is going on in the present tense, so that a past form in it that has no object is a passive without its auxiliary
(Mårdh, "Headlinese", 1980).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from itertools import pairwise

from dateline.language.tree import Sentence, Token

LONGEST = 20  # words; what is longer and ends without a full stop is a sentence that lost it
ENDS = frozenset({".", "!", "?", ":", ";", "…", "..."})
TOPIC = 5  # words, colon included
PAST = frozenset({"VBD", "VBN"})
OWN = ("object", "auxiliary", "passive_auxiliary", "complement", "open_complement", "attribute", "adjective_complement")
"""What a verb has that is no reduced passive."""
PARTICIPLES = frozenset(
    {
        "beaten", "bought", "broken", "brought", "built", "burnt", "caught", "cut", "driven", "drowned", "fed", "found", "frozen", "given",
        "held", "hidden", "hit", "hung", "hurt", "kept", "laid", "lost", "made", "overthrown", "paid", "put", "seen", "sent", "set", "shot",
        "shut", "slain", "sold", "stolen", "struck", "taken", "thrown", "told", "torn", "withdrawn",
    }
)  # fmt: skip
"""Participles that don't end in "ed"; "fell" and "withdrew" are none."""
ACTIVE = frozenset(
    {
        "agree", "appear", "apologise", "apologize", "arrive", "clash", "collapse", "collide", "crash", "decline", "die", "disappear",
        "emerge", "erupt", "escape", "expire", "explode", "fail", "falter", "flare", "happen", "intensify", "jump", "last", "march",
        "mutiny", "occur", "pledge", "plunge", "protest", "rally", "react", "rebel", "remain", "resign", "respond", "resume", "retreat",
        "return", "riot", "soar", "stay", "surge", "surrender", "survive", "vanish", "vote", "vow",
    }
)  # fmt: skip
"""Verbs whose past form in "ed" is no passive, or seldom one."""


def read_headlines(sentences: Iterable[Sentence]) -> None:
    """Mend in place the sentences that are headlines."""
    lines: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        if sentence.tokens:
            lines.setdefault(sentence.paragraph, []).append(sentence)
    headlines = [line for line in lines.values() if is_headline(line)]
    if headlines:
        common = {t.text for line in lines.values() for s in line for t in s.tokens if t.pos == "NOUN"}
        for line in headlines:
            _take_for_common(line[0].tokens, common)
            for sentence in line:
                for root in sentence.roots:
                    _read(root)
                    _go_on_behind_comma(root)
                _set_topic_apart(sentence)
                _join_by_comma(sentence)


def is_headline(line: Sequence[Sentence]) -> bool:
    """Whether a paragraph is a headline: short, in no quotation marks, without a full stop."""
    words = sum(len(sentence.tokens) for sentence in line)
    first, last = line[0].tokens[0].text, line[-1].tokens[-1].text
    ended = last in ENDS or first[0].islower()
    return words <= LONGEST and not ended and all(sentence.quotation is None for sentence in line)


def _take_for_common(tokens: Sequence[Token], common: Set[str]) -> None:
    """A first word that the article has in lower case as well is no name: "*Hospital* stormed", where a hospital is told of below."""
    first = tokens[0]
    if first.pos == "PROPN" and first.lower in common and not (len(tokens) > 1 and tokens[1].pos == "PROPN"):
        first.pos, first.tag, first.ent, first.lemma = "NOUN", "NN" if first.tag == "NNP" else "NNS", "", first.lower


def _read(root: Token) -> None:
    if root.tag in PAST:
        verb, noun = root, root.kid("subject")
    else:
        verb = next((kid for kid in root.kids("noun_clause") if kid.tag in PAST and kid.i > root.i), root)
        noun = root
    if noun is None or verb is noun or verb.i < noun.i or not _reduced(verb):
        return
    if noun is root:
        _turn(noun, verb)
    noun.relation, verb.tag = "passive_subject", "VBN"
    for other in verb.kids("conjunct"):  # "shot and wounded"
        if other.tag in PAST and _reduced(other) and other.kid("subject", "passive_subject") is None:
            other.tag = "VBN"


def _reduced(verb: Token) -> bool:
    participle = verb.lower in PARTICIPLES or (verb.lower.endswith("ed") and verb.lemma not in ACTIVE)
    return participle and verb.pos == "VERB" and not verb.kids(*OWN)


def _set_topic_apart(sentence: Sentence) -> None:
    """What stands before a colon is what the line is about, and plays no part in the clause: "*Norland*: Rebels free 12"."""
    for before, colon in pairwise(sentence.tokens[:TOPIC]):
        if colon.text == ":" and before.relation in ("subject", "passive_subject") and before.head.i > colon.i:
            before.relation = "other"


def _go_on_behind_comma(root: Token) -> None:
    """A comma joins two verbs of one subject: "Norland's premier *visits* Sudria, *urges* reform"."""
    first = root.kid("subject")
    if first is None or first.tag != "VBZ" or root.tag != "VBZ" or first.kid("subject") is None:
        return
    root.children.remove(first)
    first.head, first.relation = first, "root"
    root.head, root.relation = first, "conjunct"
    first.children.append(root)
    doer = first.kids("subject")[0]
    if doer.i == root.sentence.tokens[0].i and doer.pos == "VERB" and doer.text.istitle():
        doer.pos, doer.tag, doer.lemma = "PROPN", "NNP", doer.text


def _join_by_comma(sentence: Sentence) -> None:
    """A comma joins two subjects: "*Norland*, Sudrian rebels sign truce"."""
    tokens = sentence.tokens
    if len(tokens) < 4 or tokens[1].text != "," or tokens[0].pos != "PROPN":
        return
    first, verb = tokens[0], tokens[0].head
    second = verb.kid("subject")
    apart = first.relation in ("adverbial_noun", "other") and verb.tag in ("VBP", "VB") and not first.children
    if apart and second is not None and first.i < second.i < verb.i:
        verb.children.remove(first)
        first.head, first.relation = second, "conjunct"
        second.children.insert(0, first)


def _turn(noun: Token, verb: Token) -> None:
    """Let the verb that hangs on a noun be what the noun hangs on; what stands behind the verb goes with it."""
    verb.head, verb.relation = verb, "root"
    behind = [kid for kid in noun.children if kid.i > verb.i]
    noun.children = [kid for kid in noun.children if kid is not verb and kid.i < verb.i]
    noun.head = verb
    for kid in behind:
        kid.head = verb
    verb.children = sorted([noun, *verb.children, *behind], key=lambda kid: kid.i)
