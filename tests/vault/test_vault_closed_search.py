"""Search never gives a word of a closed compartment, whatever is opened, closed, saved and sought before."""

import os
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cloison.notes.note import Note
from cloison.notes.portion import new_uid, plain_portion
from cloison.vault.note_rows import NoteRow, RevisionFacts
from cloison.vault.vault import Vault

START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
WORDS = ("alpha", "bravo", "charlie")
NAMES = ("un", "deux", "trois")
steps = st.lists(
    st.tuples(st.sampled_from(("save", "open", "close", "search")), st.sampled_from(NAMES), st.sampled_from(WORDS)),
    max_size=25,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=steps)
def test_search_never_gives_a_word_of_a_closed_compartment(acts: list[tuple[str, str, str]], vault: Vault) -> None:
    ids = {name: vault.add_compartment(name).id for name in NAMES}
    saved: dict[str, list[str]] = {name: [] for name in NAMES}
    opened = set(NAMES)
    for act, name, word in acts:
        if act == "open":
            vault.open_compartment(ids[name])
            opened.add(name)
        elif act == "close":
            vault.close_compartment(ids[name])
            opened.discard(name)
        elif act == "save" and name in opened:
            vault.compartment(ids[name]).notes.save(*simple_note(f"{name} {word}"))
            saved[name].append(word)
        found = [row.title for one in vault.compartments() if one.is_open for row in sought(vault, one.id, word)]
        assert sorted(found) == sorted(f"{one} {word}" for one in opened for said in saved[one] if said == word)
    for id in ids.values():
        vault.close_compartment(id)


def sought(vault: Vault, id: str, word: str) -> tuple[NoteRow, ...]:
    return vault.compartment(id).notes.search(word, limit=100)


def simple_note(title: str) -> tuple[Note, RevisionFacts]:
    note = Note(
        uid=new_uid(os.urandom),
        reference="N",
        language="fr",
        author="x",
        created=START,
        title=plain_portion(title, randomness=os.urandom),
        portions=(),
    )
    return note, RevisionFacts(author="x", saved_at=START, label_xml=None)
