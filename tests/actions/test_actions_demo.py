"""The demonstration: the whole main job on the sample dossier, for real."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cloison.actions.demo import MARKER, VAULTS, DemoReport, demonstrate
from cloison.actions.demo_people import Surroundings
from cloison.actions.find_notes import find_notes
from cloison.actions.samples import sample_dossier
from cloison.actions.unlock import unlock
from cloison.labels.library import built_in
from cloison.notes.composing import portions_from_paragraphs
from cloison.notes.importing import read_paragraphs
from cloison.notes.portion import Kind
from cloison.settings.values import Settings
from cloison.vault.errors import FolderNotEmptyError, VaultBusyError
from cloison.vault.lock import FILE_NAME, FolderLock
from cloison.vault.unlocking import PassphraseSecret
from cloison_crypto.slots import LOWEST, passphrase_bytes
from service import Clock, words_for

TEXT = b"A title\n\n" + b"\n\n".join(b"Paragraph %d" % number for number in range(1, 9))


def around(clock: Clock) -> Surroundings:
    return Surroundings(cost=LOWEST, settings=Settings(), clock=clock, randomness=os.urandom, words_for=words_for)


@pytest.fixture
def report(tmp_path: Path, clock: Clock) -> DemoReport:
    return demonstrate(tmp_path / "demo", around(clock), real_text=TEXT)


def test_the_whole_main_job_is_done(report: DemoReport) -> None:
    dossier = sample_dossier()

    assert report.notes == len(dossier.notes) + 1 == 13
    assert len(report.packages) == report.accepted == sum(len(note.to) for note in dossier.notes) + 2
    assert all(sealed.path.is_file() for sealed in report.packages)
    assert all(pdf.read_bytes().startswith(b"%PDF") for pdf in report.pdfs)
    assert [verdict.first_bad for verdict in report.register] == [None] * 6


def test_the_officers_vault_opens_with_the_passphrase_that_was_said(report: DemoReport, clock: Clock) -> None:
    passphrase = passphrase_bytes(report.officer.passphrase)

    session = unlock(
        report.officer.path,
        alias=None,
        secret=PassphraseSecret(passphrase=passphrase),
        settings=Settings(),
        clock=clock,
        randomness=os.urandom,
    )

    with session.vault:
        assert len(find_notes(session, limit=100)) == 13
        assert len(session.open_compartments()) == 3


def test_it_can_be_done_again_in_the_same_folder(report: DemoReport, tmp_path: Path, clock: Clock) -> None:
    kept = tmp_path / "demo" / "mine.txt"
    kept.write_text("left by a person")

    again = demonstrate(tmp_path / "demo", around(clock), real_text=None)

    assert again.notes == 12
    assert kept.exists()
    assert not report.packages[0].path.exists()


def test_a_folder_it_did_not_make_is_left_alone(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(FolderNotEmptyError):
        demonstrate(tmp_path, around(clock), real_text=None)

    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_vault_that_is_open_is_not_pulled_away(tmp_path: Path, clock: Clock) -> None:
    vault = tmp_path / VAULTS / "x.cloison"
    vault.mkdir(parents=True)
    (tmp_path / MARKER).touch()
    lock = FolderLock(vault / FILE_NAME)

    with pytest.raises(VaultBusyError):
        demonstrate(tmp_path, around(clock), real_text=None)

    lock.release()
    assert vault.is_dir()


def test_every_paragraph_of_the_dossier_is_marked(clock: Clock) -> None:
    policy = built_in("FR")
    portions = [
        portion
        for note in sample_dossier().notes
        for portion in portions_from_paragraphs(
            policy,
            read_paragraphs(note.content, extension=note.extension),
            now=clock(),
            randomness=os.urandom,
        )
    ]

    assert len(portions) > 60
    assert {portion.kind for portion in portions} >= {Kind.PARAGRAPH, Kind.TABLE}
    assert [portion.text for portion in portions if portion.label is None] == []
