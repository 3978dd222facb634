"""Notes that change their compartment, in three steps of which each may be the last before the power goes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cloison.actions.attachments import attach_file, kept_file
from cloison.actions.bin import bin_note, list_bin
from cloison.actions.compartments import (
    add_compartment,
    list_compartments,
    named_compartment,
    open_compartment,
    put_away_compartments,
)
from cloison.actions.find_notes import find_notes
from cloison.actions.links import link_notes, links_of
from cloison.actions.merge_compartments import merge_some, plan_merge
from cloison.actions.move_note import begin_moves, bring, finish_moves, move_note
from cloison.actions.print_copy import number_copies, print_to_folder
from cloison.actions.registers import draw_number, lines, verify
from cloison.actions.session import Session
from cloison.actions.unlock import unlock
from cloison.actions.write_note import mark_portions, save_note
from cloison.labels.label import Label
from cloison.notes.attaching import attached_files
from cloison.notes.errors import LeavingNeedToKnowError
from cloison.notes.link import LinkKind
from cloison.notes.marking import LabelChange
from cloison.notes.note import Note
from cloison.registers.facts import Kind, Movement, MovementEvent
from cloison.settings.values import Settings
from cloison.vault.blob_files import MOST_SMALL
from cloison.vault.compartment import Compartment
from cloison.vault.departure_store import Departure
from cloison.vault.errors import (
    CeilingError,
    NotesAboveCeilingError,
    NoteThereError,
    NotInUseError,
    PutAwayError,
    UnknownIdError,
)
from cloison.vault.requirement_store import StoredRequirement
from cloison.vault.unlocking import PassphraseSecret
from pages import decrypted_pages
from service import START, Clock, mark, new_vault, words_for, write_marked

FOLDER = "vault"
FILES = (b"un plan", os.urandom(MOST_SMALL + 7))


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    made = new_vault(tmp_path / FOLDER, "Officier", clock)
    yield made
    made.vault.close()


@pytest.fixture
def reopened(session: Session, tmp_path: Path, clock: Clock) -> Iterator[Callable[[], Session]]:
    opened: list[Session] = []

    def again() -> Session:
        session.vault.close()
        secret = PassphraseSecret(passphrase=bytearray(b"une phrase de passe pour les essais"))
        opened.append(
            unlock(
                tmp_path / FOLDER,
                alias=None,
                secret=secret,
                settings=Settings(),
                clock=clock,
                randomness=os.urandom,
            )
        )
        return opened[-1]

    yield again
    for one in opened:
        one.vault.close()


@pytest.fixture
def source(session: Session) -> Compartment:
    return add_compartment(session, "Alpha", ceiling=None, need_to_know=False)


@pytest.fixture
def target(session: Session) -> Compartment:
    return add_compartment(session, "Bravo", ceiling=None, need_to_know=False)


@pytest.fixture
def note(session: Session, source: Compartment) -> Note:
    return write_marked(session, source, "[NP] Titre", ("[DR] Kessar au port.", "[NP] Second."))


def asked_of(note: Note, label: Label) -> StoredRequirement:
    return StoredRequirement(
        id="q" * 32,
        note_uid=note.uid,
        package_uid="p" * 32,
        sender="Lecteur",
        sender_fingerprint="f" * 64,
        text="Qui ?",
        label_xml=label.to_xml(),
        at=START,
    )


def tables_that_know(compartment: Compartment, uid: str) -> set[str]:
    database = compartment._file.database
    tables = [name for (name,) in database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = {one: database.rows(f'SELECT * FROM "{one}"') for one in tables}  # noqa: S608 - names of our own tables
    return {one for one in tables if any(uid in str(value) for row in rows[one] for value in row)}


def movements(session: Session) -> list[tuple[str, str, MovementEvent]]:
    return [
        (line.compartment, line.entry.number, facts.event)
        for line in lines(session)
        if isinstance(facts := line.entry.facts, Movement)
    ]


def begun(session: Session, source: Compartment, target: Compartment, note: Note) -> tuple[Departure]:
    number = draw_number(session, Kind.MOVEMENT)
    one = Departure(uid=note.uid, number=number, target=target.id, at=session.now(), by="Officier")
    begin_moves(session, source, (one,), reason="")
    return (one,)


def test_all_that_belongs_to_a_note_goes_with_it(
    session: Session, source: Compartment, target: Compartment, note: Note, tmp_path: Path
) -> None:
    other = write_marked(session, source, "[NP] Autre", ("[NP] Texte.",))
    for content in FILES:
        (tmp_path / "file").write_bytes(content)
        attach_file(session, note.uid, tmp_path / "file", label=mark(session, "NP"))
    mark_portions(session, note.uid, [2], mark(session, "DR"), reason=None)
    mark_portions(session, note.uid, [2], mark(session, "NP"), reason="publié")
    link_notes(session, note.uid, LinkKind.FOLLOWS, other.uid)
    link_notes(session, other.uid, LinkKind.ANSWERS, note.uid)
    source.requirements.add(asked_of(note, mark(session, "NP")))
    source.requirements.answer("q" * 32, note_uid=other.uid, by="Officier", at=START)
    before, history = source.notes.get(note.uid), source.notes.revisions(note.uid)
    asked, linked = source.requirements.about(note.uid), links_of(session, note.uid)

    move_note(session, note.uid, target.id)

    assert target.notes.get(note.uid) == before
    assert target.notes.revisions(note.uid) == history
    assert [row.uid for row in target.notes.search("kessar", limit=9)] == [note.uid]
    assert target.requirements.about(note.uid) == asked
    assert links_of(session, note.uid) == linked
    held = [kept_file(target, note.uid, one).read() for _, one in attached_files(before.note)]
    assert held == list(FILES)
    assert source.requirements.all() == ()
    assert source.notes.search("kessar", limit=9) == ()
    assert source.departures.uids() == (other.uid,)
    assert source.check() == target.check() == ()


def test_no_table_but_the_register_knows_a_note_that_left(
    session: Session, source: Compartment, target: Compartment, note: Note, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(FILES[0])
    attach_file(session, note.uid, tmp_path / "file", label=mark(session, "NP"))
    link_notes(session, note.uid, LinkKind.FOLLOWS, write_marked(session, source, "[NP] Autre", ("[NP] T.",)).uid)
    source.requirements.add(asked_of(note, mark(session, "NP")))
    source.templates.add(note.uid)
    before = tables_that_know(source, note.uid)

    move_note(session, note.uid, target.id)

    assert before == {"notes", "attachments", "links", "requirements", "templates"}
    assert tables_that_know(source, note.uid) == {"chain"}
    assert tables_that_know(target, note.uid) == before | {"chain"}


def test_what_is_being_written_goes_along_as_a_revision(
    session: Session, source: Compartment, target: Compartment, note: Note
) -> None:
    unmarked = note.with_portions({2: replace(note.portions[1], label=None)})
    owed = LabelChange(portion_uid=note.portions[1].uid, before=None, after=mark(session, "TS"), reason=None)
    source.drafts.save(unmarked, (owed,))

    move_note(session, note.uid, target.id)

    assert target.notes.get(note.uid).note == unmarked
    assert target.notes.revisions(note.uid)[1].changes == (owed,)
    assert source.drafts.all() == target.drafts.all() == ()


def test_both_registers_say_it_under_one_number_and_neither_names_the_other(
    session: Session, source: Compartment, target: Compartment, note: Note
) -> None:
    moved = move_note(session, note.uid, target.id)

    assert movements(session) == [
        ("Alpha", moved.number, MovementEvent.WENT),
        ("Bravo", moved.number, MovementEvent.CAME),
    ]
    assert all(b"Bravo" not in row.body and target.id.encode() not in row.body for row in source.chain.entries())
    assert all(b"Alpha" not in row.body and source.id.encode() not in row.body for row in target.chain.entries())
    source.departures.settle()
    pages = decrypted_pages(session.vault, source.id)
    assert b"Bravo" not in pages
    assert target.id.encode() not in pages
    assert [verdict.first_bad for verdict in verify(session)] == [None, None]


@pytest.mark.parametrize("steps", [1, 2])
def test_a_move_that_was_cut_short_is_finished_at_the_next_unlocking(
    session: Session,
    source: Compartment,
    target: Compartment,
    note: Note,
    reopened: Callable[[], Session],
    steps: int,
) -> None:
    departures = begun(session, source, target, note)
    for _ in range(steps - 1):
        bring(session, source, target, departures, brought=Counter())

    again = reopened()

    compartment, stored = again.find_note(note.uid)
    assert (compartment.id, stored.note) == (target.id, note)
    assert [line.row.uid for line in find_notes(again, limit=9)] == [note.uid]
    assert not again.vault.compartment(source.id).departures.holds(note.uid)
    assert [event for *_, event in movements(again)] == [MovementEvent.WENT, MovementEvent.CAME]
    assert [verdict.first_bad for verdict in verify(again)] == [None, None]
    assert again.vault.check() == ()


def test_a_note_on_its_way_is_in_no_list_and_nothing_is_saved_of_it(
    session: Session, source: Compartment, target: Compartment, note: Note
) -> None:
    begun(session, source, target, note)

    with pytest.raises(UnknownIdError):
        session.find_note(note.uid)
    with pytest.raises(NotInUseError):
        save_note(session, source, note, changes=())
    assert find_notes(session, limit=9) == ()


def test_a_move_waits_for_a_compartment_that_is_closed(
    session: Session, source: Compartment, target: Compartment, note: Note
) -> None:
    (departure,) = begun(session, source, target, note)
    session.vault.close_compartment(target.id)

    assert finish_moves(session) == (departure,)
    open_compartment(session, target.id)

    assert session.find_note(note.uid)[0].id == target.id


def test_a_move_that_failed_halfway_goes_on_with_the_next_try(
    session: Session, source: Compartment, target: Compartment, note: Note
) -> None:
    begun(session, source, target, note)

    with pytest.raises(NoteThereError):
        move_note(session, note.uid, target.id)

    assert session.find_note(note.uid)[0].id == target.id
    assert len(movements(session)) == 2


def test_an_entry_of_a_move_finished_later_is_not_dated_before_those_made_meanwhile(
    session: Session, source: Compartment, target: Compartment, note: Note, clock: Clock
) -> None:
    departures = begun(session, source, target, note)
    clock.advance(hours=1)
    other = write_marked(session, target, "[NP] Autre", ("[NP] Texte.",))
    print_to_folder(session, other.uid, ["Mme Martin"], session.vault.folder.parent / "out", words_for=words_for)

    bring(session, source, target, departures, brought=Counter())

    came = next(line.entry for line in lines(session, Kind.MOVEMENT) if line.compartment == "Bravo")
    assert came.at == clock.now
    assert came.by == "Officier"


@pytest.mark.parametrize("what", ["the note", "an earlier revision", "what a reader asked"])
def test_nothing_above_the_ceiling_comes_in(session: Session, source: Compartment, note: Note, what: str) -> None:
    low = add_compartment(session, "Bas", ceiling=mark(session, "NP"), need_to_know=False)
    if what != "the note":
        mark_portions(session, note.uid, [1], mark(session, "NP"), reason="publié")
    if what == "what a reader asked":
        note = write_marked(session, source, "[NP] Clair", ("[NP] Texte.",))
        source.requirements.add(asked_of(note, mark(session, "DR")))

    with pytest.raises(CeilingError):
        move_note(session, note.uid, low.id)

    assert session.find_note(note.uid)[0].id == source.id
    assert movements(session) == []


def test_nothing_above_the_ceiling_comes_in_by_a_departure_that_somebody_wrote(
    session: Session, source: Compartment, note: Note
) -> None:
    low = add_compartment(session, "Bas", ceiling=mark(session, "NP"), need_to_know=False)
    one = Departure(uid=note.uid, number="M-2026-00001", target=low.id, at=START, by="Officier")
    begin_moves(session, source, (one,), reason="")

    assert finish_moves(session) == (one,)
    assert not low.departures.holds(note.uid)


@pytest.mark.parametrize("reason", [None, "  "])
def test_leaving_a_need_to_know_compartment_takes_a_reason_kept_there(
    session: Session, target: Compartment, reason: str | None
) -> None:
    needed = add_compartment(session, "Source", ceiling=None, need_to_know=True)
    note = write_marked(session, needed, "[S] Titre", ("[S] Texte.",))

    with pytest.raises(LeavingNeedToKnowError):
        move_note(session, note.uid, target.id, reason=reason)
    move_note(session, note.uid, target.id, reason="source retirée")

    reasons = {
        line.compartment: line.entry.facts.reason
        for line in lines(session, Kind.MOVEMENT)
        if isinstance(line.entry.facts, Movement)
    }
    assert reasons == {"Source": "source retirée", "Bravo": ""}


def test_into_a_need_to_know_compartment_no_reason_is_asked(session: Session, note: Note) -> None:
    needed = add_compartment(session, "Source", ceiling=None, need_to_know=True)

    move_note(session, note.uid, needed.id)

    assert session.find_note(note.uid)[0].id == needed.id


def test_a_note_is_not_moved_to_where_it_lies(session: Session, source: Compartment, note: Note) -> None:
    with pytest.raises(NoteThereError):
        move_note(session, note.uid, source.id)


def test_numbers_of_paper_copies_go_on_where_the_register_of_the_first_is_closed(
    session: Session, source: Compartment, target: Compartment, note: Note, tmp_path: Path
) -> None:
    print_to_folder(session, note.uid, ["Mme Martin", "M. Durand"], tmp_path / "out", words_for=words_for)
    move_note(session, note.uid, target.id)
    session.vault.close_compartment(source.id)

    (copy,) = number_copies(session, note.uid, ["M. Petit"], words_for=words_for)

    assert (copy.copy.number.number, copy.copy.number.total) == (3, 3)


def test_merging_moves_everything_and_keeps_the_register(
    session: Session, source: Compartment, target: Compartment, note: Note, reopened: Callable[[], Session]
) -> None:
    deleted = write_marked(session, source, "[NP] Jeté", ("[NP] Texte.",))
    bin_note(session, deleted.uid)
    never_saved = replace(note, uid="d" * 32)
    source.drafts.save(never_saved)
    merge = plan_merge(session, source.id, target.id)

    left = [merge_some(session, merge, most=2), merge_some(session, merge, most=2)]

    again = reopened()
    assert (merge.notes, left) == (3, [1, 0])
    assert {line.row.uid for line in find_notes(again, limit=9)} == {note.uid, never_saved.uid}
    assert [line.row.uid for line in list_bin(again)] == [deleted.uid]
    assert [one.name for one in list_compartments(again)] == ["Bravo"]
    assert put_away_compartments(again) == ("Alpha",)
    assert movements(again)[-1][2] is MovementEvent.PUT_AWAY
    assert [verdict.first_bad for verdict in verify(again)] == [None, None]


def test_no_note_comes_into_a_compartment_that_was_put_away(
    session: Session, source: Compartment, target: Compartment, note: Note
) -> None:
    merge_some(session, plan_merge(session, source.id, target.id))

    with pytest.raises(PutAwayError):
        write_marked(session, source, "[NP] Nouveau", ("[NP] Texte.",))
    with pytest.raises(PutAwayError):
        move_note(session, note.uid, source.id)
    with pytest.raises(PutAwayError):
        source.drafts.save(note)
    session.vault.close_compartment(source.id)
    assert put_away_compartments(session) == ("Alpha",)


def test_a_name_means_the_compartment_that_is_used_before_one_that_was_put_away(
    session: Session, source: Compartment, target: Compartment
) -> None:
    merge_some(session, plan_merge(session, source.id, target.id))

    before = named_compartment(session, "Alpha")
    anew = add_compartment(session, "Alpha", ceiling=None, need_to_know=False)

    assert before.id == source.id
    assert named_compartment(session, "Alpha").id == anew.id


def test_a_merge_is_refused_whole_and_says_which_notes_hinder_it(
    session: Session, source: Compartment, note: Note
) -> None:
    low = add_compartment(session, "Bas", ceiling=mark(session, "NP"), need_to_know=False)
    free = write_marked(session, source, "[NP] Clair", ("[NP] Texte.",))

    with pytest.raises(NotesAboveCeilingError) as caught:
        plan_merge(session, source.id, low.id)

    assert caught.value.references == (note.reference,)
    assert session.find_note(free.uid)[0].id == source.id
    with pytest.raises(NoteThereError):
        plan_merge(session, source.id, source.id)
