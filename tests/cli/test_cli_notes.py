"""``compartment`` and ``note``: importing, listing, reading and marking in a real vault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from cloison.wording.catalogue import LANGUAGES
from command_line import CommandLine


@pytest.fixture
def dossier(line: CommandLine, vault: Path) -> Path:
    """A vault with one compartment."""
    line.ask(vault, "compartment", "add", "Dossier")
    return vault


def import_text(line: CommandLine, vault: Path, text: str, *words: object) -> dict[str, Any]:
    Path("note.txt").write_text(text, encoding="utf-8")
    return line.ask(vault, "note", "import", "note.txt", "--compartment", "Dossier", *words)


def test_a_new_compartment_is_empty_and_listed(line: CommandLine, vault: Path) -> None:
    (made,) = line.ask(vault, "compartment", "add", "Dossier", "--ceiling", "[S]")["compartments"]

    assert made == {"id": made["id"], "name": "Dossier", "notes": 0, "ceiling": "[S]", "readers": ["Officier"]}
    assert line.ask(vault, "compartment", "list")["compartments"] == [made]


@pytest.mark.parametrize(("language", "said"), [("fr", "oui"), ("en", "yes")])
def test_a_compartment_for_those_who_need_to_know_says_so(
    line: CommandLine, vault: Path, language: str, said: str
) -> None:
    line.ask(vault, "compartment", "add", "Source", "--need-to-know")

    out = line.on(vault, "compartment", "list", "--lang", language).out

    assert said in out
    assert "Source" in out


def test_a_vault_without_compartments_says_how_to_make_one(line: CommandLine, vault: Path) -> None:
    assert "compartment add" in line.on(vault, "compartment", "list").out


def test_a_ceiling_is_a_mark(line: CommandLine, vault: Path) -> None:
    assert line.on(vault, "compartment", "add", "Dossier", "--ceiling", "[XX]").code == 3


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_compartment_has_a_name(line: CommandLine, vault: Path, name: str) -> None:
    assert line.on(vault, "compartment", "add", name).code == 2


def test_an_imported_note_counts_its_paragraphs_and_those_without_mark(line: CommandLine, dossier: Path) -> None:
    given = import_text(line, dossier, "Titre\n\n[S] un\n\ndeux\n\n[DR] trois")

    assert given == {
        "uid": given["uid"],
        "reference": "2026-00001",
        "label": "[S]",
        "title_label": None,
        "portions": 3,
        "unmarked": 2,
        "pictures_left_out": 0,
    }


@pytest.mark.parametrize(("language", "said"), [("fr", "titre, 1, 2"), ("en", "title, 1, 2")])
def test_what_is_not_marked_yet_is_named(line: CommandLine, dossier: Path, language: str, said: str) -> None:
    Path("note.txt").write_text("Titre\n\nun\n\ndeux", encoding="utf-8")

    outcome = line.on(dossier, "note", "import", "note.txt", "--compartment", "Dossier", "--lang", language)

    assert outcome.code == 0
    assert said in outcome.out


def test_a_mark_given_once_marks_what_has_none(line: CommandLine, dossier: Path) -> None:
    given = import_text(line, dossier, "Titre\n\n[S] un\n\ndeux", "--label", "[DR]")

    shown = line.ask(dossier, "note", "show", given["uid"])
    assert given["unmarked"] == 0
    assert [one["label"] for one in shown["portions"]] == ["[S]", "[DR]"]


def test_a_label_file_stands_for_a_mark(line: CommandLine, dossier: Path) -> None:
    Path("label.xml").write_text(line.run("label", "read", "[S-SF]", "--json").given["label_xml"], encoding="utf-8")

    given = import_text(line, dossier, "Titre\n\nun", "--label", "label.xml")

    assert given["label"] == "[S-SF]"


@pytest.mark.parametrize("digest", [None, "0" * 64], ids=["no file of its policy", "one that is not at hand"])
def test_a_label_file_is_taken_under_the_policy_that_answers_for_it(
    line: CommandLine, dossier: Path, digest: str | None
) -> None:
    root = etree.fromstring(line.run("label", "read", "[S-SF]", "--json").given["label_xml"].encode())
    for name in [one for one in root.attrib if etree.QName(one).namespace is not None]:
        del root.attrib[name]
    if digest is not None:
        root.set("{urn:cloison:label:1}policyDigest", digest)
    Path("label.xml").write_bytes(etree.tostring(root))

    uid = import_text(line, dossier, "Titre\n\nun", "--label", "label.xml")["uid"]

    assert line.ask(dossier, "note", "show", uid)["portions"][0]["label"] == "[S-SF]"


def test_a_label_file_made_later_than_now_is_made_now(line: CommandLine, dossier: Path) -> None:
    """Else a mark that falls by itself until then would count as fallen, and take no reason."""
    xml = line.run("label", "read", "[NP]", "--json").given["label_xml"]
    made = str(etree.fromstring(xml.encode()).findtext("{*}CreationDateTime"))
    Path("label.xml").write_text(xml.replace(made, "2051-01-01T00:00:00Z"), encoding="utf-8")
    uid = import_text(line, dossier, "[NP] Titre\n\n[S] un")["uid"]
    decision = ("--authority", "SGDSN", "--reference", "2026/12")
    line.ask(dossier, "calendar", "set", uid, "--declassify-on", "2040-01-01", *decision)

    refused = line.on(dossier, "note", "mark", uid, "--portion", 1, "--label", "label.xml", "--json")

    assert refused.code == 4
    assert line.ask(dossier, "note", "show", uid)["portions"][0]["label"] == "[S]"


def test_a_title_may_be_given(line: CommandLine, dossier: Path) -> None:
    given = import_text(line, dossier, "un\n\ndeux", "--title", "[S] Titre à part")

    shown = line.ask(dossier, "note", "show", given["uid"])
    assert (shown["title"], shown["title_label"], len(shown["portions"])) == ("Titre à part", "[S]", 2)


@pytest.mark.parametrize("how", ["-", "@title.txt"])
def test_a_title_need_not_stand_on_the_line(line: CommandLine, dossier: Path, how: str) -> None:
    line.piped = b"[S] Titre discret\n"
    Path("title.txt").write_bytes(line.piped)

    given = import_text(line, dossier, "un", "--title", how)

    assert line.ask(dossier, "note", "show", given["uid"])["title"] == "Titre discret"


def test_free_text_that_is_no_text_is_wrong_usage(line: CommandLine, dossier: Path) -> None:
    line.piped = b"\xff\xfe\x00"
    Path("note.txt").write_text("un")

    assert line.on(dossier, "note", "import", "note.txt", "--compartment", "Dossier", "--title", "-").code == 2


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.txt", b"", 3),
        ("a.txt", b"\0\0", 3),
        ("a.pdf", b"%PDF", 3),
        ("a.docx", b"no zip", 3),
        ("absent.txt", None, 2),
    ],
)
def test_a_file_that_cannot_be_a_note_changes_nothing(
    line: CommandLine, dossier: Path, name: str, content: bytes | None, code: int
) -> None:
    if content is not None:
        Path(name).write_bytes(content)

    outcome = line.on(dossier, "note", "import", name, "--compartment", "Dossier")

    assert outcome.code == code
    assert line.ask(dossier, "note", "list")["notes"] == []


def test_a_note_goes_into_a_compartment_there_is(line: CommandLine, dossier: Path) -> None:
    Path("note.txt").write_text("un")

    outcome = line.on(dossier, "note", "import", "note.txt", "--compartment", "Autre")

    assert outcome.code == 2
    assert "Autre" in outcome.err


def test_a_note_above_the_ceiling_is_refused(line: CommandLine, vault: Path) -> None:
    line.ask(vault, "compartment", "add", "Dossier", "--ceiling", "DR")
    Path("note.txt").write_text("[S] Titre\n\n[S] un")

    outcome = line.on(vault, "note", "import", "note.txt", "--compartment", "Dossier")

    assert outcome.code == 4
    assert line.ask(vault, "note", "list")["notes"] == []


def test_notes_are_listed_with_their_marks(line: CommandLine, dossier: Path) -> None:
    first = import_text(line, dossier, "[S] Premier\n\n[S-SF] un")
    line.clock.advance(minutes=1)
    second = import_text(line, dossier, "Second\n\nun")

    given = line.ask(dossier, "note", "list")["notes"]

    assert [one["uid"] for one in given] == [second["uid"], first["uid"]]
    assert given[1] == {
        "uid": first["uid"],
        "reference": "2026-00001",
        "title": "Premier",
        "label": "[S-SF]",
        "compartment": "Dossier",
    }
    assert [one["uid"] for one in line.ask(dossier, "note", "list", "--limit", "1")["notes"]] == [second["uid"]]
    assert "[S] Premier" in line.on(dossier, "note", "list").out


def test_notes_are_found_by_their_words(line: CommandLine, dossier: Path) -> None:
    found = import_text(line, dossier, "Navire\n\nLe cargo est à quai")
    import_text(line, dossier, "Autre\n\nRien")
    line.piped = b"cargo quai"

    assert [one["uid"] for one in line.ask(dossier, "note", "list", "--search", "-")["notes"]] == [found["uid"]]
    assert [one["uid"] for one in line.ask(dossier, "note", "list", "--search", "carg*")["notes"]] == [found["uid"]]
    assert "Aucune note" in line.on(dossier, "note", "list", "--search", "avion").out


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_note_is_shown_between_its_banners(line: CommandLine, dossier: Path, language: str) -> None:
    uid = import_text(line, dossier, "[S] Titre\n\n[S-SF] Un navire\n\nrien")["uid"]

    lines = line.on(dossier, "note", "show", uid, "--lang", language).out.splitlines()

    assert lines[0] == lines[-1] == "SECRET – SPÉCIAL FRANCE"
    assert "[S] Titre" in lines[1]
    assert any("[S-SF]" in one and "Un navire" in one for one in lines)
    assert any("?" in one and "rien" in one for one in lines)


def test_a_shown_note_gives_exactly_these_keys(line: CommandLine, dossier: Path) -> None:
    uid = import_text(line, dossier, "[S] Titre\n\n[S-SF] un")["uid"]

    given = line.ask(dossier, "note", "show", uid)

    assert given == {
        "uid": uid,
        "reference": "2026-00001",
        "title": "Titre",
        "title_label": "[S]",
        "label": "[S-SF]",
        "banner": "SECRET – SPÉCIAL FRANCE",
        "portions": [{"number": 1, "label": "[S-SF]", "kind": "paragraph", "text": "un"}],
        "evaluation": None,
        "attachments": [],
    }


def test_text_that_steers_a_terminal_is_shown_as_text(line: CommandLine, dossier: Path) -> None:
    uid = import_text(line, dossier, "Titre\n\nun \u009b31m rouge \u202e etrevni")["uid"]

    out = line.on(dossier, "note", "show", uid).out

    assert "\u009b" not in out
    assert "\u202e" not in out
    assert "⟨U+202E⟩" in out


def test_an_unmarked_note_has_a_question_mark_for_a_banner(line: CommandLine, dossier: Path) -> None:
    uid = import_text(line, dossier, "Titre\n\nun")["uid"]

    assert line.ask(dossier, "note", "show", uid)["banner"] == "?"
    assert "?" in line.on(dossier, "note", "list").out


def test_an_earlier_revision_can_be_read(line: CommandLine, dossier: Path) -> None:
    uid = import_text(line, dossier, "Titre\n\nun")["uid"]
    line.ask(dossier, "note", "mark", uid, "--portion", "1", "--label", "S")

    assert line.ask(dossier, "note", "show", uid, "--revision", "1")["label"] is None
    assert line.ask(dossier, "note", "show", uid)["label"] == "[S]"
    assert line.on(dossier, "note", "show", uid, "--revision", "9").code == 2


def test_marking_says_what_the_note_is_worth_now(line: CommandLine, dossier: Path) -> None:
    uid = import_text(line, dossier, "Titre\n\nun\n\ndeux\n\ntrois")["uid"]

    outcome = line.on(
        dossier, "note", "mark", uid, "--portion", "0", "--portion", "1", "--portion", "2", "--label", "[S-SF]"
    )

    assert outcome.code == 0
    assert "titre, 1, 2" in outcome.out
    assert "SECRET – SPÉCIAL FRANCE" in outcome.out
    assert outcome.out.rstrip().endswith("3.")


def test_marking_gives_the_revision_and_what_is_left(line: CommandLine, dossier: Path) -> None:
    uid = import_text(line, dossier, "Titre\n\nun")["uid"]

    given = line.ask(dossier, "note", "mark", uid, "--portion", "1", "--label", "S")

    assert given == {"uid": uid, "revision": 2, "label": "[S]", "unmarked": 1}


def test_lowering_a_mark_takes_a_reason_that_is_kept(line: CommandLine, dossier: Path) -> None:
    uid = import_text(line, dossier, "[S] Titre\n\n[S] un")["uid"]
    lower = ("note", "mark", uid, "--portion", "1", "--label", "DR")

    refused = line.on(dossier, *lower)
    done = line.on(dossier, *lower, "--reason", "publié depuis")

    assert (refused.code, done.code) == (4, 0)
    assert "publié depuis" in line.on(dossier, "note", "history", uid).out


@pytest.mark.parametrize(("language", "said"), [("fr", "Mentions modifiées"), ("en", "Marks changed")])
def test_the_history_says_who_when_and_what(line: CommandLine, dossier: Path, language: str, said: str) -> None:
    uid = import_text(line, dossier, "Titre\n\nun\n\ndeux")["uid"]
    line.ask(dossier, "note", "mark", uid, "--portion", "1", "--portion", "2", "--label", "S")

    out = line.on(dossier, "note", "history", uid, "--lang", language).out

    assert said in out
    assert "? → [S] × 2" in out


def test_the_history_as_an_object_has_each_change(line: CommandLine, dossier: Path) -> None:
    uid = import_text(line, dossier, "Titre\n\n[S] un")["uid"]
    line.ask(dossier, "note", "mark", uid, "--portion", "1", "--label", "DR", "--reason", "erreur")

    revisions = line.ask(dossier, "note", "history", uid)["revisions"]

    assert [one["number"] for one in revisions] == [1, 2]
    assert revisions[1]["changes"] == [{"before": "[S]", "after": "[DR]", "reason": "erreur"}]
    assert revisions[1]["author"] == "Officier"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--portion", "9", "--label", "S"), 2),
        (("--portion", "1", "--label", "[XX]"), 3),
        (("--portion", "1", "--label", "[NP-SF]"), 3),
    ],
)
def test_a_mark_that_cannot_be_set_changes_nothing(
    line: CommandLine, dossier: Path, words: tuple[str, ...], code: int
) -> None:
    uid = import_text(line, dossier, "Titre\n\nun")["uid"]

    assert line.on(dossier, "note", "mark", uid, *words).code == code
    assert len(line.ask(dossier, "note", "history", uid)["revisions"]) == 1


@pytest.mark.parametrize("command", ["show", "history"])
def test_a_note_there_is_not_is_wrong_usage(line: CommandLine, dossier: Path, command: str) -> None:
    assert line.on(dossier, "note", command, "0" * 32).code == 2


def test_a_file_called_like_a_mark_is_not_taken_for_it(line: CommandLine, dossier: Path) -> None:
    Path("S").write_text("no label")

    assert import_text(line, dossier, "Titre\n\nun", "--label", "S")["label"] == "[S]"


def test_a_name_that_two_compartments_have_is_not_guessed_at(line: CommandLine, dossier: Path) -> None:
    (second,) = line.ask(dossier, "compartment", "add", "Dossier")["compartments"]
    Path("note.txt").write_text("un")

    refused = line.on(dossier, "note", "import", "note.txt", "--compartment", "Dossier")

    assert refused.code == 2
    assert "plusieurs" in refused.err.lower()
    assert line.on(dossier, "note", "import", "note.txt", "--compartment", second["id"]).code == 0


def test_an_earlier_revision_comes_back_and_no_mark_falls(line: CommandLine, dossier: Path) -> None:
    uid = import_text(line, dossier, "Titre\n\n[NP] un\n\n[DR] deux")["uid"]
    line.ask(dossier, "note", "mark", uid, "--portion", "1", "--label", "[S]")

    given = line.ask(dossier, "note", "restore", uid, "--revision", "1")
    said = line.on(dossier, "note", "restore", uid, "--revision", "1", "--lang", "en")

    assert given == {"uid": uid, "revision": 3, "label": "[S]", "kept_high": [1], "unmarked": 1}
    assert "Revision 1 is restored as revision 4" in said.out
    assert "Marks that rose since stay: 1." in said.out


def test_a_revision_that_is_not_there_is_not_restored(line: CommandLine, dossier: Path) -> None:
    uid = import_text(line, dossier, "Titre\n\n[NP] un")["uid"]

    assert line.on(dossier, "note", "restore", uid, "--revision", "9").code == 2
    assert len(line.ask(dossier, "note", "history", uid)["revisions"]) == 1
