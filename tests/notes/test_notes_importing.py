"""Reading text, Markdown and Word files as paragraphs."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloison.labels.library import built_in
from cloison.labels.marks import portion_mark, read_mark
from cloison.notes.composing import new_note, note_from_paragraphs
from cloison.notes.errors import ImportProblem, ImportRefusedError
from cloison.notes.importing import MOST_BYTES, read_paragraphs
from cloison.notes.note import Note
from cloison.notes.portion import Kind

POLICY = built_in("FR")
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def texts(content: bytes, extension: str = ".txt") -> list[str]:
    return [paragraph.text for paragraph in read_paragraphs(content, extension=extension)]


def problem_of(content: bytes, extension: str = ".txt") -> ImportProblem:
    with pytest.raises(ImportRefusedError) as refused:
        read_paragraphs(content, extension=extension)
    return refused.value.problem


def word_file(*paragraphs: tuple[str, str]) -> bytes:
    document = docx.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def imported(content: bytes, *, title: str | None = None, default: str | None = None) -> Note:
    empty = new_note(reference="2026-00001", language="fr", author="Auteur", now=NOW, randomness=os.urandom)
    return note_from_paragraphs(
        POLICY,
        empty,
        read_paragraphs(content, extension=".txt"),
        title=title,
        default=None if default is None else read_mark(POLICY, default, created=NOW),
        randomness=os.urandom,
    )


def marks(note: Note) -> list[str | None]:
    return [None if one.label is None else portion_mark(POLICY, one.label) for one in note.all_portions]


def test_a_blank_line_or_a_line_end_ends_a_paragraph() -> None:
    assert texts(b"one\n\ntwo\nthree\n \nfour") == ["one", "two", "three", "four"]


def test_a_block_wrapped_by_hand_is_one_paragraph() -> None:
    line = "Une ligne que son auteur a coupée à la main vers la marge."

    assert texts(f"{line}\n{line}\nfin".encode()) == [f"{line} {line} fin"]


@pytest.mark.parametrize(
    "content",
    ["\ufeffdéjà".encode(), "déjà".encode("utf-16"), "déjà".encode("cp1252")],
    ids=["UTF-8 with its mark", "UTF-16", "Windows-1252"],
)
def test_the_encodings_of_the_trade_are_read(content: bytes) -> None:
    assert texts(content) == ["déjà"]


def test_control_characters_are_dropped_and_line_ends_of_every_system_understood() -> None:
    assert texts(b"a\x07b\r\n\r\nc\rd") == ["ab", "c", "d"]


def test_markdown_gives_headings_items_and_quotes() -> None:
    content = b"# Title\n\n- one\n2. two\n> said\nplain\nmore"

    found = [(one.kind, one.text) for one in read_paragraphs(content, extension=".md")]

    assert found == [
        (Kind.HEADING, "Title"),
        (Kind.ITEM, "one"),
        (Kind.ITEM, "two"),
        (Kind.QUOTE, "said"),
        (Kind.PARAGRAPH, "plain more"),
    ]


def test_a_word_file_gives_its_paragraphs_and_tables() -> None:
    document = docx.Document()
    document.add_heading("Titre", level=1)
    document.add_paragraph("un", style="List Bullet")
    document.add_paragraph("dit", style="Quote")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "gauche", "droite"
    saved = io.BytesIO()
    document.save(saved)

    found = [(one.kind, one.text) for one in read_paragraphs(saved.getvalue(), extension=".DOCX")]

    assert found == [
        (Kind.HEADING, "Titre"),
        (Kind.ITEM, "un"),
        (Kind.QUOTE, "dit"),
        (Kind.TABLE, "gauche\tdroite"),
    ]


def test_a_word_file_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    packed = io.BytesIO(word_file(("Normal", "x")))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("bomb", "w") as bomb:
        for _ in range(130):
            bomb.write(bytes(1 << 20))

    assert problem_of(packed.getvalue(), ".docx") is ImportProblem.TOO_LARGE


@pytest.mark.parametrize(
    ("content", "extension", "problem"),
    [
        (b"", ".txt", ImportProblem.EMPTY),
        (b" \n\n ", ".md", ImportProblem.EMPTY),
        (b"text", ".pdf", ImportProblem.UNKNOWN_KIND),
        (b"a\0b", ".txt", ImportProblem.NOT_TEXT),
        (b"\xff\xfe\x00\xd8", ".txt", ImportProblem.NOT_TEXT),
        (b"\x81", ".txt", ImportProblem.NOT_TEXT),
        (b"x" * (MOST_BYTES + 1), ".txt", ImportProblem.TOO_LARGE),
        (b"x\n" * 20_001, ".txt", ImportProblem.TOO_LARGE),
        (b"not a zip", ".docx", ImportProblem.DAMAGED),
        (word_file(("Normal", "x"))[:-30], ".docx", ImportProblem.DAMAGED),
    ],
    ids=[
        "nothing",
        "blanks",
        "another kind",
        "a NUL",
        "half a surrogate",
        "no known encoding",
        "too many bytes",
        "too many paragraphs",
        "not a Word file",
        "a Word file cut short",
    ],
)
def test_what_cannot_become_a_note_is_refused_by_its_reason(
    content: bytes, extension: str, problem: ImportProblem
) -> None:
    assert problem_of(content, extension) is problem


def test_a_word_file_without_its_parts_is_damaged() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("other", "x")

    assert problem_of(packed.getvalue(), ".docx") is ImportProblem.DAMAGED


@given(st.binary(max_size=300), st.sampled_from((".txt", ".md", ".docx")))
def test_any_bytes_are_read_or_refused(content: bytes, extension: str) -> None:
    try:
        found = read_paragraphs(content, extension=extension)
    except ImportRefusedError:
        return
    assert all(paragraph.text for paragraph in found)


def test_the_first_paragraph_is_the_title_unless_one_is_given() -> None:
    content = b"one\n\ntwo"

    assert (imported(content).title.text, len(imported(content).portions)) == ("one", 1)
    assert (imported(content, title="given").title.text, len(imported(content, title="given").portions)) == ("given", 2)


def test_a_leading_mark_becomes_the_label_and_the_rest_stay_unmarked() -> None:
    note = imported(b"[S] titre\n\n(DR) un\n\ndeux")

    assert marks(note) == ["[S]", "[DR]", None]
    assert note.portions[0].text == "un"


def test_a_default_mark_is_for_those_without_one() -> None:
    assert marks(imported(b"[S] titre\n\nun", default="[DR]")) == ["[S]", "[DR]"]
