"""Links between notes: said once, seen from both ends, and only by who can read both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cloison.actions.compartments import add_compartment
from cloison.actions.links import link_notes, links_of, unlink_notes
from cloison.actions.session import Session
from cloison.notes.errors import LinkedToItselfError
from cloison.notes.link import LinkDirection, LinkKind
from cloison.notes.note import Note
from cloison.vault.compartment import Compartment
from cloison.vault.errors import UnknownIdError
from service import Clock, new_vault, write_marked


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    made = new_vault(tmp_path / "vault", "Officier", clock)
    yield made
    made.vault.close()


@pytest.fixture
def other_place(session: Session) -> Compartment:
    return add_compartment(session, "Bravo", ceiling=None, need_to_know=False)


@pytest.fixture
def notes(session: Session, other_place: Compartment) -> tuple[Note, Note]:
    """Two notes in two compartments."""
    here = add_compartment(session, "Alpha", ceiling=None, need_to_know=False)
    return (
        write_marked(session, here, "[NP] Première", ("[NP] Texte.",)),
        write_marked(session, other_place, "[NP] Seconde", ("[NP] Texte.",)),
    )


def seen(session: Session, note: Note) -> list[tuple[LinkDirection, LinkKind, str]]:
    return [(one.direction, one.kind, one.note.row.uid) for one in links_of(session, note.uid)]


def test_a_link_is_seen_from_both_ends_across_compartments(session: Session, notes: tuple[Note, Note]) -> None:
    first, second = notes
    link_notes(session, first.uid, LinkKind.CORROBORATES, second.uid)
    link_notes(session, first.uid, LinkKind.CORROBORATES, second.uid)
    link_notes(session, second.uid, LinkKind.FOLLOWS, first.uid)

    assert seen(session, first) == [
        (LinkDirection.TO, LinkKind.CORROBORATES, second.uid),
        (LinkDirection.FROM, LinkKind.FOLLOWS, second.uid),
    ]
    assert seen(session, second) == [
        (LinkDirection.TO, LinkKind.FOLLOWS, first.uid),
        (LinkDirection.FROM, LinkKind.CORROBORATES, first.uid),
    ]


@pytest.mark.parametrize("ends", [(0, 1), (1, 0)], ids=["to the closed one", "from the closed one"])
def test_a_link_with_a_note_in_a_closed_compartment_shows_nothing(
    session: Session, notes: tuple[Note, Note], other_place: Compartment, ends: tuple[int, int]
) -> None:
    first, second = (notes[one] for one in ends)
    link_notes(session, first.uid, LinkKind.ANSWERS, second.uid)

    session.vault.close_compartment(other_place.id)

    assert links_of(session, notes[0].uid) == ()


def test_a_link_can_be_taken_back_once(session: Session, notes: tuple[Note, Note]) -> None:
    first, second = notes
    link_notes(session, first.uid, LinkKind.CONTRADICTS, second.uid)

    unlink_notes(session, first.uid, LinkKind.CONTRADICTS, second.uid)

    assert links_of(session, first.uid) == links_of(session, second.uid) == ()
    with pytest.raises(UnknownIdError) as caught:
        unlink_notes(session, first.uid, LinkKind.CONTRADICTS, second.uid)
    assert caught.value.kind == "link"


def test_a_note_is_linked_to_another_that_is_there(session: Session, notes: tuple[Note, Note]) -> None:
    first, _ = notes

    with pytest.raises(LinkedToItselfError):
        link_notes(session, first.uid, LinkKind.FOLLOWS, first.uid)
    with pytest.raises(UnknownIdError):
        link_notes(session, first.uid, LinkKind.FOLLOWS, "0" * 32)
