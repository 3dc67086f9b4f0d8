"""Who was named last: as a plain list in the order of naming has it, without people who are not asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.find.actor_lexicon import Role
from dateline.resolve.actor_cast import Figure
from dateline.resolve.latest import Latest

ROLES = [Role(words, "person", None, None) for words in ("doctor", "army doctor", "guard")]
NAMINGS = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(ROLES), st.booleans()), max_size=20)


@given(NAMINGS)
def test_it_is_the_order_of_naming(namings: list[tuple[int, Role, bool]]) -> None:
    people = [Figure("", "person", False) for _ in range(4)] + [Figure("Norland", "state", True), Figure("x", None, False)]
    latest, plain = Latest(), list[Figure]()
    for number, role, by_name in namings:
        figure = people[number]
        figure.call([role])
        figure.named = figure.named or by_name
        latest.note(figure)
        plain = [figure, *(other for other in plain if other is not figure)]
        nameless = [other for other in plain if other.sort == "person" and not other.named]
        assert list(latest.back("")) == plain
        assert list(latest.back(None)) == [other for other in plain if other not in nameless]
        for words in ("guard", "village doctor", "pilot"):
            asked = [other for other in plain if other not in nameless or other.has_role(words)]
            assert list(latest.back(words)) == asked
