"""The door of text to the paper: visible, composed, covered, or refused by name."""

from collections.abc import Callable

import pytest

from cloison.notes.portion import Kind, Run
from cloison.rendering.errors import UnprintableCharacterError
from cloison.rendering.page import FirstPage, PageModel, PagePortion
from cloison.rendering.printable import printable, visible

MakeModel = Callable[..., PageModel]
MakePortion = Callable[..., PagePortion]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("a\u202eb", "a‹U+202E›b", id="direction override"),
        pytest.param("a\u2066b\u2069", "a‹U+2066›b‹U+2069›", id="isolate"),
        pytest.param("a\x07b\x1b[0m", "a‹U+0007›b‹U+001B›[0m", id="control"),
        pytest.param("a\x00b", "a‹U+0000›b", id="zero"),
        pytest.param("a\u200db\ufeff", "a‹U+200D›b‹U+FEFF›", id="joiner and byte order mark"),
        pytest.param("a\u00adb\u200bc\u2060d☑\ufe0f", "abcd☑", id="hints"),
        pytest.param("a\tb\u2003c", "a b c", id="tab and a space the fonts lack"),
        pytest.param("12\u202f400\u00a0€", "12\u202f400\u00a0€", id="spaces of French"),
        pytest.param("e\u0301te\u0301", "été", id="composed"),
        pytest.param("a\r\nb\rc\u2028d\x0ce", "a\nb\nc\nd\ne", id="line ends"),
    ],
)
def test_what_would_act_unseen_is_spelt_out(text: str, seen: str) -> None:
    assert visible(text) == seen


def test_a_character_without_glyph_is_refused_with_its_portion(
    make_model: MakeModel, make_portion: MakePortion
) -> None:
    portions = (make_portion("[NP]", "un"), make_portion("[S]", "deux 中 文"))

    with pytest.raises(UnprintableCharacterError) as caught:
        printable(make_model(portions=portions))

    assert (caught.value.character, caught.value.code_point, caught.value.portion) == ("中", "U+4E2D", 2)
    assert caught.value.path == "portions[1].runs[0].text"
    assert "中" not in str(caught.value)


def test_a_character_without_glyph_in_the_title_is_refused_as_portion_0(
    make_model: MakeModel, make_portion: MakePortion
) -> None:
    with pytest.raises(UnprintableCharacterError) as caught:
        printable(make_model(title=make_portion("[S]", "عنوان")))

    assert caught.value.portion == 0


@pytest.mark.parametrize("changes", [{"holder": "M. 李"}, {"reference": "李"}, {"watermark": "李"}, {"marking": "李"}])
def test_a_character_without_glyph_around_the_text_is_refused_with_its_place(
    make_model: MakeModel, changes: dict[str, str]
) -> None:
    with pytest.raises(UnprintableCharacterError) as caught:
        printable(make_model(**changes))

    assert (caught.value.portion, caught.value.path) == (None, next(iter(changes)))


def test_every_text_of_the_page_goes_through_the_door(make_model: MakeModel) -> None:
    first_page = FirstPage(authority=("un\u202e",), date="deux\x07", annexes=("trois\nquatre",))

    page = printable(make_model(first_page=first_page, holder="cinq\u2066"))

    assert page.first_page.authority == ("un‹U+202E›",)
    assert page.first_page.date == "deux‹U+0007›"
    assert page.first_page.annexes == ("trois quatre",)
    assert page.holder == "cinq‹U+2066›"


def test_line_ends_stay_in_the_text_of_portions_alone(make_model: MakeModel) -> None:
    portion = PagePortion(mark="[S]\n", kind=Kind.QUOTE, runs=(Run(text="un\ndeux"),))

    page = printable(make_model(portions=(portion,)))

    assert page.portions == (PagePortion(mark="[S] ", kind=Kind.QUOTE, runs=(Run(text="un\ndeux"),)),)
