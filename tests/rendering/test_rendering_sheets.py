"""What stands where on a page, before any PDF."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest

from cloison.labels.rendering import Stamp
from cloison.notes.portion import Kind, Run, Style
from cloison.rendering.errors import NoRoomError
from cloison.rendering.fonts import Face
from cloison.rendering.ink import Box, Ink, Rule, Text, line_width
from cloison.rendering.margins import EDGE, HEIGHT, SIDE, WIDTH
from cloison.rendering.opening import STRUCK
from cloison.rendering.page import CopyNumber, FirstPage, PageModel, PagePortion
from cloison.rendering.sheets import sheets

MakeModel = Callable[..., PageModel]
MakePortion = Callable[..., PagePortion]
LONG = "Le guetteur a noté le passage du navire, puis il est rentré. " * 12


def texts(page: Sequence[Ink]) -> list[str]:
    return ["".join(span.text for span in ink.line) for ink in page if isinstance(ink, Text)]


def boxes(page: Sequence[Ink]) -> list[Box]:
    return [ink for ink in page if isinstance(ink, Box)]


def stamp(text: str, order: int = 0, *, boxed: bool = True) -> Stamp:
    return Stamp(text=text, colour="#C00000", boxed=boxed, order=order)


def test_the_level_stamp_is_centred_in_a_box_of_3_75_points(make_model: MakeModel) -> None:
    page = sheets(make_model())[0]

    top, _, bottom = boxes(page)
    assert top.x + top.width / 2 == pytest.approx(WIDTH / 2)
    assert (top.weight, top.colour) == (3.75, "#C00000")
    assert top.y - top.weight / 2 == pytest.approx(EDGE)
    assert bottom.y + bottom.height + bottom.weight / 2 == pytest.approx(HEIGHT - EDGE)


def test_the_second_stamp_stands_at_the_right_of_the_first(make_model: MakeModel) -> None:
    first, second = boxes(sheets(make_model())[0])[:2]

    assert second.x > first.x + first.width
    assert second.y == first.y
    assert second.colour == "#1B2A8B"


def test_the_second_stamp_goes_below_where_there_is_no_room_beside(make_model: MakeModel) -> None:
    page = sheets(make_model(top=(stamp("SPÉCIAL FRANCE", 1), stamp("DIFFUSION RESTREINTE", 0)), bottom=()))[0]

    first, second = boxes(page)
    assert texts(page)[:2] == ["DIFFUSION RESTREINTE", "SPÉCIAL FRANCE"]
    assert second.y > first.y + first.height
    assert second.x + second.width / 2 == pytest.approx(WIDTH / 2)


def test_a_stamp_without_box_is_words_alone(make_model: MakeModel) -> None:
    page = sheets(make_model(top=(stamp("COMMUNICABLE À", boxed=False),), bottom=()))[0]

    assert boxes(page) == []
    assert texts(page)[0] == "COMMUNICABLE À"


def test_a_long_stamp_is_broken_and_stays_between_the_margins(make_model: MakeModel) -> None:
    states = "COMMUNICABLE À " + ", ".join(["ALLEMAGNE", "ROYAUME-UNI", "ÉTATS-UNIS", "PAYS-BAS"] * 2)

    page = sheets(make_model(top=(stamp(states),), bottom=()))[0]

    (box,) = boxes(page)
    assert 0 < box.x < box.x + box.width < WIDTH
    assert box.height > 40


def test_a_page_without_stamp_keeps_its_margins(make_model: MakeModel) -> None:
    page = sheets(make_model(top=(), bottom=()))[0]

    assert boxes(page) == []
    assert min(ink.y for ink in page) > 2 * EDGE


def test_stamps_that_leave_no_room_for_text_are_refused(make_model: MakeModel) -> None:
    with pytest.raises(NoRoomError):
        sheets(make_model(top=tuple(stamp("DIFFUSION RESTREINTE", n) for n in range(14))))


def test_the_mark_stands_in_front_of_title_and_portions(make_model: MakeModel, make_portion: MakePortion) -> None:
    portions = (
        make_portion("[DR]", "Moyens", Kind.HEADING),
        make_portion("[S-SF]", "Une équipe.", Kind.ITEM),
        make_portion("[NP]", "Il l’a dit.", Kind.QUOTE),
        make_portion("[S]", ""),
        make_portion("", "Sans marque."),
    )

    found = texts(sheets(make_model(portions=portions))[0])

    start = found.index("Objet\u00a0: [S] Point de situation")
    assert found[start + 1 : start + 6] == [
        "[DR] Moyens",
        "–  [S-SF] Une équipe.",
        "[NP] Il l’a dit.",
        "[S] ",
        "Sans marque.",
    ]


def test_where_the_title_is_withheld_the_reference_stands_alone(make_model: MakeModel) -> None:
    found = texts(sheets(make_model(title=None))[0])

    assert "CAB/2026/0042" in found
    assert not any("Objet" in text for text in found)


def test_the_first_page_block_holds_the_record(make_model: MakeModel) -> None:
    page = "\n".join(texts(sheets(make_model(copy_number=CopyNumber(number=2, total=5)))[0]))

    for wanted in (
        "MINISTÈRE DES AFFAIRES INVENTÉES\nDirection des études\nSECRET – SPÉCIAL FRANCE",
        "À déclassifier le 12 novembre 2041",
        "Référence\u00a0: CAB/2026/0042\nDate\u00a0: 12 novembre 2026",
        "N° d’enregistrement\u00a0: 2026/0118",
        "Références de l’auteur\u00a0: DE/BS/HM",
        "Niveau de l’objet\u00a0: SECRET",
        "Nombre de pages\u00a0: 1",
        "Exemplaire n° 2 / 5",
        "Annexes\u00a0: 1. Carte des abords\n2. Relevé des entretiens",
    ):
        assert wanted in page


def test_the_distribution_list_numbers_those_who_hold_a_copy(make_model: MakeModel) -> None:
    page = "\n".join(texts(sheets(make_model(distribution=("Mme Martin", "M. Roux")))[0]))

    assert "Destinataires\u00a0: 1. Mme Martin" in page
    assert "\n2. M. Roux" in page
    assert "Destinataires" not in "\n".join(texts(sheets(make_model())[0]))


def test_the_block_leaves_out_what_is_not_given(make_model: MakeModel) -> None:
    page = "\n".join(
        texts(sheets(make_model(first_page=FirstPage(date="12 novembre 2026"), holder=None, copy_id=None))[0])
    )

    for absent in ("déclassifier", "enregistrement", "auteur", "Niveau", "Exemplaire", "Annexes", "Détenteur", "Copie"):
        assert absent not in page


def test_level_and_declassification_part_where_they_do_not_fit_on_one_line(make_model: MakeModel) -> None:
    level = (stamp("DIFFUSION RESTREINTE"), stamp("COMMUNICABLE À ALLEMAGNE, ROYAUME-UNI", 1))

    page = sheets(make_model(first_page=FirstPage(date="le 12", level=level, declassification="12 novembre 2041")))[0]

    found = texts(page)
    at = found.index("À déclassifier le 12 novembre 2041")
    assert found[at - 1] == "DIFFUSION RESTREINTE – COMMUNICABLE À ALLEMAGNE, ROYAUME-UNI"


def test_reference_and_page_number_stand_on_every_page_where_asked(
    make_model: MakeModel, make_portion: MakePortion
) -> None:
    portions = tuple(make_portion("[S]", LONG) for _ in range(12))

    pages = sheets(make_model(portions=portions, reference_on_every_page=True))

    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"page {number} / {len(pages)}" in texts(page)
        assert "Référence\u00a0: CAB/2026/0042   ·   Détenteur\u00a0: Mme Hélène Mercier" in "".join(texts(page))


def test_a_holder_longer_than_a_line_is_broken_and_clear_of_the_page_number(make_model: MakeModel) -> None:
    page = sheets(make_model(holder="M. Jean-Philippe de la Rochefoucauld, chargé de mission, " * 4))[0]

    foot = [ink for ink in page if isinstance(ink, Text) and "Rochefoucauld" in "".join(s.text for s in ink.line)]
    assert len(foot) > 2
    assert all(ink.x + line_width(ink.line) < WIDTH - SIDE - 80 for ink in foot)


def test_nothing_but_stamps_stands_outside_the_text_area(make_model: MakeModel, make_portion: MakePortion) -> None:
    hostile = "W" * 300 + " " + "https://exemple.invalid/" * 20
    portions = tuple(make_portion("[S-SF]", hostile, kind) for kind in Kind if kind is not Kind.ATTACHMENT)

    for page in sheets(make_model(portions=portions, title=make_portion("[S]", hostile), reference="R" * 150)):
        for ink in page:
            if isinstance(ink, Text) and ink.line[0].size < 17:
                assert SIDE - 0.01 <= ink.x <= ink.x + line_width(ink.line) <= WIDTH - SIDE + 0.01


def test_a_heading_is_never_the_last_line_of_a_page(make_model: MakeModel, make_portion: MakePortion) -> None:
    portions = tuple(
        portion
        for number in range(40)
        for portion in (make_portion("[NP]", f"Titre {number}", Kind.HEADING), make_portion("[S]", LONG[: 61 * 4]))
    )

    pages = sheets(make_model(portions=portions))

    assert len(pages) > 3
    for page in pages:
        last = max((ink for ink in page if isinstance(ink, Text) and ink.line[0].size in {11, 12.5}), key=lambda i: i.y)
        assert last.line[0].size == 11


def test_no_line_of_a_paragraph_is_left_alone_on_a_page(make_model: MakeModel, make_portion: MakePortion) -> None:
    portions = tuple(make_portion(f"[{number}]", LONG[: 61 * (2 + number % 7)]) for number in range(60))

    pages = sheets(make_model(portions=portions))

    assert len(pages) > 3
    for page in pages:
        body = [
            ink for ink in page if isinstance(ink, Text) and ink.line[0].size == 11 and "Objet" not in ink.line[0].text
        ]
        starts = [number for number, ink in enumerate(body) if ink.line[0].face is Face.SEMIBOLD]
        assert 1 not in starts  # a last line by itself at the top
        assert len(body) - 1 not in starts  # a first line by itself at the bottom


def test_a_quote_carries_a_rule_along_each_line(make_model: MakeModel, make_portion: MakePortion) -> None:
    page = sheets(make_model(portions=(make_portion("[S]", LONG, Kind.QUOTE),)))[0]

    upright = [ink for ink in page if isinstance(ink, Rule) and ink.x == ink.x2]
    assert len(upright) > 5
    assert all(one.y2 == pytest.approx(two.y) for one, two in pairwise(upright))


def test_runs_keep_their_style(make_model: MakeModel) -> None:
    runs = (Run(text="un "), Run(text="deux", style=Style.STRONG), Run(text=" trois", style=Style.EMPHASIS))

    page = sheets(make_model(portions=(PagePortion(mark="[S]", kind=Kind.PARAGRAPH, runs=runs),)))[0]

    line = next(ink.line for ink in page if isinstance(ink, Text) and ink.line[-1].text == " trois")
    assert [(span.text, span.face) for span in line] == [
        ("[S] ", Face.SEMIBOLD),
        ("un ", Face.REGULAR),
        ("deux", Face.BOLD),
        (" trois", Face.ITALIC),
    ]


def test_the_blank_back_of_the_last_sheet_is_marked_and_numbered(make_model: MakeModel) -> None:
    front, back = sheets(make_model(two_sided=True, blank_page_text="PAS DE TEXTE"))

    assert "Nombre de pages\u00a0: 2" in texts(front)
    assert texts(back)[:3] == ["SECRET", "SPÉCIAL FRANCE", "PAS DE TEXTE"]
    assert {"page 2 / 2", "Détenteur\u00a0: Mme Hélène Mercier   ·   Copie\u00a0: 7QK4-M2XD"} <= set(texts(back))
    assert texts(back)[-1] == "SECRET"


def test_a_blank_back_says_nothing_where_the_policy_asks_for_nothing(make_model: MakeModel) -> None:
    back = sheets(make_model(two_sided=True))[1]

    assert texts(back) == [
        "SECRET",
        "SPÉCIAL FRANCE",
        "page 2 / 2",
        "Détenteur\u00a0: Mme Hélène Mercier   ·   Copie\u00a0: 7QK4-M2XD",
        "SECRET",
    ]


def test_a_whole_number_of_sheets_gets_no_blank_back(make_model: MakeModel, make_portion: MakePortion) -> None:
    portions = tuple(make_portion("[S]", LONG) for _ in range(7))

    assert len(sheets(make_model(portions=portions))) == 2
    assert len(sheets(make_model(portions=portions, two_sided=True))) == 2


def _block(first: FirstPage, make_model: MakeModel) -> tuple[dict[str, float], list[Rule]]:
    """Where each text of the first page's block stands, and the red strokes of it."""
    page = sheets(make_model(first_page=first))[0]
    texts = {span.text: ink.y for ink in page if isinstance(ink, Text) for span in ink.line}
    return texts, [ink for ink in page if isinstance(ink, Rule) and ink.colour == STRUCK]


def test_a_former_date_is_struck_by_a_red_diagonal_and_the_new_one_stands_below(make_model: MakeModel) -> None:
    first = FirstPage(
        date="le 12", level=(), struck=("À déclassifier le 1er mars 2040",), declassification="2 mai 2050"
    )

    texts, strokes = _block(first, make_model)

    old, new = texts["À déclassifier le 1er mars 2040"], texts["À déclassifier le 2 mai 2050"]
    (stroke,) = strokes
    assert old < new
    assert stroke.x < stroke.x2 and stroke.y > stroke.y2
    assert stroke.y2 < old < stroke.y


def test_a_date_that_was_never_changed_is_not_struck(make_model: MakeModel) -> None:
    assert _block(FirstPage(date="le 12", declassification="2 mai 2050"), make_model)[1] == []


def test_a_day_of_review_stands_in_the_place_of_a_declassification(make_model: MakeModel) -> None:
    texts, strokes = _block(FirstPage(date="le 12", review="2 mai 2050"), make_model)

    assert "À réévaluer le 2 mai 2050" in texts
    assert strokes == []


def test_a_long_former_date_is_struck_line_by_line(make_model: MakeModel) -> None:
    _, strokes = _block(FirstPage(date="le 12", struck=("À déclassifier le 1er mars 2040 " * 8,)), make_model)

    assert len(strokes) > 1
