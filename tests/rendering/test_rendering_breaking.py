"""Lines: what holds together, what may be parted, and words longer than a line."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cloison.rendering.breaking import break_lines
from cloison.rendering.fonts import Face
from cloison.rendering.ink import Span, line_width

ROOM = 100.0


def span(text: str, face: Face = Face.REGULAR) -> Span:
    return Span(text=text, face=face, size=11.0)


def lines_of(text: str, *, first: float = ROOM, rest: float = ROOM) -> list[str]:
    lines = break_lines([span(text)], first=first, rest=rest)
    return ["".join(one.text for one in line).rstrip(" ") for line in lines]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        pytest.param("il ne vient jamais ici le soir ; il part", "soir ;", id="sign after a space"),
        pytest.param("il a toujours dit cela : « Non ! » et puis", "« Non ! »", id="quotation marks"),
        pytest.param("la chambre de derrière, au n° 214, est", "n° 214,", id="number sign"),
        pytest.param("un chiffre d’affaires de 12 400 000 € cette", "12 400 000 €", id="thousands with plain spaces"),
        pytest.param(
            "un chiffre d’affaires de 12\u202f400\u202f000 € et", "12\u202f400\u202f000 €", id="narrow spaces"
        ),
        pytest.param("comme le dit déjà la note CAB-DE-MERCIER-ET", "CAB-DE-MERCIER-ET", id="reference"),
    ],
)
@pytest.mark.parametrize("room", [100.0, 110.0, 120.0, 130.0])
def test_what_belongs_together_stays_on_one_line(text: str, held: str, room: float) -> None:
    lines = lines_of(text, first=room, rest=room)

    assert any(held in line for line in lines)


def test_a_compound_word_is_parted_after_its_hyphen() -> None:
    assert lines_of("la ville de Villefranche-sur-Saône") == ["la ville de", "Villefranche-sur-", "Saône"]


def test_the_first_line_may_be_shorter_than_the_others() -> None:
    assert lines_of("un deux trois quatre", first=40.0, rest=ROOM) == ["un deux", "trois quatre"]


def test_a_word_longer_than_a_line_is_cut_after_a_sign() -> None:
    lines = lines_of("https://exemple.invalid/un/chemin/sans/fin")

    assert lines[0] == "https://exemple."
    assert "".join(lines) == "https://exemple.invalid/un/chemin/sans/fin"


def test_a_letter_and_its_accent_are_never_parted() -> None:
    lines = lines_of("x\u0301" * 60)

    assert len(lines) > 1
    assert not any(line.startswith("\u0301") for line in lines)


def test_a_line_end_in_the_text_ends_the_line() -> None:
    assert lines_of("un\ndeux\n\ntrois") == ["un", "deux", "", "trois"]


def test_no_text_is_one_empty_line() -> None:
    assert break_lines([], first=ROOM, rest=ROOM) == ((),)


def test_styles_survive_the_breaking_of_a_word_in_two_styles() -> None:
    lines = break_lines([span("un deux tr"), span("ois quatre", Face.BOLD)], first=50.0, rest=50.0)

    assert [[(one.text, one.face) for one in line] for line in lines] == [
        [("un deux ", Face.REGULAR)],
        [("tr", Face.REGULAR), ("ois ", Face.BOLD)],
        [("quatre", Face.BOLD)],
    ]


@given(
    st.lists(st.text(alphabet="abW é-/.\u0301«»;°12\u202f", max_size=40), max_size=6),
    st.floats(min_value=20.0, max_value=200.0),
)
@example(["11;", "1 ", " "], 20.0)  # spaces of two styles at the end of a line
def test_no_character_is_lost_and_no_line_overflows(texts: list[str], room: float) -> None:
    spans = [span(text, face) for text, face in zip(texts, list(Face) * 2, strict=False)]

    lines = break_lines(spans, first=room, rest=room)

    assert "".join(one.text for line in lines for one in line) == "".join(texts)
    assert all(line_width(line) <= room + 0.001 for line in lines)
