"""Tables and images on the page: whole, in order, marked, within the measure, the header again on every page."""

from __future__ import annotations

import subprocess
import sys
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cloison.notes.image import Image, image_of
from cloison.notes.png import Pixels, write_png
from cloison.notes.portion import Kind
from cloison.notes.table import MOST_COLUMNS, Table, table_of
from cloison.rendering.body import PIXEL
from cloison.rendering.errors import UnprintableCharacterError
from cloison.rendering.flow import paginate
from cloison.rendering.ink import Ink, Picture, Rule, Text, line_width
from cloison.rendering.margins import MEASURE, SIDE, margins
from cloison.rendering.page import PageModel, PagePortion
from cloison.rendering.pdf import draw
from cloison.rendering.printable import printable
from cloison.rendering.sheets import sheets
from cloison.rendering.tables import TALLEST_ROW, table_strips

MakeModel = Callable[..., PageModel]
MakePortion = Callable[..., PagePortion]
Extract = Callable[..., str]
Tool = Callable[[str, str], str]
ONE_PROCESS = """
import hashlib
from datetime import UTC, datetime
from cloison.notes.image import image_of
from cloison.notes.png import Pixels, write_png
from cloison.notes.portion import Kind
from cloison.notes.table import table_of
from cloison.rendering.page import FirstPage, PageModel, PagePortion, Words
from cloison.rendering.pdf import draw
names = [f for f in Words.__slots__ if f not in ("months", "evaluated")]
words = Words(**{name: name for name in names}, months=("m",) * 12, evaluated=lambda evaluation: "")
png = write_png(Pixels(width=90, height=40, channels=1, data=bytes(range(90)) * 40))
portions = (
    PagePortion(mark="[S]", kind=Kind.TABLE, figure=table_of([["a", "b"]] * 90, has_header=True)),
    PagePortion(mark="[DR]", kind=Kind.IMAGE, figure=image_of(png, description="")),
)
model = PageModel(language="fr", words=words, marking="SECRET", reference="R", created=datetime(2026, 1, 2, tzinfo=UTC),
    top=(), bottom=(), first_page=FirstPage(date="2"), title=None, portions=portions)
print(hashlib.sha256(draw(model)).hexdigest())
"""
LONG = "Le guetteur a noté le passage du navire, puis il est rentré. " * 3


def table(mark: str, rows: list[list[str]], *, has_header: bool = True) -> PagePortion:
    return PagePortion(mark=mark, kind=Kind.TABLE, figure=table_of(rows, has_header=has_header))


def image(width: int, height: int, *, channels: int = 3, description: str = "") -> Image:
    data = bytes((x * y) % 251 for y in range(height) for x in range(width * channels))
    return image_of(
        write_png(Pixels(width=width, height=height, channels=channels, data=data)), description=description
    )


def picture(mark: str, shown: Image) -> PagePortion:
    return PagePortion(mark=mark, kind=Kind.IMAGE, figure=shown)


def said(ink: Ink) -> str:
    return "".join(span.text for span in ink.line) if isinstance(ink, Text) else ""


def words(inks: tuple[Ink, ...]) -> list[str]:
    return [said(ink) for ink in inks if isinstance(ink, Text)]


def pictures(model: PageModel) -> list[list[Picture]]:
    return [[ink for ink in sheet if isinstance(ink, Picture)] for sheet in sheets(printable(model))]


def test_the_cells_of_a_table_are_read_in_order_below_its_mark(make_model: MakeModel, extract: Extract) -> None:
    rows = [["Navire", "Fret"], ["Kessar", LONG], ["Orphée", "12 t"]]

    lines = extract(make_model(portions=(table("[S-SF]", rows),)), "-raw")

    flat = " ".join(lines.split())
    assert f"[S-SF] Navire Fret Kessar {' '.join(LONG.split())} Orphée 12 t" in flat


def test_the_mark_of_a_table_and_of_an_image_stands_right_above_it(make_model: MakeModel) -> None:
    model = make_model(portions=(table("[DR]", [["a", "b"]]), picture("[S]", image(40, 40))))

    (sheet,) = sheets(model)

    texts = words(sheet)
    assert texts[texts.index("[DR] ") + 1] == "a"
    mark = next(ink for ink in sheet if said(ink) == "[S] ")
    (shown,) = (ink for ink in sheet if isinstance(ink, Picture))
    assert isinstance(mark, Text)
    assert 0 < shown.y - mark.y < 10
    assert shown.x == mark.x == SIDE


def test_a_figure_without_mark_has_no_empty_line(make_model: MakeModel) -> None:
    (sheet,) = sheets(make_model(portions=(table("", [["a"]]), picture("", image(4, 4)))))

    assert "" not in [text.strip() for text in words(sheet)]


def test_the_header_is_said_again_on_every_page_and_no_row_is_lost(make_model: MakeModel) -> None:
    rows = [["Numéro", "Observation"], *[[str(n), LONG] for n in range(120)]]

    drawn = [words(sheet) for sheet in sheets(make_model(portions=(table("[S]", rows),)))]

    assert len(drawn) > 3
    assert all(page.count("Numéro") == 1 for page in drawn)
    assert [text for page in drawn for text in page if text.isdigit()] == [str(n) for n in range(120)]


def test_a_table_without_header_says_nothing_again(make_model: MakeModel) -> None:
    rows = [["premier", LONG], *[[str(n), LONG] for n in range(60)]]

    drawn = [words(sheet) for sheet in sheets(make_model(portions=(table("[S]", rows, has_header=False),)))]

    assert len(drawn) > 1
    assert sum(page.count("premier") for page in drawn) == 1


def test_a_header_too_high_for_every_page_is_said_once(make_model: MakeModel) -> None:
    rows = [["Numéro", "mot " * 200], *[[str(n), LONG] for n in range(60)]]

    drawn = [words(sheet) for sheet in sheets(make_model(portions=(table("[S]", rows),)))]

    assert sum(page.count("Numéro") for page in drawn) == 1


def test_a_header_does_not_stand_at_the_foot_of_a_page() -> None:
    strips = list(table_strips(table_of([["titre"], ["un"]], has_header=True), measure=100.0, gap=0.0))

    pages = paginate(strips, height=strips[0].height + 1)

    assert [words(page) for page in pages] == [["titre"], ["titre", "un"]]
    assert all(strip.is_glued for strip in strips[:-1])


def test_a_row_higher_than_a_page_goes_on_over_the_next(make_model: MakeModel) -> None:
    lines = [f"ligne {number}" for number in range(200)]
    model = make_model(portions=(table("[S]", [["Titre"], ["\n".join(lines)], ["fin"]]),))

    drawn = [words(sheet) for sheet in sheets(model)]

    assert len(drawn) > 2
    assert all(ink.y <= margins(model).bottom for sheet in sheets(model) for ink in sheet if "ligne" in said(ink))
    assert [text for page in drawn for text in page if text.startswith("ligne")] == lines
    assert all("Titre" in page for page in drawn)


def test_a_row_of_ordinary_height_is_not_cut() -> None:
    strips = list(table_strips(table_of([["a\nb\nc", "d"]] * 3, has_header=False), measure=200.0, gap=0.0))

    assert [words(strip.inks) for strip in strips] == [["a", "b", "c", "d"]] * 3
    assert all(strip.height <= TALLEST_ROW for strip in strips)


@settings(deadline=None, max_examples=40)
@given(
    st.integers(1, MOST_COLUMNS).flatmap(
        lambda columns: st.lists(
            st.lists(st.text("abé ,\n1", max_size=40), min_size=columns, max_size=columns), min_size=1, max_size=5
        )
    ),
    st.booleans(),
)
def test_nothing_of_a_table_goes_beyond_the_measure_or_its_column(rows: list[list[str]], has_header: bool) -> None:
    found = table_of(rows, has_header=has_header)

    for strip in table_strips(found, measure=MEASURE, gap=0.0):
        edges = sorted({ink.x for ink in strip.inks if isinstance(ink, Rule) and ink.x == ink.x2})
        assert edges[-1] <= MEASURE + 0.01
        for ink in strip.inks:
            if isinstance(ink, Text):
                right = min(edge for edge in edges if edge > ink.x)
                assert ink.x + line_width(ink.line) <= right + 0.01 or len(said(ink)) == 1


def test_the_words_of_a_table_are_all_on_the_page() -> None:
    rows = [[f"mot{row}x{column}" for column in range(MOST_COLUMNS)] for row in range(4)]

    strips = table_strips(table_of(rows, has_header=True), measure=MEASURE, gap=0.0)

    assert "".join(text for strip in strips for text in words(strip.inks)) == "".join(map("".join, rows))


def test_the_type_is_made_smaller_before_a_number_is_cut() -> None:
    wide: Table = table_of([[f"{column * 1111}" for column in range(20)]], has_header=False)

    (strip,) = table_strips(wide, measure=MEASURE, gap=0.0)

    assert words(strip.inks) == list(wide.rows[0])


def test_an_image_is_as_large_as_a_screen_shows_it_and_never_larger_than_the_text(make_model: MakeModel) -> None:
    model = make_model(
        portions=(picture("[S]", image(100, 60)), picture("[S]", image(1800, 90)), picture("[S]", image(90, 2000)))
    )
    around = margins(model)

    (small,), (wide,), (tall,) = ([one] for page in pictures(model) for one in page)

    assert (small.width, small.height) == (100 * PIXEL, 60 * PIXEL)
    assert (round(wide.width, 3), round(wide.height, 3)) == (round(MEASURE, 3), round(MEASURE / 20, 3))
    assert tall.y >= around.top
    assert tall.y + tall.height <= around.bottom + 0.01
    assert round(tall.height / tall.width, 3) == round(2000 / 90, 3)


def test_an_image_that_does_not_fit_below_goes_to_the_next_page_with_its_mark(
    make_model: MakeModel, make_portion: MakePortion
) -> None:
    texts = tuple(make_portion("[NP]", LONG) for _ in range(12))

    drawn = sheets(make_model(portions=(*texts, picture("[S]", image(800, 800)))))

    assert [any(isinstance(ink, Picture) for ink in sheet) for sheet in drawn] == [False, True]
    assert "[S] " in words(drawn[1])


@pytest.mark.parametrize("channels", [1, 3])
def test_the_pixels_in_the_file_are_those_of_the_note_and_nothing_else(make_model: MakeModel, channels: int) -> None:
    shown = image(50, 30, channels=channels)

    with pikepdf.open(BytesIO(draw(make_model(portions=(picture("[S]", shown), picture("[NP]", shown)))))) as pdf:
        (drawn,) = {one.objgen: one for page in pdf.pages for one in page.Resources.XObject.values()}.values()
        assert isinstance(drawn, pikepdf.Stream)
        found = pikepdf.PdfImage(drawn).as_pil_image()

    assert found.size == (50, 30)
    assert found.tobytes() == bytes((x * y) % 251 for y in range(30) for x in range(50 * channels))


def test_a_viewer_draws_the_image(make_model: MakeModel, tool: Tool, tmp_path: Path) -> None:
    red = image_of(write_png(Pixels(width=300, height=200, channels=3, data=b"\xfe\0\0" * 60_000)), description="")
    path = tmp_path / "drawn.pdf"
    path.write_bytes(draw(make_model(portions=(picture("[S]", red),))))
    program = tool("pdftoppm", "apt install poppler-utils")

    drawn = subprocess.run([program, "-r", "36", path], check=True, capture_output=True).stdout

    pixels = drawn[-298 * 421 * 3 :]
    assert sum(pixels[at : at + 3] == b"\xfe\0\0" for at in range(0, len(pixels), 3)) > 70 * 45


def test_a_character_without_glyph_in_a_cell_is_refused_with_its_portion(
    make_model: MakeModel, make_portion: MakePortion
) -> None:
    portions = (make_portion("[NP]", "un"), table("[S]", [["a", "b"], ["c", "中"]]))

    with pytest.raises(UnprintableCharacterError) as caught:
        printable(make_model(portions=portions))

    assert (caught.value.portion, caught.value.path) == (2, "portions[1].figure.rows[1][1]")


def test_cells_keep_their_line_ends_and_show_what_would_act_unseen(make_model: MakeModel) -> None:
    page = printable(make_model(portions=(table("[S]", [["a\r\nb\u202e"]]),)))

    figure = page.portions[0].figure
    assert isinstance(figure, Table)
    assert figure.rows == (("a\nb‹U+202E›",),)


def test_the_description_of_an_image_is_not_printed_and_may_have_any_character(
    make_model: MakeModel, extract: Extract
) -> None:
    model = make_model(portions=(picture("[S]", image(9, 9, description="中 le port")),))

    assert "le port" not in extract(model)


def test_two_processes_give_the_same_bytes() -> None:
    digests = {
        subprocess.run([sys.executable, "-c", ONE_PROCESS], check=True, capture_output=True).stdout for _ in range(2)
    }

    assert len(digests) == 1


def test_the_rows_of_a_png_are_not_compressed_again(make_model: MakeModel) -> None:
    shown = image(60, 60)

    with pikepdf.open(BytesIO(draw(make_model(portions=(picture("[S]", shown),))))) as pdf:
        (drawn,) = pdf.pages[0].Resources.XObject.values()
        raw = drawn.read_raw_bytes()

    assert raw in shown.png.replace(b"IDAT", b"")
    assert len(zlib.decompress(raw)) == 60 * 181
