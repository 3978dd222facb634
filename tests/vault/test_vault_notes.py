"""Notes: saved as revisions, listed, searched, drafted."""

import os
from collections.abc import Callable
from dataclasses import replace

import pytest

from cloison.labels.marks import read_mark
from cloison.labels.policy import Policy
from cloison.notes.errors import NoteFormatError
from cloison.notes.image import image_of
from cloison.notes.marking import LabelChange, mark
from cloison.notes.note import Note
from cloison.notes.png import Pixels, write_png
from cloison.notes.portion import MOST_TEXT, image_portion, table_portion
from cloison.notes.table import table_of
from cloison.vault.compartment import Compartment
from cloison.vault.errors import UnknownIdError
from cloison.vault.note_packing import packed
from cloison.vault.note_rows import RevisionFacts

Write = Callable[..., Note]
Facts = Callable[[Note], RevisionFacts]


def titled(note: Note, title: str) -> Note:
    run = replace(note.title.runs[0], text=title)
    return replace(note, title=replace(note.title, content=(run,)))


def test_saved_note_comes_back_as_it_was(compartment: Compartment, write: Write, facts: Facts) -> None:
    note = write("Entretien", "Premier.", "Second.")

    number = compartment.notes.save(note, facts(note))

    stored = compartment.notes.get(note.uid)
    assert number == stored.revision == 1
    assert stored.note == note
    assert stored.label_xml == facts(note).label_xml
    assert stored.author == "officier"


def test_a_table_and_an_image_are_kept_and_found_by_their_words(
    compartment: Compartment, write: Write, facts: Facts
) -> None:
    png = write_png(Pixels(width=2, height=1, channels=1, data=b"\x00\xff"))
    table = table_portion(table_of([["Navire", "Kessar"], ["Fret", "acier"]], has_header=True), randomness=os.urandom)
    image = image_portion(image_of(png, description="Le port de Sarnac"), randomness=os.urandom)
    note = replace(write("Relevé", "Texte."), portions=(table, image))

    compartment.notes.save(note, facts(note))
    compartment.drafts.save(note)

    assert compartment.notes.get(note.uid).note == compartment.drafts.get(note.uid) == note
    for words in ("kessar", "acier", '"port de sarnac"'):
        assert [row.uid for row in compartment.notes.search(words, limit=9)] == [note.uid]


def test_a_stored_note_is_small_with_an_image_and_without(write: Write) -> None:
    noise = write_png(Pixels(width=200, height=200, channels=3, data=os.urandom(120_000)))
    text = write("Relevé", *["Le navire a quitté le port avant l’aube."] * 50)
    image = replace(text, portions=(image_portion(image_of(noise, description=""), randomness=os.urandom),))

    assert len(packed(text)) < len(text.to_bytes()) / 8
    assert len(packed(image)) < len(noise) * 1.04


def test_every_saved_revision_is_kept(compartment: Compartment, write: Write, facts: Facts) -> None:
    first = write("Avant", "Texte.")
    second = titled(first, "Après")
    compartment.notes.save(first, facts(first))

    number = compartment.notes.save(second, facts(second))

    assert number == 2
    assert compartment.notes.revision(first.uid, 1).note == first
    assert compartment.notes.get(first.uid).note == second
    assert [row.revision for row in compartment.notes.revisions(first.uid)] == [1, 2]
    assert compartment.notes.count() == 1


def test_history_keeps_each_changed_mark_and_its_reason(
    compartment: Compartment, write: Write, facts: Facts, policy: Policy
) -> None:
    note = write("Titre", "Texte.", mark="S")
    compartment.notes.save(note, facts(note))
    lower = read_mark(policy, "DR", created=note.created)
    lowered, changes = mark(policy, note, (1,), lower, reason="publié depuis")

    compartment.notes.save(lowered, replace(facts(lowered), changes=changes))

    history = compartment.notes.revisions(note.uid)
    assert history[0].changes == ()
    assert history[1].changes == changes


def test_history_keeps_every_act_on_one_mark_in_order(
    compartment: Compartment, write: Write, facts: Facts, policy: Policy
) -> None:
    note = write("Titre")
    marks = [read_mark(policy, mark, created=note.created) for mark in ("[S]", "[TS]", "[S]")]
    changes = tuple(
        LabelChange(portion_uid=note.title.uid, before=None, after=one, reason=str(number))
        for number, one in enumerate(marks)
    )

    compartment.notes.save(note, replace(facts(note), changes=changes))

    assert compartment.notes.revisions(note.uid)[0].changes == changes


@pytest.mark.parametrize("ask", ["get", "revision", "revisions"])
def test_unknown_note_is_said_to_be_unknown(compartment: Compartment, ask: str) -> None:
    arguments = {"get": ("00",), "revision": ("00", 1), "revisions": ("00",)}[ask]

    with pytest.raises(UnknownIdError) as caught:
        getattr(compartment.notes, ask)(*arguments)

    assert (caught.value.kind, caught.value.id) == ("note", "00")


def test_note_that_could_not_be_read_again_is_refused(compartment: Compartment, write: Write, facts: Facts) -> None:
    note = write("Titre", "x" * (MOST_TEXT + 1))

    with pytest.raises(NoteFormatError):
        compartment.notes.save(note, facts(note))

    assert compartment.notes.count() == 0


def test_words_of_the_latest_revision_alone_are_kept_for_search(
    compartment: Compartment, write: Write, facts: Facts
) -> None:
    note = write("Titre", "Texte")
    for _ in range(3):
        compartment.notes.save(note, facts(note))

    assert compartment._file.database.rows("SELECT count(*) FROM bodies") == [(1,)]


def test_list_shows_the_latest_saved_first_and_goes_on_from_a_position(
    compartment: Compartment, write: Write, facts: Facts
) -> None:
    notes = [write(f"Note {number}") for number in range(4)]
    for note in (*notes, notes[0]):
        compartment.notes.save(note, facts(note))

    first_page = compartment.notes.list(limit=3)
    second_page = compartment.notes.list(limit=3, before=first_page[-1].position)

    assert [row.title for row in first_page] == ["Note 0", "Note 3", "Note 2"]
    assert [row.title for row in second_page] == ["Note 1"]


def test_row_carries_the_label_of_the_title_and_the_roll_up(
    compartment: Compartment, write: Write, facts: Facts, policy: Policy
) -> None:
    note = write("Titre", "Texte.", mark="S")
    plain = note.title.marked(read_mark(policy, "NP", created=note.created))
    note = replace(note, title=plain)
    compartment.notes.save(note, facts(note))

    (row,) = compartment.notes.list(limit=1)

    assert plain.label is not None
    assert row.title_label_xml == plain.label.to_xml()
    assert row.label_xml == facts(note).label_xml != row.title_label_xml


def test_unmarked_note_has_no_label_in_its_row(compartment: Compartment, write: Write, facts: Facts) -> None:
    note = write("Titre")
    note = replace(note, title=replace(note.title, label=None))
    compartment.notes.save(note, facts(note))

    (row,) = compartment.notes.list(limit=1)

    assert row.title_label_xml is None
    assert row.label_xml is None


@pytest.mark.parametrize(
    "query",
    [
        "evry",
        "ÉVRY",
        "entre*",
        '"à Évry"',
        "source evry",
        "l'affaire",
        '"cœur de l\'affaire" sou*',
        "evry …",
        "E\u0301vry",
    ],
)
def test_search_finds_words_phrases_and_prefixes_whatever_the_accents(
    compartment: Compartment, write: Write, facts: Facts, query: str
) -> None:
    wanted = write("Entretien à Évry", "Le cœur de l'affaire.", "Une source sûre.")
    other = write("Autre", "Rien à voir.")
    for note in (wanted, other):
        compartment.notes.save(note, facts(note))

    found = compartment.notes.search(query, limit=10)

    assert [row.uid for row in found] == [wanted.uid]


@pytest.mark.parametrize(
    "query", ["", "  ", "…", '""', "*", "evr", '"évry entretien"', "evry absent", 'title:"evry"', "NOT evry"]
)
def test_search_finds_nothing_where_there_is_nothing(
    compartment: Compartment, write: Write, facts: Facts, query: str
) -> None:
    note = write("Entretien à Évry", "Texte.")
    compartment.notes.save(note, facts(note))

    assert compartment.notes.search(query, limit=10) == ()


@pytest.mark.parametrize(
    "query",
    ['"', '"a', 'a"b', "a AND (b OR", "{a b}: c", "a + b", "^a", "NEAR(a b)", "-a", "\0a", "a\0", "\udce9t\udce9"],
)
def test_no_typed_character_is_an_operator(compartment: Compartment, query: str) -> None:
    assert compartment.notes.search(query, limit=10) == ()


def test_search_of_a_thousand_words_is_answered(compartment: Compartment) -> None:
    assert compartment.notes.search("mot " * 1000, limit=10) == ()


def test_search_finds_the_latest_revision_only_and_the_latest_saved_first(
    compartment: Compartment, write: Write, facts: Facts
) -> None:
    first, second = write("Ancien titre", "commun"), write("Second", "commun")
    for note in (first, second, titled(first, "Nouveau titre")):
        compartment.notes.save(note, facts(note))

    assert compartment.notes.search("ancien", limit=10) == ()
    assert [row.uid for row in compartment.notes.search("commun", limit=10)] == [first.uid, second.uid]
    assert [row.uid for row in compartment.notes.search("commun", limit=1)] == [first.uid]


def test_draft_is_kept_apart_until_the_note_is_saved(compartment: Compartment, write: Write, facts: Facts) -> None:
    note = write("Brouillon", "inachevé")
    compartment.drafts.save(write("D'avant"))
    compartment.drafts.save(note)
    compartment.drafts.save(titled(note, "Brouillon suivant"))

    assert compartment.drafts.get(note.uid) == titled(note, "Brouillon suivant")
    assert note.uid in [row.uid for row in compartment.drafts.all()]
    assert compartment.notes.search("inachevé", limit=10) == ()
    assert compartment.notes.count() == 0

    compartment.notes.save(note, facts(note))

    assert compartment.drafts.get(note.uid) is None
    assert len(compartment.drafts.all()) == 1


def test_a_draft_keeps_what_became_of_marks_until_it_goes(
    compartment: Compartment, write: Write, facts: Facts, policy: Policy
) -> None:
    note = write("Brouillon", "inachevé")
    low, high = (read_mark(policy, one, created=note.created) for one in ("[NP]", "[S]"))
    raised = LabelChange(portion_uid=note.portions[0].uid, before=low, after=high, reason=None)
    lowered = LabelChange(portion_uid=note.portions[0].uid, before=None, after=low, reason="publié")
    compartment.drafts.save(note, (raised, lowered, raised))

    assert compartment.drafts.changes(note.uid) == (raised, lowered, raised)

    compartment.drafts.save(note, (lowered,))
    assert compartment.drafts.changes(note.uid) == (lowered,)
    compartment.notes.save(note, facts(note))
    assert compartment.drafts.changes(note.uid) == ()


def test_dropped_draft_is_gone(compartment: Compartment, write: Write) -> None:
    note = write("Brouillon")
    compartment.drafts.save(note)

    compartment.drafts.drop(note.uid)
    compartment.drafts.drop(note.uid)

    assert compartment.drafts.get(note.uid) is None


def test_act_that_fails_leaves_neither_note_nor_entry(compartment: Compartment, write: Write, facts: Facts) -> None:
    note = write("Titre")

    with pytest.raises(ZeroDivisionError), compartment.transaction():
        compartment.notes.save(note, facts(note))
        compartment.chain.append(b"{}", digest=bytes(32), kind="A", number="A-1", at="2026-03-01T08:00:00Z")
        raise ZeroDivisionError

    assert compartment.notes.count() == 0
    assert compartment.notes.search("titre", limit=10) == ()
    assert compartment.chain.head().sequence == 0


def test_part_of_an_act_that_fails_alone_leaves_the_rest(compartment: Compartment, write: Write, facts: Facts) -> None:
    note, second = write("Premier"), write("Second")

    with compartment.transaction():
        compartment.notes.save(note, facts(note))
        with pytest.raises(ZeroDivisionError), compartment.transaction():
            compartment.notes.save(second, facts(second))
            raise ZeroDivisionError

    assert [row.title for row in compartment.notes.list(limit=5)] == ["Premier"]
