"""The sheet with a fingerprint: all of it is on one page, and its code is the code."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from cloison.directory.card import Card, Role
from cloison.directory.fingerprints import fingerprint_qr
from cloison.rendering.fingerprint_page import FingerprintPage
from cloison.rendering.fingerprint_sheet import _MODULE, _QUIET, fingerprint_sheet
from cloison.rendering.ink import Rule, Text, line_width
from cloison.rendering.margins import HEIGHT, SIDE, WIDTH
from cloison.rendering.pdf import draw_fingerprint, page_count
from cloison.wording.catalogue import Catalogue
from cloison.wording.fingerprint_page import fingerprint_page
from cloison_crypto.identity import Identity, fingerprint_text

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
IDENTITY = Identity.generate(os.urandom)


def card(name: str = "Officier de sécurité") -> Card:
    return Card(
        identity=IDENTITY.public,
        name=name,
        role=Role.AUTHORITY,
        issued=NOW,
        expires=NOW + timedelta(days=365),
        serial=1,
    )


@pytest.fixture(params=["fr", "en"])
def page(request: pytest.FixtureRequest) -> FingerprintPage:
    return fingerprint_page(card(), Catalogue.load(request.param), now=NOW)


def texts(page: FingerprintPage) -> list[str]:
    return ["".join(span.text for span in ink.line) for ink in fingerprint_sheet(page) if isinstance(ink, Text)]


def test_the_whole_fingerprint_is_on_it_in_characters_and_in_both_languages(page: FingerprintPage) -> None:
    said = texts(page)

    assert fingerprint_text(card().fingerprint) in " ".join(" ".join(said).split())
    assert {"Français", "English", "Officier de sécurité"} <= set(said)
    assert sum("·" in one for one in said) == 12


def test_every_dark_module_of_the_code_is_inked_and_no_light_one(page: FingerprintPage) -> None:
    strokes = [ink for ink in fingerprint_sheet(page) if isinstance(ink, Rule)]
    top = min(one.y for one in strokes) - 0.5 * _MODULE
    left = min(one.x for one in strokes)
    dark = {
        (round((one.y - top) / _MODULE - 0.5), column)
        for one in strokes
        for column in range(round((one.x - left) / _MODULE), round((one.x2 - left) / _MODULE))
    }

    code = fingerprint_qr(card().fingerprint)
    assert dark == {(row, column) for row, line in enumerate(code) for column, one in enumerate(line) if one}
    assert {one.weight for one in strokes} == {_MODULE}


def test_the_quiet_zone_of_the_code_is_left_free(page: FingerprintPage) -> None:
    inks = fingerprint_sheet(page)
    left = min(one.x for one in inks if isinstance(one, Rule)) - _QUIET * _MODULE
    texts = [one for one in inks if isinstance(one, Text)]
    words = [one for one in texts if "·" in one.line[0].text or one.line[0].text in ("Français", "English")]

    assert len(words) == 14
    assert all(one.x + line_width(one.line) <= left for one in words)


def test_all_of_it_is_within_the_paper(page: FingerprintPage) -> None:
    for ink in fingerprint_sheet(page):
        assert 0 < ink.x < WIDTH - SIDE / 2
        assert 0 < ink.y < HEIGHT - SIDE / 2


def test_it_is_one_page_whatever_the_name() -> None:
    drawn = draw_fingerprint(
        fingerprint_page(card("x" * 200 + "\N{RIGHT-TO-LEFT OVERRIDE}"), Catalogue.load("fr"), now=NOW)
    )

    assert page_count(drawn) == 1
