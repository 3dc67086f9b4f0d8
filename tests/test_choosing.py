"""The model that the weights of places are learnt with."""

from __future__ import annotations

from benchmarks.choosing import Asked, corrections


def asked(times: int) -> list[Asked]:
    """Questions in which the second choice is right, though it has little to speak for it."""
    return [Asked([frozenset({"loud", "plain"}), frozenset({"soft", "plain"})], [False, True])] * times


def test_much_seen_corrects_much_and_little_little() -> None:
    held = {"loud": 1.0}
    few, many = corrections(asked(5), held), corrections(asked(2000), held)
    assert 0 < few["soft"] < many["soft"]
    assert many["loud"] < few["loud"] < 0
    assert many["soft"] - many["loud"] > 1.0


def test_what_cannot_be_right_or_is_rare_teaches_nothing() -> None:
    hopeless = [Asked([frozenset({"loud"}), frozenset({"soft"})], [False, False])] * 50
    assert corrections([*hopeless, *asked(1)], {}) == {}
