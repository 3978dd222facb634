"""The type and the icons that are shipped."""

from importlib import resources

import pytest
from lxml import etree

from cloison.rendering.fonts import Face, first_missing, load

RESOURCES = resources.files("cloison_resources")


@pytest.mark.parametrize(
    "text",
    [
        "Œuvre, œil, Æ, çà et là : « été » – n° 12, № 3, 1er ÿ Ÿ",
        "\u202f\u00a0→←…•§°€²½×≤≥≠‰†‹›",
        "Ελληνικά ΰ Ἀθῆναι",
        "Київ, Москва, ё ї є ґ",
        "Tiếng Việt ữ ậ Ợ",
        "Łódź, Şişli, Čeština, Þór, ğ ő",
    ],
)
def test_the_scripts_of_europe_and_vietnamese_are_covered(text: str) -> None:
    assert first_missing(text) is None


def test_a_character_outside_the_fonts_is_found() -> None:
    assert first_missing("abc\u0627中") == "\u0627"


def test_every_style_covers_the_same_characters() -> None:
    covered = {frozenset(load(face).face.charToGlyph) for face in Face}

    assert len(covered) == 1


def test_fonts_and_icons_come_with_their_licences() -> None:
    assert "SIL OPEN FONT LICENSE" in RESOURCES.joinpath("fonts", "OFL.txt").read_text("utf-8")
    assert "ISC License" in RESOURCES.joinpath("icons", "LICENSE").read_text("utf-8")


def test_every_icon_is_a_drawing_in_the_current_colour() -> None:
    icons = [one for one in RESOURCES.joinpath("icons").iterdir() if one.name.endswith(".svg")]

    assert {"lock.svg", "search.svg", "triangle-alert.svg"} <= {icon.name for icon in icons}
    for icon in icons:
        root = etree.fromstring(icon.read_bytes())
        assert (root.tag, root.get("stroke")) == ("{http://www.w3.org/2000/svg}svg", "currentColor")
