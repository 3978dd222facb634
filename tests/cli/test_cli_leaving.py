"""``note move``, ``note delete``, ``note destroy``, ``note link`` and ``compartment merge`` in a real vault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cloison.wording.catalogue import LANGUAGES
from command_line import CommandLine

KEPT_UNTIL = "2026-12-22T09:00:00Z"


@pytest.fixture
def dossier(line: CommandLine, vault: Path) -> Path:
    """A vault with two compartments."""
    for name in ("Alpha", "Bravo"):
        line.ask(vault, "compartment", "add", name)
    return vault


@pytest.fixture
def note(line: CommandLine, dossier: Path) -> dict[str, Any]:
    return imported(line, dossier, "[NP] Titre\n\n[DR] Texte.")


def imported(line: CommandLine, vault: Path, text: str) -> dict[str, Any]:
    Path("note.txt").write_text(text, encoding="utf-8")
    return line.ask(vault, "note", "import", "note.txt", "--compartment", "Alpha")


def listed(line: CommandLine, vault: Path) -> list[str]:
    return [one["compartment"] for one in line.ask(vault, "note", "list")["notes"]]


def test_a_note_moves_and_both_registers_have_it(line: CommandLine, dossier: Path, note: dict[str, Any]) -> None:
    given = line.ask(dossier, "note", "move", note["uid"], "--to", "Bravo")

    assert given == {
        "uid": note["uid"],
        "reference": note["reference"],
        "compartment": "Bravo",
        "register": "M-2026-00001",
    }
    assert listed(line, dossier) == ["Bravo"]
    entries = line.ask(dossier, "register", "list", "--kind", "movement")["entries"]
    assert [(one["compartment"], one["event"]) for one in entries] == [("Alpha", "went"), ("Bravo", "came")]
    assert line.ask(dossier, "register", "verify")["ok"]


def test_leaving_a_need_to_know_compartment_is_refused_without_a_reason(line: CommandLine, dossier: Path) -> None:
    line.ask(dossier, "compartment", "add", "Source", "--need-to-know")
    note = imported(line, dossier, "[NP] Titre\n\n[DR] Texte.")
    line.ask(dossier, "note", "move", note["uid"], "--to", "Source")

    refused = line.on(dossier, "note", "move", note["uid"], "--to", "Alpha")

    assert refused.code == 4
    assert listed(line, dossier) == ["Source"]
    line.ask(dossier, "note", "move", note["uid"], "--to", "Alpha", "--reason", "source retirée")
    assert listed(line, dossier) == ["Alpha"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_deleted_note_lies_in_the_bin_and_comes_back(
    line: CommandLine, dossier: Path, note: dict[str, Any], language: str
) -> None:
    deleted = line.ask(dossier, "note", "delete", note["uid"])
    in_bin = line.ask(dossier, "note", "bin")["notes"]
    shown = line.on(dossier, "note", "bin", "--lang", language).out

    assert deleted["until"] == KEPT_UNTIL
    assert in_bin == [deleted]
    assert note["reference"] in shown
    assert listed(line, dossier) == []
    assert line.on(dossier, "note", "show", note["uid"]).code == 2
    line.ask(dossier, "note", "restore", note["uid"])
    assert listed(line, dossier) == ["Alpha"]
    assert line.on(dossier, "note", "bin", "--lang", language).code == 0


def test_a_note_is_destroyed_out_of_the_bin_with_a_reason(
    line: CommandLine, dossier: Path, note: dict[str, Any], tmp_path: Path
) -> None:
    line.ask(dossier, "print", note["uid"], "--holder", "Mme Martin", "--out", tmp_path / "papers")
    line.ask(dossier, "note", "delete", note["uid"])

    early = line.on(dossier, "note", "destroy", note["uid"], "--reason", "périmé")
    given = line.ask(dossier, "note", "destroy", note["uid"], "--reason", "périmé", "--before-term")

    assert early.code == 4
    assert given == {
        "uid": note["uid"],
        "reference": note["reference"],
        "register": "X-2026-00001",
        "copies_out": 1,
    }
    assert line.ask(dossier, "note", "bin")["notes"] == []
    (entry,) = line.ask(dossier, "register", "list", "--kind", "destruction")["entries"]
    assert (entry["number"], entry["note"]) == ("X-2026-00001", note["uid"])


def test_what_is_due_is_destroyed_at_once(line: CommandLine, dossier: Path, note: dict[str, Any]) -> None:
    line.ask(dossier, "note", "delete", note["uid"])
    before = line.ask(dossier, "note", "destroy", "--due", "--reason", "échéance")["notes"]
    line.clock.advance(days=30)

    (given,) = line.ask(dossier, "note", "destroy", "--due", "--reason", "échéance")["notes"]

    assert before == []
    assert given["uid"] == note["uid"]
    assert line.on(dossier, "note", "destroy", "--reason", "échéance").code == 2
    assert line.on(dossier, "note", "destroy", note["uid"], "--due", "--reason", "échéance").code == 2


@pytest.mark.parametrize(("language", "said"), [("fr", "contredite par"), ("en", "contradicted by")])
def test_a_link_is_listed_from_both_ends(
    line: CommandLine, dossier: Path, note: dict[str, Any], language: str, said: str
) -> None:
    other = imported(line, dossier, "[NP] Autre\n\n[NP] Texte.")

    (given,) = line.ask(dossier, "note", "link", other["uid"], "contradicts", note["uid"])["links"]

    assert (given["uid"], given["kind"], given["direction"]) == (note["uid"], "contradicts", "to")
    assert said in line.on(dossier, "note", "links", note["uid"], "--lang", language).out
    assert line.ask(dossier, "note", "unlink", other["uid"], "contradicts", note["uid"])["links"] == []
    assert line.on(dossier, "note", "unlink", other["uid"], "contradicts", note["uid"]).code == 2


@pytest.mark.parametrize(("language", "said"), [("fr", "pour leurs seuls registres"), ("en", "registers alone: Alpha")])
def test_a_merged_compartment_is_put_away_with_its_register(
    line: CommandLine, dossier: Path, note: dict[str, Any], language: str, said: str
) -> None:
    given = line.ask(dossier, "compartment", "merge", "Alpha", "--into", "Bravo")

    assert given == {"notes": 1, "compartment": "Bravo", "put_away": "Alpha"}
    assert listed(line, dossier) == ["Bravo"]
    shown = line.on(dossier, "compartment", "list", "--lang", language).out
    assert said in shown
    assert line.on(dossier, "note", "import", "note.txt", "--compartment", "Alpha").code == 4
    verified = line.ask(dossier, "register", "verify")
    assert (verified["ok"], len(verified["heads"])) == (True, 2)
