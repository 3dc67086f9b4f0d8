"""Which namings of a sentence are one actor: appositions, "X is the leader of Y", "identified as", abbreviations in brackets."""

from __future__ import annotations

from itertools import pairwise

from dateline.find.actor_lexicon import ActorLexicon
from dateline.find.actor_naming import Naming, text_of
from dateline.find.actor_tables import cased_words
from dateline.language import Token

PERSONS = frozenset({"person", "office", "rank", "title"})
SUBJECTS = ("subject", "passive_subject")
SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "on", "to"})


def link(namings: list[Naming], by_head: dict[int, Naming], lexicon: ActorLexicon) -> None:
    """Join what brackets, apposition, "be", "identified as" and mere neighbourhood say is the same."""
    abbreviations = {
        naming.head.i
        for k, naming in enumerate(namings)
        if k and _joined_to_full_name(naming, namings[max(0, k - 6) : k], lexicon)
    }
    for naming in namings:
        head = naming.head
        for other in head.kids("apposition"):
            apposed = by_head.get(other.i)
            if apposed is not None and other.i not in abbreviations:
                _same(_titled(naming, apposed, by_head), apposed, lexicon)
        if head.relation == "attribute" and head.head.lemma in lexicon.classes["be"] and naming.kind == "description":
            subject = head.head.kid("subject")
            named = by_head.get(subject.i) if subject is not None else None
            if named is not None and not head.head.negated:
                _same(named, naming, lexicon)
        person = _run_together(naming, by_head) or _announced(naming, by_head)
        if person is not None:
            _same(person, naming, lexicon)
        if head.relation == "preposition_object" and head.head.lower == "as":
            identified = _identified(head.head, lexicon.classes["identify"])
            known = by_head.get(identified.i) if identified is not None else None
            if known is not None and known is not naming:
                _same(known, naming, lexicon)
    for before, after in pairwise(namings):
        if _explains(before, after):
            _same(after, before, lexicon)
        elif after.head.i not in abbreviations and _leads_to(before, after):
            _same(before, after, lexicon)
        elif _is_state(before, after):
            before.same_as.append(after.head)


def _joined_to_full_name(abbreviation: Naming, before: list[Naming], lexicon: ActorLexicon) -> bool:
    """Join an abbreviation in brackets to the name that it stands for; the name then is all that its letters stand for."""
    first = _spelt_out(abbreviation)
    if first is None:
        return False
    spelt = [naming for naming in before if first <= naming.head.i and naming.kind != "pronoun"]
    if not spelt:
        return False
    full = min(spelt, key=lambda naming: len(list(naming.head.ancestors())))
    tokens = full.head.sentence.tokens
    if full.kind == "name" and not full.entries and first <= full.first.i:
        start, end = first - tokens[0].i, abbreviation.first.i - tokens[0].i - 2
        full.name = text_of(tokens[start], tokens[end])
    _same(full, abbreviation, lexicon)
    return True


def _explains(before: Naming, after: Naming) -> bool:
    """Whether `after` stands in brackets and is what the letters of `before` stand for: "the CND [Council for …]"."""
    tokens = after.head.sentence.tokens
    k = after.first.i - tokens[0].i
    if before.kind != "name" or after.kind != "name" or k == 0 or tokens[k - 1].text not in ("(", "[", "-LRB-", "-LSB-"):
        return False
    return before.name.isupper() and before.name == "".join(word[0] for word in cased_words(after.name) if word[0].isupper())


def _titled(naming: Naming, apposed: Naming, by_head: dict[int, Naming]) -> Naming:
    """Who is meant where a person's name is apposed to the institution or town before it: "the mayor of Norville, Ole Berg"."""
    role = naming.roles[0] if naming.roles and naming.kind == "description" else None
    fitting = naming.sort not in ("state", "place", "group") and (
        role is None or role.kind not in ("body", "force", "people")
    )
    if apposed.sort != "person" or fitting:
        return naming
    above = naming.head.head.head if naming.head.relation == "preposition_object" else naming.head
    return by_head.get(above.i, naming)


def _run_together(naming: Naming, by_head: dict[int, Naming]) -> Naming | None:
    """The person that a title and its country run into: "President of Norland Ole Berg" parses as the president of Berg."""
    role = naming.roles[0] if naming.roles and naming.kind == "description" else None
    if role is None or role.kind not in ("office", "person", "relative"):
        return None
    for name, _, noun in naming.head.prepositions():
        person = by_head.get(noun.i)
        if name == "of" and person is not None and person.sort == "person" and person.first.i < noun.i:
            owners = [by_head.get(owner.i) for owner in person.owners if owner.i < noun.i]
            if any(owner is not None and owner.sort in ("state", "place", "group") for owner in owners):
                return person
    return None


def _announced(naming: Naming, by_head: dict[int, Naming]) -> Naming | None:
    """The one whom a description before a comma announces: "A former soldier, Berg condemned the raid", with two subjects as parsed."""
    head = naming.head
    if naming.kind != "description" or head.relation not in SUBJECTS:
        return None
    for other in head.head.kids(*SUBJECTS):
        person = by_head.get(other.i)
        if person is None or person.kind != "name" or other.i <= head.i:
            continue
        tokens, start = head.sentence.tokens, head.sentence.tokens[0].i
        between = tokens[head.i + 1 - start : person.first.i - start]
        if between and between[-1].text == "," and all(head in token.ancestors() for token in between[:-1]):
            return person
    return None


def _identified(preposition: Token, identify: frozenset[str]) -> Token | None:
    """Who is identified as the object of this "as": the object of "identify", or the noun that "identified" describes."""
    verb = preposition.head
    if verb.relation == "object" and verb.head.lemma in identify:
        return verb
    if verb.lemma not in identify:
        return None
    if verb.relation in ("noun_clause", "relative_clause"):
        return verb.head
    return verb.kid("object", "passive_subject")


def _spelt_out(abbreviation: Naming) -> int | None:
    """The index of the token at which the name begins that this abbreviation in brackets stands for, None where it is none.

    Its letters are the initials of the words before the bracket, small words left out or not; failing that, it stands for the
    name right before the bracket.
    """
    letters = abbreviation.name.replace(".", "").replace("-", "")
    tokens = abbreviation.head.sentence.tokens
    k = abbreviation.first.i - tokens[0].i
    if abbreviation.kind != "name" or not letters.isupper() or not 2 <= len(letters) <= 9 or k < 2:
        return None
    if tokens[k - 1].text not in ("(", "-LRB-"):
        return None
    left = len(letters) - 1
    for token in reversed(tokens[max(0, k - 16) : k - 1]):
        parts = cased_words(token.text)
        if left >= 0 and parts and parts[0][0].upper() == letters[left]:
            left -= 1
            if left < 0:
                return token.i
        elif parts and token.lower not in SMALL_WORDS and not token.text[0].isupper():
            break
    return tokens[k - 2].i


def _leads_to(before: Naming, after: Naming) -> bool:
    """Whether a description runs straight into the name that it describes: "the militant group X"."""
    if before.kind != "description" or after.kind != "name" or before.plural or before.last.i + 1 != after.first.i:
        return False
    role = before.roles[0] if before.roles else None
    if role is None or role.kind in ("force", "machine", "people") or after.sort in ("state", "place", "people"):
        return False
    return (after.sort == "person") == (role.kind in PERSONS) or after.sort is None or role.kind == "relative"


def _is_state(before: Naming, after: Naming) -> bool:
    """Whether a description of a state runs straight into its name: "our ally Norland", "its neighbour, Norland"."""
    if before.kind != "description" or before.plural or after.kind != "name" or after.sort != "state":
        return False
    if not before.roles or before.roles[0].kind != "abroad" or after.rule == "nationality":
        return False
    return before.last.i + 1 == after.first.i or after.head in before.head.kids("apposition")


def stands_for_clause(it: Token, empty: frozenset[str]) -> bool:
    """Whether an "it" only holds the place of a clause ("it is vital that") or of nothing ("it rained", "it seems")."""
    verb = it.head
    if it.relation == "expletive":
        return True
    if it.relation not in ("subject", "passive_subject"):
        return False
    if verb.lemma in empty and verb.kids("complement", "open_complement", "clausal_subject", "adverbial_clause"):
        return True
    if verb.lemma == "be" and any(_set_apart(kid) for kid in verb.kids("attribute")):
        return True
    if verb.lemma == "be" or verb.passive:
        return bool(verb.kids("complement", "open_complement", "clausal_subject")) or any(
            kid.kids("complement", "open_complement") for kid in verb.kids("adjective_complement", "attribute")
        )
    return False


def _set_apart(noun: Token) -> bool:
    """Whether "it was" sets a definite noun apart from the clause that tells of it: "it was the army's raid that began it"."""
    definite = noun.pos == "PROPN" or noun.kids("possessive") or any(kid.lower == "the" for kid in noun.kids("determiner"))
    inner = [noun, *(other for _, _, other in noun.prepositions())]
    return bool(definite) and any(kid.relation == "relative_clause" for token in inner for kid in token.children)


def _same(named: Naming, also: Naming, lexicon: ActorLexicon) -> None:
    """Note that two namings of a sentence are one actor; the description gives its roles and owners to the name."""
    if named.kind == "pronoun":
        also.same_as.append(named.head)
        return
    institution = ("body", "force", "machine")
    if {named.sort, also.sort} == {"person", "group"} and named.kind == also.kind == "name":
        return
    for one, other in ((named, also), (also, named)):
        if one.sort == "person" and other.kind == "description" and other.roles and other.roles[0].kind in institution:
            return  # a person is no ministry
    if named.sort in ("state", "place") and also.kind == "name" and also.sort in ("state", "place", None):
        return  # "Goma, North Kivu" are two places
    if named.sort == "people" or (named.rule == "people" and also.kind == "name"):
        named, also = also, named
    if also.sort == "people" or also.rule == "people":  # "John Smith, an Australian,"
        if also.plural:
            return  # "its partners, above all the Turks"
        named.nationalities += tuple(entry.country for entry in also.entries if entry.country)
        also.same_as.append(named.head)
        return
    if also.sort in ("state", "place"):
        named.places.append(also.head)
        return
    if named.kind == "description" and also.kind == "name":
        named, also = also, named
    also.same_as.append(named.head)
    if also.kind == "description" and not (also.former and named.roles):
        named.roles.extend(also.roles)
        named.owners.extend(owner for owner in also.owners if owner is not named.head)
        named.places.extend(also.places)
        if also.roles:
            named.modifiers += also.modifiers
        named.former = named.former or also.former
        named.gender = named.gender or also.gender
        unsure = named.sort is None or (named.sort in ("group", "place") and named.rule == "proper noun")
        role = also.roles[0] if also.roles else None
        if role is not None and unsure and (role.kind in PERSONS or (lexicon.personal(role) and not also.plural)):
            named.sort = "person"  # whatever the parser took the name for
