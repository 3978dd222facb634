"""Printing to PDF: numbers on the register before the paper, and every number accounted for."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from cloison.actions.compartments import add_compartment
from cloison.actions.print_copy import draw_copy, give_up, number_copies, print_to_folder
from cloison.actions.registers import Line, lines, verify
from cloison.actions.session import Session
from cloison.notes.errors import UnmarkedPortionsError
from cloison.notes.note import Note
from cloison.registers.facts import Copy, CopyEvent
from cloison.rendering.errors import UnprintableCharacterError
from cloison.vault.errors import DiskError
from service import Service, words_for, write_marked


@pytest.fixture
def officer(service: Service) -> Session:
    return service.member("Officier", "S-SF")


@pytest.fixture
def note(officer: Session) -> Note:
    compartment = add_compartment(officer, "A", ceiling=None, need_to_know=False)
    return write_marked(officer, compartment, "[S] Titre", ["[NP] un", "[S-SF] deux"])


def copies(session: Session) -> list[tuple[str, CopyEvent, str]]:
    return [(line.entry.number, copy_of(line).event, copy_of(line).holder) for line in lines(session)]


def copy_of(line: Line) -> Copy:
    assert isinstance(line.entry.facts, Copy)
    return line.entry.facts


def test_each_holder_gets_a_numbered_copy_that_stands_on_the_register(
    officer: Session, note: Note, tmp_path: Path
) -> None:
    first, second = print_to_folder(
        officer, note.uid, ["Mme Martin", "M. Durand"], tmp_path / "out", words_for=words_for
    )

    assert copies(officer) == [
        ("C-2026-00001", CopyEvent.RESERVED, "Mme Martin"),
        ("C-2026-00001", CopyEvent.PRINTED, "Mme Martin"),
        ("C-2026-00002", CopyEvent.RESERVED, "M. Durand"),
        ("C-2026-00002", CopyEvent.PRINTED, "M. Durand"),
    ]
    printed = {copy_of(line).file_sha256 for line in lines(officer) if copy_of(line).event is CopyEvent.PRINTED}
    assert printed == {hashlib.sha256(one.path.read_bytes()).hexdigest() for one in (first, second)}
    assert [verdict.first_bad for verdict in verify(officer)] == [None]


def test_the_paper_bears_mark_holder_and_register_number(
    officer: Session, note: Note, tmp_path: Path, tool: Callable[[str, str], str]
) -> None:
    pdftotext = tool("pdftotext", "apt install poppler-utils")
    (printed,) = print_to_folder(officer, note.uid, ["Mme Martin"], tmp_path, words_for=words_for)

    text = subprocess.run(
        [pdftotext, "-layout", str(printed.path), "-"], capture_output=True, check=True, text=True
    ).stdout

    for wanted in ("SECRET", "SPÉCIAL FRANCE", "[S] Titre", "[S-SF] deux", "Mme Martin", "C-2026-00001"):
        assert wanted in text


def test_copy_numbers_go_on_where_the_last_printing_ended(officer: Session, note: Note, tmp_path: Path) -> None:
    print_to_folder(officer, note.uid, ["Un", "Deux"], tmp_path, words_for=words_for)

    (third,) = print_to_folder(officer, note.uid, ["Trois"], tmp_path, words_for=words_for)

    assert (third.copy.copy.number.number, third.copy.copy.number.total) == (3, 3)


def test_what_is_shown_is_what_is_printed(officer: Session, note: Note) -> None:
    (numbered,) = number_copies(officer, note.uid, ["Mme Martin"], words_for=words_for)

    assert draw_copy(officer.policy, numbered) == draw_copy(officer.policy, numbered)


def test_numbers_drawn_for_nothing_are_entered_as_given_up(officer: Session, note: Note) -> None:
    give_up(officer, number_copies(officer, note.uid, ["Un"], words_for=words_for))
    give_up(officer, ())

    assert copies(officer) == [("C-2026-00001", CopyEvent.VOID, "Un")]


def test_an_unmarked_note_draws_no_number(officer: Session, tmp_path: Path) -> None:
    compartment = add_compartment(officer, "B", ceiling=None, need_to_know=False)
    note = write_marked(officer, compartment, "Titre", ["[NP] un"])

    with pytest.raises(UnmarkedPortionsError):
        print_to_folder(officer, note.uid, ["Un"], tmp_path, words_for=words_for)

    assert lines(officer) == ()
    assert officer.vault.series.draw("C", 2026) == 1


def test_a_folder_that_cannot_be_written_leaves_a_spoilt_copy_on_the_register(
    officer: Session, note: Note, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")

    with pytest.raises(DiskError):
        print_to_folder(officer, note.uid, ["Un"], blocked, words_for=words_for)

    assert [event for _, event, _ in copies(officer)] == [CopyEvent.RESERVED, CopyEvent.SPOILT]


def test_a_character_without_a_glyph_is_named_and_the_number_given_up(officer: Session, tmp_path: Path) -> None:
    compartment = add_compartment(officer, "B", ceiling=None, need_to_know=False)
    note = write_marked(officer, compartment, "[NP] Titre", ["[NP] ok", "[NP] \U0001f980"])

    with pytest.raises(UnprintableCharacterError) as refused:
        print_to_folder(officer, note.uid, ["Un"], tmp_path / "out", words_for=words_for)

    assert refused.value.character == "\U0001f980"
    assert [event for _, event, _ in copies(officer)] == [CopyEvent.VOID]
    assert not (tmp_path / "out").exists()
