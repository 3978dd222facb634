"""Tables and pictures of Word and Markdown files: what comes of them, and under which mark."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.shared import Mm

from cloison.labels.label import Label
from cloison.labels.library import built_in
from cloison.labels.marks import portion_mark, read_mark
from cloison.notes.composing import new_note, note_from_paragraphs
from cloison.notes.errors import ImportRefusedError
from cloison.notes.found import Paragraph, TakePicture, no_pictures
from cloison.notes.image import Image, image_of
from cloison.notes.importing import read_paragraphs
from cloison.notes.note import Note
from cloison.notes.png import Pixels, write_png
from cloison.notes.portion import Kind
from cloison.notes.table import MOST_COLUMNS, Table
from foreign import colours, file_of

POLICY = built_in("FR")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
PNG = write_png(Pixels(width=2, height=1, channels=1, data=b"\x00\xff"))
PICTURE = file_of(colours(), "PNG")


def label(mark: str) -> Label:
    return read_mark(POLICY, mark, created=NOW)


def saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def word_table(*rows: tuple[str, ...]) -> Any:
    document = docx.Document()
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    return document


def tables(content: bytes, extension: str = ".docx") -> list[Table]:
    return [one.figure for one in read_paragraphs(content, extension=extension) if isinstance(one.figure, Table)]


def imported(found: tuple[Paragraph, ...], *, title: str | None = "t", default: str | None = None) -> Note:
    empty = new_note(reference="2026-00001", language="fr", author="Auteur", now=NOW, randomness=os.urandom)
    return note_from_paragraphs(
        POLICY,
        empty,
        found,
        title=title,
        default=None if default is None else label(default),
        randomness=os.urandom,
    )


def markdown(text: str, *, title: str | None = "t", default: str | None = None) -> Note:
    return imported(read_paragraphs(text.encode(), extension=".md"), title=title, default=default)


def marks(note: Note) -> list[str | None]:
    return [None if one.label is None else portion_mark(POLICY, one.label) for one in note.portions]


class Desk:
    """Takes the pictures that are whole, and remembers what it was handed."""

    def __init__(self) -> None:
        self.handed: list[tuple[bytes, str]] = []

    def take(self, content: bytes, description: str) -> Image | None:
        self.handed.append((content, description))
        return image_of(PNG, description=description) if content == PICTURE else None


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_merged_cell_is_said_once_and_where_it_begins() -> None:
    document = word_table(("a", "b", "c"), ("d", "e", "f"), ("g", "h", "i"))
    table = document.tables[0]
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 2).merge(table.cell(2, 2))

    (found,) = tables(saved(document))

    assert found.rows == (("a\nb", "", "c"), ("d", "e", "f\ni"), ("g", "h", ""))


def test_a_row_that_begins_later_or_ends_earlier_is_filled_up() -> None:
    document = word_table(("a", "b", "c"), ("d", "e", "f"))
    row = document.tables[0].rows[1]._tr
    row.remove(row.tc_lst[0])
    row.remove(row.tc_lst[-1])
    row.insert(
        0,
        parse_xml(
            '<w:trPr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            '<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/></w:trPr>'
        ),
    )

    (found,) = tables(saved(document))

    assert found.rows == (("a", "b", "c"), ("", "e", ""))


def test_a_table_inside_a_cell_becomes_lines_of_the_cell() -> None:
    document = word_table(("a", "b"))
    inner = document.tables[0].cell(0, 1).add_table(rows=2, cols=2)
    for number, cell in enumerate(inner._cells):
        cell.text = str(number)

    (found,) = tables(saved(document))

    assert found.rows == (("a", "b\n0 | 1\n2 | 3"),)


@pytest.mark.parametrize(("bold", "repeated", "is_header"), [(0, 0, False), (1, 0, True), (0, 1, True)])
def test_a_first_row_in_bold_or_repeated_is_the_header(bold: int, repeated: int, is_header: bool) -> None:
    document = word_table(("Nom", "Fret"), ("Kessar", "acier"))
    row = document.tables[0].rows[0]
    for cell in row.cells:
        cell.paragraphs[0].runs[0].bold = bool(bold)
    if repeated:
        row._tr.get_or_add_trPr().append(
            parse_xml('<w:tblHeader xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>')
        )

    (found,) = tables(saved(document))

    assert found.has_header is is_header


def test_a_table_beyond_the_bounds_becomes_a_paragraph_for_each_row(desk: Desk) -> None:
    document = word_table(*[tuple(f"{row}.{column}" for column in range(MOST_COLUMNS + 1)) for row in range(2)])
    document.tables[0].cell(0, 0).paragraphs[0].add_run().add_picture(io.BytesIO(PICTURE))

    found = read_paragraphs(saved(document), extension=".docx", take_picture=desk.take)

    assert [one.kind for one in found] == [Kind.PARAGRAPH, Kind.PARAGRAPH]
    assert found[1].text.startswith("1.0 | 1.1 | ")
    assert desk.handed == [(b"", "")]


def test_a_table_without_words_is_left_out_and_its_picture_is_not(desk: Desk) -> None:
    document = word_table(("", ""))
    document.tables[0].cell(0, 0).paragraphs[0].add_run().add_picture(io.BytesIO(PICTURE))

    found = read_paragraphs(saved(document), extension=".docx", take_picture=desk.take)

    assert [one.kind for one in found] == [Kind.IMAGE]


def test_pictures_come_after_what_they_stand_in_with_their_description(desk: Desk) -> None:
    document = word_table(("a", "b"))
    document.tables[0].cell(0, 1).paragraphs[0].add_run().add_picture(io.BytesIO(PICTURE))
    document.add_paragraph("[S] Vue du port").add_run().add_picture(io.BytesIO(PICTURE), width=Mm(20))
    document.element.xpath("//wp:docPr")[1].set("descr", "Le port vu du nord")
    document.add_paragraph("fin")

    found = read_paragraphs(saved(document), extension=".docx", take_picture=desk.take)

    assert [one.kind for one in found] == [Kind.TABLE, Kind.IMAGE, Kind.PARAGRAPH, Kind.IMAGE, Kind.PARAGRAPH]
    assert [content for content, _ in desk.handed] == [PICTURE, PICTURE]
    assert found[3].text == "Le port vu du nord"


def cropped(document: Any) -> None:
    blip = document.element.xpath("//a:blip")[0]
    blip.addnext(parse_xml('<a:srcRect xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" l="50000"/>'))


def linked(document: Any) -> None:
    blip = document.element.xpath("//a:blip")[0]
    del blip.attrib[next(name for name in blip.attrib if name.endswith("embed"))]


def dangling(document: Any) -> None:
    blip = document.element.xpath("//a:blip")[0]
    blip.set(next(name for name in blip.attrib if name.endswith("embed")), "rId999")


@pytest.mark.parametrize("change", [cropped, linked, dangling])
def test_a_picture_that_shows_not_all_or_is_not_there_is_handed_on_empty(
    change: Callable[[Any], None], desk: Desk
) -> None:
    document = docx.Document()
    document.add_paragraph("un").add_run().add_picture(io.BytesIO(PICTURE))
    change(document)

    found = read_paragraphs(saved(document), extension=".docx", take_picture=desk.take)

    assert [one.kind for one in found] == [Kind.PARAGRAPH]
    assert [content for content, _ in desk.handed] == [b""]


def test_a_picture_of_old_word_is_taken_too(desk: Desk) -> None:
    document = docx.Document()
    run = document.add_paragraph("un").add_run()
    name, _ = document.part.get_or_add_image(io.BytesIO(PICTURE))
    run._r.append(
        parse_xml(
            '<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
            ' xmlns:v="urn:schemas-microsoft-com:vml"'
            ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            f'<v:shape><v:imagedata r:id="{name}"/></v:shape></w:pict>'
        )
    )

    found = read_paragraphs(saved(document), extension=".docx", take_picture=desk.take)

    assert [one.kind for one in found] == [Kind.PARAGRAPH, Kind.IMAGE]


def test_an_image_has_the_mark_of_the_paragraph_it_stood_in_and_of_no_other(desk: Desk) -> None:
    document = docx.Document()
    document.add_paragraph("[S] Vue").add_run().add_picture(io.BytesIO(PICTURE))
    document.add_paragraph("Autre").add_run().add_picture(io.BytesIO(PICTURE))
    found = read_paragraphs(saved(document), extension=".docx", take_picture=desk.take)

    assert marks(imported(found)) == ["[S]", "[S]", None, None]
    assert marks(imported(found, default="[NP]")) == ["[S]", "[S]", "[NP]", "[NP]"]


def test_an_image_in_a_table_has_the_mark_of_the_table(desk: Desk) -> None:
    document = word_table(("[S] a", "b"))
    document.tables[0].cell(0, 1).paragraphs[0].add_run().add_picture(io.BytesIO(PICTURE))
    found = read_paragraphs(saved(document), extension=".docx", take_picture=desk.take)

    assert marks(imported(found, default="[NP]")) == ["[S]", "[S]"]


def test_a_table_or_an_image_is_no_title(desk: Desk) -> None:
    document = word_table(("a", "b"))
    document.add_paragraph("Le titre")
    note = imported(read_paragraphs(saved(document), extension=".docx"), title=None)
    alone = imported(read_paragraphs(saved(word_table(("a", "b"))), extension=".docx"), title=None)

    assert (note.title.text, [one.kind for one in note.portions]) == ("Le titre", [Kind.TABLE])
    assert (alone.title.text, alone.title.kind) == ("", Kind.HEADING)


def test_a_mark_in_front_of_a_table_is_the_mark_of_the_table() -> None:
    note = markdown("| [S] Nom | Fret |\n|---|---|\n| Kessar | acier |", default="[NP]")

    assert marks(note) == ["[S]"]
    assert note.portions[0].text == "Nom\tFret\nKessar\tacier"


def test_a_table_whose_rows_have_marks_is_worth_all_of_them() -> None:
    note = markdown("| Qui | Quoi |\n|---|---|\n| [NP] un | x |\n| [S] deux | [DR] y |", default="[NP]")

    assert marks(note) == ["[S]"]
    assert note.portions[0].text == "Qui\tQuoi\n[NP] un\tx\n[S] deux\t[DR] y"


def test_a_table_whose_marks_exclude_each_other_stays_unmarked() -> None:
    first, second = "[DR COMMUNICABLE À ALLEMAGNE]", "[DR COMMUNICABLE À ITALIE]"

    assert marks(markdown(f"| {first} a | {second} b |\n|---|---|\n| c | d |", default="[NP]")) == [None]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("| a | b |\n|---|---|\n| c | d |", (("a", "b"), ("c", "d"))),
        ("a | b\n--- | :-:\nc | d", (("a", "b"), ("c", "d"))),
        ("| a |\n|---|\n| b |", (("a",), ("b",))),
        ("| a | b |\n|---|---|\n| c |\n| d | e | f |", (("a", "b", ""), ("c", "", ""), ("d", "e", "f"))),
        (r"| a \| b | c |" + "\n|---|---|", (("a | b", "c"),)),
        ("| a<br>b | |\n|---|---|", (("a\nb", ""),)),
    ],
    ids=["pipes", "bare", "one column", "uneven", "escaped", "lines and blanks"],
)
def test_a_pipe_table_is_a_table(text: str, rows: tuple[tuple[str, ...], ...]) -> None:
    (found,) = tables(text.encode(), ".md")

    assert found.rows == rows
    assert found.has_header


@pytest.mark.parametrize(
    "text",
    ["a | b\nc | d", "| a | b |\n|---|", "a | b", "---|---\na | b", "a\n---\nb", "x | y\n|- z -|-|"],
    ids=["no dashes", "too few dashes", "one line", "dashes first", "no pipe", "dashes with words"],
)
def test_pipes_alone_make_no_table(text: str) -> None:
    assert tables(text.encode(), ".md") == []


def test_text_around_a_pipe_table_stays_text() -> None:
    found = read_paragraphs(b"before\n| a | b |\n|---|---|\n| c | d |\nafter\n- item", extension=".md")

    assert [(one.kind, one.text) for one in found] == [
        (Kind.PARAGRAPH, "before"),
        (Kind.TABLE, "a\tb\nc\td"),
        (Kind.PARAGRAPH, "after"),
        (Kind.ITEM, "item"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</w:body>", b""),
        (b"<w:gridCol", b"<w:gridcol"),
        (b"<w:tblGrid>", b"<w:tblGrid><w:x>"),
        (b"<w:tc>", b"<w:p>"),
        (b"w:w=", b"w:w='x' w:v="),
        (b"<w:body>", b"<w:body><w:tbl/>"),
    ],
)
def test_a_word_file_whose_structure_is_broken_is_read_or_refused(old: bytes, new: bytes) -> None:
    packed = io.BytesIO(saved(word_table(("a", "b"), ("c", "d"))))
    broken = io.BytesIO()
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(old, new) if "document.xml" in name else source.read(name))

    try:
        found = read_paragraphs(broken.getvalue(), extension=".docx")
    except ImportRefusedError:
        return
    assert found


def test_without_somebody_to_take_pictures_there_are_none() -> None:
    taker: TakePicture = no_pictures

    assert taker(PICTURE, "x") is None
