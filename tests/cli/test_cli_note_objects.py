"""``note import`` and ``note show`` of files that hold tables and pictures, in a real vault."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from command_line import CommandLine
from foreign import colours, file_of


def word_file(*pictures: bytes) -> bytes:
    document = docx.Document()
    document.add_paragraph("[S] Relevé")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("[S] Navire", "Fret", "Kessar", "acier"), strict=True):
        cell.text = text
    for picture in pictures:
        document.add_paragraph("[DR] Le port").add_run().add_picture(io.BytesIO(picture))
    document.element.xpath("//wp:docPr")[0].set("descr", "Vue du nord")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.fixture
def dossier(line: CommandLine, vault: Path) -> Path:
    line.ask(vault, "compartment", "add", "Dossier")
    return vault


def test_a_word_file_gives_a_table_and_a_picture_that_are_shown_by_their_words(
    line: CommandLine, dossier: Path
) -> None:
    Path("note.docx").write_bytes(word_file(file_of(colours(), "PNG")))

    made = line.ask(dossier, "note", "import", "note.docx", "--compartment", "Dossier")
    shown = line.ask(dossier, "note", "show", made["uid"])

    assert (made["label"], made["portions"], made["unmarked"], made["pictures_left_out"]) == ("[S]", 3, 0, 0)
    assert shown["portions"] == [
        {"number": 1, "label": "[S]", "kind": "table", "text": "Navire\tFret\nKessar\tacier"},
        {"number": 2, "label": "[DR]", "kind": "paragraph", "text": "Le port"},
        {"number": 3, "label": "[DR]", "kind": "image", "text": "Vue du nord"},
    ]
    assert line.ask(dossier, "note", "list", "--search", "acier")["notes"][0]["uid"] == made["uid"]


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "2 images ne sont pas dans la note"), ("en", "2 pictures are not in the note")],
)
def test_pictures_that_had_to_be_left_out_are_counted_in_the_answer(
    line: CommandLine, dossier: Path, language: str, said: str
) -> None:
    odd = file_of(colours(), "JPEG") + b"and something else"
    Path("note.docx").write_bytes(word_file(odd, odd, file_of(colours(), "PNG")))

    outcome = line.on(dossier, "note", "import", "note.docx", "--compartment", "Dossier", "--lang", language)

    assert outcome.code == 0
    assert said in outcome.out


def test_a_note_with_a_table_and_a_picture_is_printed(line: CommandLine, dossier: Path) -> None:
    Path("note.docx").write_bytes(word_file(file_of(colours(), "PNG")))
    uid = line.ask(dossier, "note", "import", "note.docx", "--compartment", "Dossier")["uid"]

    copies = line.ask(dossier, "print", uid, "--holder", "Chef", "--out", "out")["copies"]

    assert Path(copies[0]["file"]).read_bytes().startswith(b"%PDF")
