"""A note that moves where several are read in: who knows one end alone finishes nothing, and learns nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cloison.actions.find_notes import find_notes
from cloison.actions.move_note import begin_moves, finish_moves, move_note
from cloison.actions.registers import draw_number, lines, verify
from cloison.actions.session import Session
from cloison.registers.facts import Kind
from cloison.vault.departure_store import Departure
from pages import decrypted_pages
from service import Clock
from several import ALL, ALONE, BOTH, CLERK, DEPUTY, OFFICER, SharedVault, found_shared, named


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> SharedVault:
    return found_shared(tmp_path_factory.mktemp("shared"), Clock())


@pytest.fixture
def shared(founded: SharedVault, tmp_path: Path) -> Iterator[SharedVault]:
    shutil.copytree(founded.folder, tmp_path / "vault")
    copy = SharedVault(folder=tmp_path / "vault", clock=Clock())
    yield copy
    copy.close()


def uid_in(session: Session, name: str) -> str:
    (row,) = named(session, name).notes.list(limit=9)
    return row.uid


def titles(session: Session) -> set[str]:
    return {line.row.title for line in find_notes(session, limit=9)}


def test_a_move_cut_short_waits_for_somebody_read_into_both_ends(shared: SharedVault) -> None:
    officer = shared.open_as(OFFICER)
    source, target = named(officer, BOTH), named(officer, ALONE)
    uid, number = uid_in(officer, BOTH), draw_number(officer, Kind.MOVEMENT)
    departure = Departure(uid=uid, number=number, target=target.id, at=officer.now(), by=OFFICER)
    begin_moves(officer, source, (departure,), reason="")

    deputy = shared.open_as(DEPUTY)
    seen_meanwhile, waiting = titles(deputy), finish_moves(deputy)
    again = shared.open_as(OFFICER)

    assert seen_meanwhile == {f"Titre {ALL}"}
    assert waiting == (departure,)
    assert again.find_note(uid)[0].name == ALONE
    assert {line.entry.by for line in lines(again, Kind.MOVEMENT)} == {OFFICER}
    assert [verdict.first_bad for verdict in verify(again)] == [None, None, None]


def test_who_knows_one_end_alone_reads_nothing_of_the_other(shared: SharedVault) -> None:
    officer = shared.open_as(OFFICER)
    gone, came = uid_in(officer, BOTH), uid_in(officer, ALONE)
    move_note(officer, gone, named(officer, ALONE).id)
    move_note(officer, came, named(officer, ALL).id)
    alone = named(officer, ALONE).id

    clerk = shared.open_as(CLERK)

    pages = decrypted_pages(clerk.vault, named(clerk, ALL).id)
    assert titles(clerk) == {f"Titre {ALL}", f"Titre {ALONE}"}
    assert [one for one in (alone, gone, BOTH) if one.encode() in pages] == []
