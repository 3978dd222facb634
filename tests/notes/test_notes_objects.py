"""Tables and images as portions: what is stored of them, and what is refused with the place of the fault."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from cloison.labels.library import built_in
from cloison.labels.marks import read_mark
from cloison.notes import note as note_module
from cloison.notes.errors import (
    ImageProblem,
    ImageRefusedError,
    NoteFormatError,
    NoteTooLargeError,
    TableProblem,
    TableRefusedError,
)
from cloison.notes.image import LONGEST_SIDE, MOST_DESCRIPTION, MOST_PNG, image_of
from cloison.notes.note import MOST_BYTES, Note, note_from_bytes
from cloison.notes.png import Pixels, write_png
from cloison.notes.portion import Kind, Portion, image_portion, plain_portion, table_portion
from cloison.notes.release import whole
from cloison.notes.rendition import rendition_from_bytes, rendition_to_bytes
from cloison.notes.table import MOST_CELL, MOST_COLUMNS, MOST_ROWS, table_of
from cloison_crypto import canonical

POLICY = built_in("FR")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
SECRET = read_mark(POLICY, "[S]", created=NOW)
# What was on disk before there were tables and images: to be read, and written, as these very bytes for ever.
STORED_BEFORE = (
    b'{"author":"Auteur","created":"2026-11-22T00:00:00Z","format":"cloison/note/v1","language":"fr","portions":'
    b'[{"kind":"item","label":null,"origin":null,"runs":[{"style":"strong","text":"un"},{"style":null,"text":" point"}]'
    b',"uid":"00000000000000000000000000000001"}],"raised":null,"reference":"2026-00001","title":{"kind":"heading",'
    b'"label":null,"origin":{"fingerprint":"' + b"ab" * 32 + b'","reference":"P-7"},"runs":[],'
    b'"uid":"00000000000000000000000000000000"},"uid":"ffffffffffffffffffffffffffffffff"}'
)
PNG = write_png(Pixels(width=3, height=2, channels=3, data=bytes(range(18))))
TABLE = table_of([["Nom", "Cargaison"], ["Kessar", "acier\net bois"]], has_header=True)


def table() -> Portion:
    return table_portion(TABLE, randomness=os.urandom, label=SECRET)


def image(description: str = "Le port vu du nord") -> Portion:
    return image_portion(image_of(PNG, description=description), randomness=os.urandom, label=SECRET)


def note_of(*portions: Portion) -> Note:
    return Note(
        uid="f" * 32,
        reference="2026-00001",
        language="fr",
        author="Auteur",
        created=NOW,
        title=plain_portion("titre", randomness=os.urandom, kind=Kind.HEADING, label=SECRET),
        portions=portions,
    )


def stored(*portions: Portion) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(note_of(*portions).to_bytes())
    return value


def refusal(value: dict[str, Any]) -> tuple[str, str]:
    with pytest.raises(NoteFormatError) as refused:
        note_from_bytes(canonical.write(value))
    return refused.value.path, refused.value.reason


def test_a_note_stored_before_is_read_and_written_as_the_same_bytes() -> None:
    note = note_from_bytes(STORED_BEFORE)

    assert note.to_bytes() == STORED_BEFORE
    assert (note.portions[0].kind, note.portions[0].text) == (Kind.ITEM, "un point")


@pytest.mark.parametrize(("portion", "mark"), [(table(), "v2"), (image(), "v2"), (None, "v1")])
def test_the_version_mark_says_whether_a_table_or_an_image_is_there(portion: Portion | None, mark: str) -> None:
    portions = () if portion is None else (portion,)
    rendition = whole(POLICY, note_of(*portions), now=NOW)

    assert stored(*portions)["format"] == f"cloison/note/{mark}"
    assert json.loads(rendition_to_bytes(rendition))["format"] == f"cloison/rendition/{mark}"
    assert rendition_from_bytes(rendition_to_bytes(rendition)) == rendition


def test_a_version_that_is_not_the_one_of_what_it_holds_is_refused() -> None:
    old = {**stored(table()), "format": "cloison/note/v1"}
    new = {**stored(), "format": "cloison/note/v2"}
    rendition = json.loads(rendition_to_bytes(whole(POLICY, note_of(), now=NOW)))

    assert [refusal(old)[0], refusal(new)[0]] == ["format", "format"]
    with pytest.raises(NoteFormatError):
        rendition_from_bytes(canonical.write({**rendition, "format": "cloison/rendition/v2"}))


def test_a_title_is_text() -> None:
    rendition = json.loads(rendition_to_bytes(whole(POLICY, note_of(table()), now=NOW)))

    assert refusal({**stored(), "title": table().to_json()}) == ("title", "not text")
    with pytest.raises(NoteFormatError) as refused:
        rendition_from_bytes(canonical.write({**rendition, "title": image().to_json()}))
    assert refused.value.path == "title"


def test_the_words_of_a_table_are_its_cells_and_those_of_an_image_its_description() -> None:
    assert table().text == "Nom\tCargaison\nKessar\tacier et bois"
    assert image().text == "Le port vu du nord"
    assert [run.text for run in table().runs] == [table().text]
    assert (image("").text, image("").runs) == ("", ())


def test_an_image_without_description_is_not_blank() -> None:
    portions = (image(""), table(), plain_portion(" \n", randomness=os.urandom))

    assert [portion.is_blank for portion in portions] == [False, False, True]


@pytest.mark.parametrize(
    ("rows", "path", "problem"),
    [
        ([], "rows", TableProblem.EMPTY),
        ([[]], "rows", TableProblem.EMPTY),
        ([["a", "b"], ["c"]], "rows[1]", TableProblem.NOT_RECTANGULAR),
        ([["a"]] * (MOST_ROWS + 1), "rows", TableProblem.TOO_MANY_ROWS),
        ([["a"] * (MOST_COLUMNS + 1)], "rows[0]", TableProblem.TOO_MANY_COLUMNS),
        ([["a", "b" * (MOST_CELL + 1)]], "rows[0][1]", TableProblem.CELL_TOO_LONG),
        ([["a" * MOST_CELL]] * 101, "rows", TableProblem.TOO_MUCH_TEXT),
    ],
    ids=["no rows", "no columns", "different lengths", "rows", "columns", "a long cell", "much text"],
)
def test_rows_that_are_no_table_are_refused_with_their_place(
    rows: list[list[str]], path: str, problem: TableProblem
) -> None:
    with pytest.raises(TableRefusedError) as refused:
        table_of(rows, has_header=False)

    assert (refused.value.path, refused.value.problem) == (path, problem)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"rows": [{"cells": ["a", "b"]}, {"cells": ["c"]}]}, "portions[0].table.rows[1]"),
        ({"rows": []}, "portions[0].table.rows"),
        ({"rows": [{"cells": [1]}]}, "portions[0].table.rows[0].cells[0]"),
        ({"rows": [{"cells": ["a" * (MOST_CELL + 1)]}]}, "portions[0].table.rows[0].cells[0]"),
        ({"rows": [{"cells": ["a"], "height": 1}]}, "portions[0].table.rows[0].height"),
        ({"has_header": 1}, "portions[0].table.has_header"),
        ({"caption": "x"}, "portions[0].table.caption"),
    ],
    ids=["different lengths", "no rows", "a number", "a long cell", "more in a row", "no flag", "more in the table"],
)
def test_a_stored_table_with_a_fault_is_refused_with_its_place(change: dict[str, object], path: str) -> None:
    value = stored(table())
    value["portions"][0]["table"].update(change)

    assert refusal(value)[0] == path


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"width": 2}, "portions[0].image"),
        ({"height": 3}, "portions[0].image"),
        ({"png": canonical.base64_text(b"no PNG")}, "portions[0].image"),
        ({"png": canonical.base64_text(bytes(MOST_PNG + 3))}, "portions[0].image.png"),
        ({"png": "%"}, "portions[0].image.png"),
        ({"description": "x" * (MOST_DESCRIPTION + 1)}, "portions[0].image.description"),
        ({"source": "x"}, "portions[0].image.source"),
    ],
    ids=["another width", "another height", "no PNG", "too long", "no base64", "a long description", "more"],
)
def test_a_stored_image_with_a_fault_is_refused_with_its_place(change: dict[str, object], path: str) -> None:
    value = stored(image())
    value["portions"][0]["image"].update(change)

    assert refusal(value)[0] == path


@pytest.mark.parametrize("kind", ["paragraph", "table", "image"])
def test_a_kind_that_its_content_belies_is_refused(kind: str) -> None:
    portions = {"paragraph": plain_portion("x", randomness=os.urandom), "table": table(), "image": image()}
    for name, portion in portions.items():
        value = stored(portion)
        value["portions"][0]["kind"] = kind
        if name != kind:
            assert refusal(value)[0].startswith("portions[0].")


@pytest.mark.parametrize(
    ("png", "description", "problem"),
    [
        (b"", "", ImageProblem.DAMAGED),
        (bytes(MOST_PNG + 1), "", ImageProblem.TOO_LARGE),
        (PNG, "x" * (MOST_DESCRIPTION + 1), ImageProblem.DESCRIPTION_TOO_LONG),
        (
            write_png(Pixels(width=LONGEST_SIDE + 1, height=1, channels=1, data=bytes(LONGEST_SIDE + 1))),
            "",
            ImageProblem.DAMAGED,
        ),
    ],
    ids=["nothing", "too many bytes", "a long description", "too wide"],
)
def test_what_is_no_image_of_a_note_is_refused(png: bytes, description: str, problem: ImageProblem) -> None:
    with pytest.raises(ImageRefusedError) as refused:
        image_of(png, description=description)

    assert refused.value.problem is problem


def test_a_note_of_more_than_the_bound_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    note = note_of(image())
    size = len(note.to_bytes())
    monkeypatch.setattr(note_module, "MOST_BYTES", size - 1)

    with pytest.raises(NoteTooLargeError) as refused:
        note.to_bytes()

    assert refused.value.most == size - 1
    assert MOST_BYTES > 11 * MOST_PNG * 4 // 3


def test_marking_a_table_changes_nothing_else() -> None:
    lower = read_mark(POLICY, "[DR]", created=NOW)

    assert replace(table().marked(lower), uid="", label=None) == replace(table(), uid="", label=None)
