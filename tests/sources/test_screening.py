"""What stands where an article should: told apart from articles about the same things."""

from __future__ import annotations

import pytest

from dateline.model import Article
from dateline.sources.screening import screened

LEAD = "Rebels seized the town of Talma on Monday, officials said. Soldiers had left the day before. "


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        (None, LEAD + "Subscribe to continue reading.", "paywall"),
        ("Talma falls", LEAD + "Already a subscriber? Log in.", "paywall"),
        (None, "We use cookies to improve your experience. Accept all cookies or manage your choices.", "cookie"),
        ("404 Not Found | Tal News", "Sorry! Have a look at our front page.", "error page"),
        (None, "The page you requested could not be found.", "error page"),
        ("Just a moment...", "Tal News needs to review the security of your connection.", "robots"),
        (None, "Please enable JavaScript to go on.", "robots"),
        (None, "Die Rebellen haben am Montag die Stadt Talma eingenommen, wie Beamte mitteilten.", "seems, in de"),
        (
            None,
            "Les rebelles ont pris la ville de Talma lundi matin, ont annoncé des responsables de l'armée.",
            "seems, in fr",
        ),
        (None, "استولى المتمردون على بلدة تالما يوم الاثنين، حسبما قال مسؤولون.", "not in English"),
        (None, "反政府武装周一占领了塔尔马镇。", "not in English"),
    ],
)
def test_no_article(title: str | None, text: str, reason: str) -> None:
    found = screened(Article("a", text, title))
    assert found is not None
    assert reason in found


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (None, LEAD),
        (None, "Taliban take Kunduz."),
        (None, "Rebels left Talma."),
        ("Access denied: how Talma keeps reporters out", LEAD * 8),
        (None, LEAD * 16 + "The newspaper told readers to subscribe to read more."),
        ("404 days of siege", LEAD),
        (None, "Ministers in Talma met on Monday to talk about cookies, a local speciality, and about a ceasefire."),
        (
            None,
            "The spokesman said: « Nous ne partirons pas. » The army said that it would return by Friday, and shelled the town.",
        ),
        (None, "President Recep Tayyip Erdoğan met Volodymyr Zelenskyy in Lviv; António Guterres took part."),
    ],
)
def test_an_article(title: str | None, text: str) -> None:
    assert screened(Article("a", text, title)) is None
