"""A note as a file under nobody's seal: what is in it, and that the register has it first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cloison.actions.compartments import add_compartment
from cloison.actions.copies import list_copies
from cloison.actions.export_note import ExportFormat, export_note
from cloison.actions.registers import lines
from cloison.actions.session import Session
from cloison.actions.write_note import import_note, save_note
from cloison.notes.errors import UnmarkedPortionsError
from cloison.notes.note import Note
from cloison.registers.facts import CopyEvent, Export, ExportEvent, Kind
from cloison.vault.compartment import Compartment
from cloison.vault.errors import DiskError
from service import Service, words_for, write_marked


@pytest.fixture
def officer(service: Service) -> Session:
    return service.member("Dupont", "S-SF")


@pytest.fixture
def port(officer: Session) -> Compartment:
    return add_compartment(officer, "Port", ceiling=None, need_to_know=False)


@pytest.fixture
def note(officer: Session, port: Compartment) -> Note:
    return write_marked(officer, port, "[DR] Cargo", ["[S] Le cargo décharge.", "[NP] Il pleut."])


def test_text_stands_between_its_banners_and_is_imported_again_as_it_was(
    officer: Session, port: Compartment, note: Note, tmp_path: Path
) -> None:
    written = export_note(officer, note.uid, ExportFormat.TEXT, tmp_path / "note.txt", words_for=words_for)

    text = written.path.read_text(encoding="utf-8")
    assert text == "SECRET\n\n[DR] Cargo\n\n[S] Le cargo décharge.\n\n[NP] Il pleut.\n\nSECRET\n"
    inside = text.removeprefix("SECRET\n\n").removesuffix("\n\nSECRET\n")
    again = import_note(officer, port, inside.encode(), extension=".txt", title=None, default=None).note
    assert [(one.text, one.label) for one in again.all_portions] == [(one.text, one.label) for one in note.all_portions]


def test_json_is_the_note_file_of_a_package(officer: Session, note: Note, tmp_path: Path) -> None:
    written = export_note(officer, note.uid, ExportFormat.JSON, tmp_path / "note.json", words_for=words_for)

    assert b'"format":"cloison/rendition/v1"' in written.path.read_bytes()
    assert "Le cargo décharge." in written.path.read_text(encoding="utf-8")


@pytest.mark.parametrize("written_as", [ExportFormat.TEXT, ExportFormat.JSON])
def test_what_was_written_is_on_the_register_under_its_digest(
    officer: Session, note: Note, tmp_path: Path, written_as: ExportFormat
) -> None:
    written = export_note(officer, note.uid, written_as, tmp_path / "note", words_for=words_for)

    (line,) = lines(officer, Kind.EXPORT)
    assert isinstance(line.entry.facts, Export)
    assert (line.entry.number, line.entry.facts.event) == (written.number, ExportEvent.NOTE_EXPORTED)
    assert (line.entry.facts.part, len(line.entry.facts.file_sha256)) == (0, 64)


def test_a_pdf_is_a_numbered_copy_of_whoever_wrote_it(officer: Session, note: Note, tmp_path: Path) -> None:
    written = export_note(officer, note.uid, ExportFormat.PDF, tmp_path / "ma note.pdf", words_for=words_for)

    (copy,) = list_copies(officer)
    assert (copy.number, copy.facts.holder, copy.facts.event) == (written.number, "Dupont", CopyEvent.PRINTED)
    assert written.path.read_bytes().startswith(b"%PDF")
    assert lines(officer, Kind.EXPORT) == ()


@pytest.mark.parametrize("written_as", list(ExportFormat))
def test_an_unmarked_note_is_not_written_and_no_file_is_written_over(
    officer: Session, port: Compartment, note: Note, tmp_path: Path, written_as: ExportFormat
) -> None:
    there = tmp_path / "note"
    there.write_text("ce qui était là", encoding="utf-8")
    with pytest.raises(DiskError):
        export_note(officer, note.uid, written_as, there, words_for=words_for)

    save_note(officer, port, replace(note, portions=(replace(note.portions[0], label=None),)), changes=())
    with pytest.raises(UnmarkedPortionsError):
        export_note(officer, note.uid, written_as, tmp_path / "autre", words_for=words_for)

    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["note"]
    assert there.read_text(encoding="utf-8") == "ce qui était là"
