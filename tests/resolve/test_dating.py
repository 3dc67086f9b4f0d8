"""Which time dates which act: by syntax, by the same act told before, deadlines, and the day of a statement."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dateline.find.quotations import QuotationStage
from dateline.find.times import TimeStage
from dateline.find.weighing import Weigher, load_weighers
from dateline.language import Document, LanguageStage, SpacyParser
from dateline.model import Act, Actor, Article, Days, EventType, Status
from dateline.reader import Reader
from dateline.reading import Facts, run_stage
from dateline.resolve.calendar import CalendarStage
from dateline.resolve.dating import WEIGHTS, Dating
from dateline.rules.loader import bundled

ON = date(2019, 5, 16)  # a Thursday
Read = Callable[..., tuple[Dating, Document, str]]


@pytest.fixture(scope="session")
def read(parser: SpacyParser) -> Read:
    stages = (QuotationStage(), LanguageStage(parser), TimeStage(), CalendarStage())

    def read(text: str, weigher: Weigher | None = None, on: date | None = ON) -> tuple[Dating, Document, str]:
        facts = Facts()
        for stage in stages:
            run_stage(stage, Article(id="test", text=text, published=on), facts)
        return Dating(facts.one(Document), facts, weigher), facts.one(Document), text

    return read


def act(document: Document, text: str, words: str, type: EventType = "ASSAULT", number: int = 0) -> Act:
    start = -1
    for _ in range(number + 1):
        start = text.index(words, start + 1)
    head = document.head_of(start, start + len(words))
    assert head is not None
    matched = tuple(token.i for token in document.within(start, start + len(words)))
    return Act(start=start, end=start + len(words), token=head.i, matched=matched, type=type, mode=None, sense="test")


def when(read: Read, text: str, words: str, status: Status = "actual") -> str | None:
    dating, document, _ = read(text)
    days, evidence = dating.when(act(document, text, words), status)
    if days is None:
        return None
    assert evidence is not None
    assert evidence.field == "when"
    return str(days.first) if days.first == days.last else f"{days.first}..{days.last}"


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("Rebels shelled the port on Tuesday.", "shelled", "2019-05-14"),
        ("Week of war\n\n3 May, Karsa. Rebels shelled the port. Two men were shot.", "shelled", "2019-05-03"),
        ("Guards have killed sixty men this year.", "killed", "2019-01-01..2019-05-16"),
        ("Tuesday's attack killed four men.", "attack", "2019-05-14"),
        ("The attack took place on Tuesday.", "attack", "2019-05-14"),
        ("The raid, which happened on Tuesday, killed four men.", "raid", "2019-05-14"),
        ("A court issued an order dated May 2.", "order", "2019-05-02"),
        ("Guards closed and searched the depot in April.", "closed", "2019-04-01..2019-04-30"),
        ("On Tuesday, rebels shelled the port and burnt two ships.", "burnt", "2019-05-14"),
        ("At Tuesday's meeting the council condemned the raid.", "condemned", "2019-05-14"),
        ("Police have arrested hundreds since marches began in March.", "arrested", "2019-03-01..2019-05-16"),
        ("Since May 1 rebels have seized ten villages.", "seized", "2019-05-01..2019-05-16"),
        ("After his trial last year, the general fled.", "trial", "2018-01-01..2018-12-31"),
        ("Four men died in an attack on the port on Tuesday.", "attack", "2019-05-14"),
        ("Parliament voted to lift the curfew on Tuesday.", "voted", "2019-05-14"),
        ("On Tuesday rebels left the port and the army took it.", "took", "2019-05-14"),
        ("The union spoke of the ban, which went into effect on Tuesday.", "ban", "2019-05-14"),
        ("Rebels have besieged the port for two years.", "besieged", "2017-05-16..2019-05-16"),
        ("Rebels besieged the port for two years.", "besieged", None),
        ("Rebels took the port on May 2. Guards have since killed ten men.", "killed", "2019-05-02..2019-05-16"),
        ("Rebels took the port on May 2. Guards have since fled and killed ten men.", "killed", "2019-05-02..2019-05-16"),
        ("Rebels took the port on May 2. Guards have killed ten men since a truce.", "killed", None),
        ("Shells have killed ten men since the raid on Tuesday.", "raid", "2019-05-14"),
        ("Shells have killed ten men since the raid on Tuesday.", "killed", "2019-05-14..2019-05-16"),
        ("Shells have killed ten men since fighting resumed on Tuesday.", "fighting", "2019-05-14"),
        ("Crowds marched on the port after Friday prayers last week.", "marched", "2019-05-10"),
        ("Crowds marched on the port last week.", "marched", "2019-05-06..2019-05-12"),
        ("The meeting follows a clash on May 2.", "clash", "2019-05-02"),
        ("The meeting follows a clash on May 2.", "meeting", None),
        ("The envoy met rebels on Tuesday and has freed ten men.", "freed", None),
        ("The raids of the 23 March Movement go on.", "raids", None),
        ("Shells killed ten men over the previous 24 hours.", "killed", "2019-05-15..2019-05-16"),
        ("Guards patrol and shoot at night.", "shoot", None),
        ("The union spoke of the ban, which came into force on Tuesday.", "ban", "2019-05-14"),
        ("Donors meeting in Oslo on Tuesday pledged aid.", "pledged", "2019-05-14"),
        ("Mayors fought the curfew that the governor imposed last Friday.", "curfew", "2019-05-10"),
        ("On Tuesday an aid worker, identified only as Ivo, was shot and taken to a clinic.", "shot", "2019-05-14"),
    ],
)
def test_the_clause_tells_when(read: Read, text: str, words: str, days: str | None) -> None:
    assert when(read, text, words) == days


def test_a_report_tells_on_the_day_of_what_happened(read: Read) -> None:
    text = "Guards shot four men in a raid on the port, a doctor said on Tuesday."
    assert when(read, text, "shot") == "2019-05-14"
    assert when(read, text, "raid") == "2019-05-14"
    assert when(read, "Guards have shot four men, a doctor said on Tuesday.", "shot") is None
    assert when(read, "A doctor said on Tuesday that guards would free four men.", "free", "future") is None


@pytest.mark.parametrize(
    ("text", "words", "status"),
    [
        ("The minister denied on Tuesday that rebels shelled the port.", "shelled", "actual"),
        ("The council asked the rebels on Tuesday to leave.", "leave", "demanded"),
        ("Officials announced the withdrawal on Tuesday.", "withdrawal", "future"),
        ("On Tuesday aircraft destroyed the tanks captured near the port.", "captured", "actual"),
        ("On Tuesday the court tried the man who had shot the mayor.", "shot", "actual"),
        ("Police held a man on Tuesday for the attack on the port.", "attack", "actual"),
        ("The mayor left on Tuesday after the raid.", "raid", "actual"),
        ("After a raid on the port the mayor was held on Tuesday.", "raid", "actual"),
        ("The mayor praised the man who planned the raid that he led on Tuesday.", "praised", "actual"),
        ("Rebels shelled the port.", "shelled", "actual"),
    ],
)
def test_times_of_something_else_are_left(read: Read, text: str, words: str, status: Status) -> None:
    assert when(read, text, words, status) is None


def test_what_is_planned_takes_a_time_of_its_own(read: Read) -> None:
    assert when(read, "The leaders will meet on Monday.", "meet", "future") == "2019-05-20"
    assert when(read, "A vote will be held on Monday.", "vote", "future") == "2019-05-20"
    assert when(read, "They are due to vote on the request on Monday.", "vote", "future") == "2019-05-20"
    assert when(read, "The navy will hold drills until May 20.", "drills", "future") == "2019-05-16..2019-05-20"
    assert when(read, "The yearly meeting is set to open tomorrow.", "meeting", "future") == "2019-05-17"


def test_when_a_plan_was_told_of_is_not_when_it_is_done(read: Read) -> None:
    text = "The speaker told of the coming vote in a note earlier this week."
    assert when(read, text, "vote", "future") is None
    assert when(read, "The vote will be held later this week.", "vote", "future") is not None


def test_what_is_done_at_a_dated_gathering_may_take_its_day(read: Read) -> None:
    text = "The council held a hearing on May 6.\n\nThe mayor is sixty. He apologised during the hearing."
    dating, document, _ = read(text)
    question = dating.question(act(document, text, "apologised", "CONCEDE"), "actual")
    found = [choice.days for choice in question.choices if "its scene has a day" in choice.clues]
    assert found == [Days(date(2019, 5, 6), date(2019, 5, 6))]


def test_an_act_told_later_with_its_day_may_lend_it(read: Read) -> None:
    text = "Rebels have raided the port.\n\nThe mayor is sixty. Rebels raided the port on May 6."
    dating, document, _ = read(text)
    first, later = act(document, text, "raided"), act(document, text, "raided", number=1)
    alone, with_later = dating.question(first, "actual"), dating.question(first, "actual", (), [later])
    lent = [clue for choice in with_later.choices for clue in choice.clues if clue == "same word told later"]
    assert len(lent) == 1
    assert not any("told later" in clue for choice in alone.choices for clue in choice.clues)


def test_the_act_above_may_lend_its_day(read: Read) -> None:
    text = "Rebels raided the port, killing ten men."
    dating, document, _ = read(text)
    raided, day = act(document, text, "raided"), Days(date(2019, 5, 6), date(2019, 5, 6))
    question = dating.question(act(document, text, "killing"), "actual", [(raided, day)])
    assert "the act above" in next(choice for choice in question.choices if choice.days == day).clues


@pytest.mark.parametrize(
    ("text", "words", "by_saying"),
    [
        ("We urge both sides to leave the port.", "urge", True),
        ("We urged both sides to leave the port.", "urged", False),
        ("They urge both sides to leave the port.", "urge", False),
    ],
)
def test_what_is_done_by_saying_so(read: Read, text: str, words: str, by_saying: bool) -> None:
    dating, document, _ = read(text)
    question = dating.question(act(document, text, words, "REQUEST"), "actual")
    today = next(choice for choice in question.choices if choice.days == Days(ON, ON))
    assert ("the article's day & done by saying so" in today.clues) == by_saying


def test_the_same_who_are_known_by_name_or_by_country_and_sector(read: Read) -> None:
    text = "Rebels raided the port.\n\nThe mayor is sixty. Rebels raided the town."
    dating, document, _ = read(text)
    first, second = act(document, text, "raided"), act(document, text, "raided", number=1)
    dating.cast(first, [Actor("Norland army", "NOR", "MIL")], [Actor("mayor")])
    dating.cast(second, [Actor("soldiers", "NOR", "MIL")], [Actor("guards")])
    question = dating.question(second, "actual", [(first, Days(ON, ON))])
    clues = {clue for choice in question.choices for clue in choice.clues}
    assert "same word & the same actors, other recipients" in clues


def test_a_word_told_elsewhere_with_its_day_may_lend_it(read: Read) -> None:
    text = "The raid killed four men.\n\nRebels raided the port on Tuesday."
    dating, document, _ = read(text)
    question = dating.question(act(document, text, "raid"), "actual")
    found = [choice.days for choice in question.choices if "the word has a day after" in choice.clues]
    assert found == [Days(date(2019, 5, 14), date(2019, 5, 14))]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Police on Wednesday arrested two men over the killing on Sunday of a farmer.", ["2019-05-15", "2019-05-12"]),
        ("The governor on Tuesday condemned the killing of two nurses on Sunday.", ["2019-05-14", "2019-05-12"]),
        ("The attack on Monday killed six farmers.", ["2019-05-13"]),
        ("Police arrested two men on Wednesday.", ["2019-05-15"]),
    ],
)
def test_a_day_between_who_acts_and_what_is_done_dates_what_is_done(parser: SpacyParser, text: str, days: list[str]) -> None:
    reading = Reader(parser=parser, weighers={}).read(Article(id="test", text=text, published=ON))
    assert [str(event.when.first) for event in reading.events if event.when is not None] == days


@pytest.mark.parametrize(
    ("text", "word", "days"),
    [
        ("Norland launched an offensive on Sunday, three days after a bombing in Karsa killed six people.", "bombing", "2019-05-09"),
        ("The court dissolved the council on Tuesday, a day after lawmakers opened a hearing against it.", "hearing", "2019-05-13"),
        ("Rebels shelled the port on Monday, three days after the army stormed their base.", "stormed", "2019-05-10"),
    ],
)  # fmt: skip
def test_a_stretch_from_what_a_verb_tells_of(parser: SpacyParser, text: str, word: str, days: str) -> None:
    reading = Reader(parser=parser, weighers={}).read(Article(id="test", text=text, published=ON))
    assert [str(e.when.first) for e in reading.events if e.trigger == word and e.when is not None] == [days]


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("Rebels killed 30 people, more than twice as many as in May.", "killed", None),
        ("Rebels killed 30 people, 2.5% more than in May.", "killed", None),
        ("Rebels killed 30 people this year, up from 12 in 2017.", "killed", "2019-01-01..2019-05-16"),
        ("The raid killed 12 people, against 30 in May.", "killed", None),
        ("It was the worst attack since rebels killed 12 people in May.", "attack", None),
        ("Rebels killed more than 30 people in May.", "killed", "2019-05-01..2019-05-16"),
    ],
)
def test_what_is_compared_with_dates_nothing(read: Read, text: str, words: str, days: str | None) -> None:
    assert when(read, text, words) == days


@pytest.fixture(scope="session")
def weigher() -> Weigher:
    return load_weighers(bundled(WEIGHTS))["date"]


def test_what_has_gone_on_since_a_day_ends_on_no_known_day(read: Read) -> None:
    text = "Guards have killed sixty men since 2012."
    dating, document, _ = read(text, None, None)
    assert dating.when(act(document, text, "killed"))[0] is None


def test_the_same_act_has_the_same_day(parser: SpacyParser) -> None:
    text = "Rebels attacked the port on Tuesday.\n\nThe harbour is old.\n\nThe attack killed four men."
    found = Reader(parser=parser).read(Article("a", text, published=date(2019, 5, 15))).events
    assert [event.when for event in found] == [Days(date(2019, 5, 14), date(2019, 5, 14))] * 2
    assert any("same word" in evidence.why for evidence in found[1].evidence if evidence.field == "when")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The governor, who was elected in 2017, condemned the raid.", "condemned"),
        ("Tal Orin, who has led the party since 2016, rejected the offer.", "rejected"),
        ("The envoy stressed the worth of the accord of 3 May 2018.", "stressed"),
    ],
)
def test_a_time_of_another_that_the_sentence_tells_of_dates_nothing_else(
    read: Read, weigher: Weigher, text: str, words: str
) -> None:
    dating, document, _ = read(text, weigher)
    assert dating.when(act(document, text, words, "ACCUSE")) == (None, None)


def test_what_is_not_told_is_not_dated_without_the_articles_day(read: Read, weigher: Weigher) -> None:
    text = "Rebels attacked the port on Tuesday. The council condemned the attack."
    dating, document, _ = read(text, weigher, None)
    assert dating.when(act(document, text, "attacked"))[0] is None
    assert dating.when(act(document, text, "condemned", "ACCUSE"))[0] is None


@pytest.mark.parametrize(
    ("text", "first", "second", "day"),
    [
        ("Rebels shelled the port on Tuesday. The army left two days after the shelling.", "shelled", "left", "2019-05-16"),
        ("The general fled on May 7. He fled a day after an attack on his house.", "fled", "attack", "2019-05-06"),
        (
            "Rebels shelled the port on Tuesday. They were caught ten minutes after the shelling.",
            "shelled",
            "caught",
            "2019-05-14",
        ),
        (
            "The army left on May 7. Rebels took it on Tuesday, a day after shelling its gates.",
            "left",
            "shelling",
            "2019-05-13",
        ),
        (
            "The tower fell. A few hours before it fell on Tuesday, rebels shelled the port.",
            "fell on",
            "shelled",
            "2019-05-14",
        ),
        ("The army left on May 7. Rebels took the town two days after the army left it.", "left", "took", "2019-05-09"),
    ],
)
def test_a_stretch_before_or_after_another_act(read: Read, text: str, first: str, second: str, day: str) -> None:
    dating, document, _ = read(text)
    known = act(document, text, first)
    days, _ = dating.when(known)
    assert days is not None
    found, evidence = dating.when(act(document, text, second), "actual", [(known, days)])
    assert found == Days(date.fromisoformat(day), date.fromisoformat(day))
    assert evidence is not None


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("All troops will leave the valley by September 11.", "leave", "2019-09-11"),
        (
            "The army is days away from completing its withdrawal, ahead of the September 11 deadline.",
            "withdrawal",
            "2019-09-11",
        ),
        ("The junta gave the rebels until June 1 to disarm.", "disarm", "2019-06-01"),
        ("The rebels must leave the town before June 1.", "leave", "2019-06-01"),
        ("The junta gave the rebels three days to disarm.", "disarm", "2019-05-19"),
        ("The ministry must draw up a plan within two weeks.", "draw", "2019-05-30"),
        ("They are to disarm by the end of the year.", "disarm", None),
    ],
)
def test_deadlines(read: Read, text: str, words: str, day: str | None) -> None:
    dating, document, _ = read(text)
    found, evidence = dating.deadline(act(document, text, words, "RETREAT"), "demanded")
    if day is not None:
        assert found == date.fromisoformat(day)
        assert evidence is not None
        assert evidence.field == "deadline"


def test_what_has_happened_has_no_deadline(read: Read) -> None:
    text = "All troops left the valley by May 1."
    dating, document, _ = read(text)
    assert dating.deadline(act(document, text, "left", "RETREAT"), "actual") == (None, None)


def test_a_statement_has_the_day_of_its_verb(read: Read) -> None:
    dating, document, text = read("The minister said on Tuesday that rebels shelled the port on Monday.")
    cue = document.at(text.index("said"))
    assert cue is not None
    assert dating.statement_day(cue.i) == Days(date(2019, 5, 14), date(2019, 5, 14))


def test_a_statement_has_the_day_of_its_scene(read: Read) -> None:
    dating, document, text = read("At a press conference on Tuesday the minister said that rebels shelled the port.")
    cue = document.at(text.index("said"))
    assert cue is not None
    assert dating.statement_day(cue.i) == Days(date(2019, 5, 14), date(2019, 5, 14))


@pytest.mark.parametrize(
    ("text", "word", "day"),
    [
        ("Rebels hailed the raid, the first of its kind in Karsa since 2016.", "raid", None),
        ("The port saw the heaviest shelling since March.", "shelling", None),
        ("The port has been under shelling since Tuesday.", "shelling", "2019-05-14..2019-05-16"),
        ("Rebels hailed the raid, the second such raid this year.", "raid", None),
        ("It was the deadliest raid this month.", "raid", None),
        ("The second raid this week was on Tuesday.", "raid", "2019-05-14"),
    ],
)
def test_since_when_something_is_the_first_dates_nothing(read: Read, text: str, word: str, day: str | None) -> None:
    assert when(read, text, word) == day


def test_what_is_told_of_a_name_in_passing_dates_nothing_else(parser: SpacyParser) -> None:
    text = "Algeria, which brokered a 2015 peace deal between Mali and the rebels, urged both sides to return to talks."
    events = Reader(parser=parser).read(Article("a", text, published=ON)).events
    days = {event.trigger: event.when for event in events}
    assert days["urged"] is None
    assert days["brokered"] is not None
    assert days["brokered"].first == date(2015, 1, 1)
