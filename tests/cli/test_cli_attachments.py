"""``note attach`` and its like, in a real vault."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from cloison.notes.attachment import FIRST_NUMBER
from command_line import CommandLine, Office

LONG = os.urandom(1_500_000)


@pytest.fixture
def uid(line: CommandLine, vault: Path) -> str:
    """A note worth DR."""
    line.ask(vault, "compartment", "add", "Dossier")
    Path("note.txt").write_text("[NP] Titre\n\n[DR] un", encoding="utf-8")
    Path("plan.pdf").write_bytes(b"%PDF-1.7 plan")
    return str(line.ask(vault, "note", "import", "note.txt", "--compartment", "Dossier")["uid"])


def allow(line: CommandLine) -> None:
    line.machine_settings.write_text("may_save_attachments = true\n", encoding="utf-8")


def test_an_attachment_is_listed_and_raises_the_banner(line: CommandLine, vault: Path, uid: str) -> None:
    given = line.ask(vault, "note", "attach", uid, "plan.pdf", "--label", "[S-SF]")

    listed = [{"number": 1, "portion": FIRST_NUMBER, "label": "[S-SF]", "name": "plan.pdf", "size": 13}]
    assert (given["label"], given["revision"], given["attachments"]) == ("[S-SF]", 2, listed)
    assert line.ask(vault, "note", "attachments", uid)["attachments"] == listed
    assert line.ask(vault, "note", "show", uid)["attachments"] == listed
    history = line.ask(vault, "note", "history", uid)["revisions"]
    assert history[-1]["changes"] == [{"before": None, "after": "[S-SF]", "reason": None}]


def test_a_file_is_found_by_its_name(line: CommandLine, vault: Path, uid: str) -> None:
    line.ask(vault, "note", "attach", uid, "plan.pdf", "--label", "[DR]", "--name", "Organigramme.pdf")

    assert [one["uid"] for one in line.ask(vault, "note", "list", "--search", "organigramme")["notes"]] == [uid]


def test_an_attachment_that_was_taken_out_stays_in_its_revision(line: CommandLine, vault: Path, uid: str) -> None:
    line.ask(vault, "note", "attach", uid, "plan.pdf", "--label", "[S]")

    given = line.ask(vault, "note", "detach", uid, 1)

    assert (given["label"], given["attachments"]) == ("[DR]", [])
    assert [one["name"] for one in line.ask(vault, "note", "attachments", uid, "--revision", 2)["attachments"]] == [
        "plan.pdf"
    ]
    restored = line.ask(vault, "note", "restore", uid, "--revision", 2)
    assert restored["label"] == "[S]"


def test_lowering_the_mark_of_an_attachment_takes_a_reason(line: CommandLine, vault: Path, uid: str) -> None:
    line.ask(vault, "note", "attach", uid, "plan.pdf", "--label", "[S]")

    assert line.on(vault, "note", "mark-attachment", uid, 1, "--label", "[DR]").code == 4
    given = line.ask(vault, "note", "mark-attachment", uid, 1, "--label", "[DR]", "--reason", "relu")

    assert given["label"] == "[DR]"


@pytest.mark.parametrize("content", [b"", LONG], ids=["empty", "a blob"])
def test_what_is_saved_out_is_what_was_attached_and_is_on_the_register(
    line: CommandLine, vault: Path, uid: str, content: bytes
) -> None:
    allow(line)
    Path("source.bin").write_bytes(content)
    line.ask(vault, "note", "attach", uid, "source.bin", "--label", "[S]")

    given = line.ask(vault, "note", "save-attachment", uid, 1, "--out", "copie.bin")

    assert Path("copie.bin").read_bytes() == content
    assert given["sha256"] == hashlib.sha256(content).hexdigest()
    assert given["label"] == "[S]"
    (entry,) = line.ask(vault, "register", "list", "--kind", "export")["entries"]
    assert entry["number"] == given["register"]
    assert "source.bin" not in str(entry)


def test_nothing_is_saved_out_where_the_settings_do_not_let_it(line: CommandLine, vault: Path, uid: str) -> None:
    line.ask(vault, "note", "attach", uid, "plan.pdf", "--label", "[NP]")

    assert line.on(vault, "note", "save-attachment", uid, 1, "--out", "copie.pdf").code == 4
    assert not Path("copie.pdf").exists()


def test_a_file_that_is_there_is_never_written_over(line: CommandLine, vault: Path, uid: str) -> None:
    allow(line)
    line.ask(vault, "note", "attach", uid, "plan.pdf", "--label", "[NP]")
    Path("copie.pdf").write_bytes(b"mine")

    assert line.on(vault, "note", "save-attachment", uid, 1, "--out", "copie.pdf").code == 2
    assert Path("copie.pdf").read_bytes() == b"mine"


def test_a_damaged_blob_is_told_and_no_file_is_left(line: CommandLine, vault: Path, uid: str) -> None:
    allow(line)
    Path("source.bin").write_bytes(LONG)
    line.ask(vault, "note", "attach", uid, "source.bin", "--label", "[S]")
    (blob,) = (vault / "blobs").iterdir()
    blob.write_bytes(blob.read_bytes()[:-1])

    outcome = line.on(vault, "note", "save-attachment", uid, 1, "--out", "copie.bin", "--lang", "en")

    assert (outcome.code, f"blobs/{blob.name}" in outcome.err) == (3, True)
    assert list(Path().glob("copie.bin*")) == []
    assert line.on(vault, "vault", "check").code == 3


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("attach", "UID", "absent.pdf", "--label", "[S]"), 2),
        (("attach", "UID", ".", "--label", "[S]"), 2),
        (("attach", "UID", "plan.pdf", "--label", "[XX]"), 3),
        (("detach", "UID", 1), 2),
        (("save-attachment", "UID", 2, "--out", "x"), 2),
    ],
    ids=["no file", "a folder", "no mark", "nothing attached", "no such attachment"],
)
def test_what_cannot_be_done_changes_nothing(
    line: CommandLine, vault: Path, uid: str, words: tuple[object, ...], code: int
) -> None:
    assert line.on(vault, "note", *(uid if word == "UID" else word for word in words)).code == code
    assert line.ask(vault, "note", "show", uid)["attachments"] == []


def test_the_table_before_sealing_names_each_attachment_and_who_receives_it(office: Office) -> None:
    line, officer = office.line, office.officer
    uid = office.marked_note("[DR] un", title="[NP] Titre")
    Path("plan.pdf").write_bytes(b"%PDF")
    for mark in ("[DR]", "[S]"):
        line.ask(officer, "note", "attach", uid, "plan.pdf", "--label", mark)
    to = office.contact_id(officer, "Partenaire")

    shown = line.on(officer, "seal", uid, "--to", to, "--preview", "--lang", "en")
    sealed = line.ask(officer, "seal", uid, "--to", to, "--out", "out")

    assert shown.code == 0, shown.err
    assert all(f"Attachment {number}" in shown.out for number in (1, 2))
    assert [one["attachments"] for one in sealed["packages"]] == [1]
