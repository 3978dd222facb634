"""What leaves a compartment: only what lies there can."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from cloison.notes.note import Note
from cloison.vault.compartment import Compartment
from cloison.vault.errors import NotesLeftError, UnknownIdError
from cloison.vault.note_rows import RevisionFacts

UNKNOWN = "0" * 32
NOW = datetime(2026, 3, 1, tzinfo=UTC)
ASKS: dict[str, Callable[[Compartment], object]] = {
    "into the bin": lambda one: one.bin.put(UNKNOWN, at=NOW, by="officier"),
    "out of the bin": lambda one: one.bin.take_back(UNKNOWN),
    "in the bin": lambda one: one.bin.get(UNKNOWN),
    "its line": lambda one: one.departures.row(UNKNOWN),
    "its rows": lambda one: one.departures.load(UNKNOWN),
    "its end": lambda one: one.departures.finish(UNKNOWN),
}


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS.keys())
def test_a_note_that_is_not_there_is_said_to_be_unknown(
    compartment: Compartment, ask: Callable[[Compartment], object]
) -> None:
    with pytest.raises(UnknownIdError):
        ask(compartment)


def test_a_compartment_is_put_away_empty_alone(
    compartment: Compartment, write: Callable[..., Note], facts: Callable[[Note], RevisionFacts]
) -> None:
    note = write("Titre", "Texte.")
    compartment.notes.save(note, facts(note))

    with pytest.raises(NotesLeftError):
        compartment.put_away(at=NOW, by="officier")

    assert not compartment.is_put_away
