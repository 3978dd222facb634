"""``vault backup`` and ``vault restore``, typed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from cloison.wording.catalogue import LANGUAGES
from command_line import CommandLine, Office


@pytest.fixture
def dossier(line: CommandLine, vault: Path) -> Path:
    """A vault with one note."""
    line.ask(vault, "compartment", "add", "Port")
    Path("note.txt").write_text("[NP] Titre\n\n[S] Un navire.", encoding="utf-8")
    line.ask(vault, "note", "import", "note.txt", "--compartment", "Port")
    return vault


def backed_up(line: CommandLine, vault: Path) -> Path:
    return Path(line.ask(vault, "vault", "backup", "medium")["backup"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_vault_is_backed_up_and_restored(line: CommandLine, dossier: Path, language: str) -> None:
    (uid,) = [one["uid"] for one in line.ask(dossier, "note", "list")["notes"]]

    made = line.on(dossier, "vault", "backup", "medium", "--lang", language)
    (folder,) = Path("medium").iterdir()
    again = line.run(
        "vault", "restore", folder, "anew.cloison", "--passphrase-file", line.passphrase_file, "--lang", language
    )

    assert (made.code, again.code) == (0, 0), made.err + again.err
    assert str(folder) in made.out
    assert len(list(folder.rglob("*.db"))) == 2
    assert "anew.cloison" in again.out
    assert [one["uid"] for one in line.ask(Path("anew.cloison"), "note", "list")["notes"]] == [uid]
    assert line.ask(Path("anew.cloison"), "vault", "check")["ok"]


def test_a_backup_answers_in_json(line: CommandLine, dossier: Path) -> None:
    answer = line.ask(dossier, "vault", "backup", "medium")

    assert answer.keys() == {"backup", "at", "size", "files", "unopened"}
    assert answer["files"] == len([one for one in Path(answer["backup"]).rglob("*") if one.is_file()]) - 1


def test_a_damaged_backup_restores_nothing(line: CommandLine, dossier: Path) -> None:
    folder = backed_up(line, dossier)
    shared = folder / "shared.db"
    shared.write_bytes(shared.read_bytes()[:-4096])

    outcome = line.run("vault", "restore", folder, "anew", "--passphrase-file", line.passphrase_file)

    assert outcome.code == 3
    assert "shared.db" in outcome.err
    assert list(Path("anew").iterdir()) == []


def test_a_wrong_passphrase_restores_nothing(line: CommandLine, dossier: Path) -> None:
    folder = backed_up(line, dossier)
    Path("wrong").write_text("une autre")

    assert line.run("vault", "restore", folder, "anew", "--passphrase-file", "wrong").code == 5
    assert not Path("anew").exists()


def test_a_folder_that_is_no_backup_is_said_to_be_none(line: CommandLine, dossier: Path) -> None:
    outcome = line.run("vault", "restore", dossier, "anew", "--passphrase-file", line.passphrase_file)

    assert outcome.code != 0
    assert "sauvegarde" in outcome.err


def test_as_many_backups_stay_as_the_settings_say(line: CommandLine, dossier: Path) -> None:
    answer = json.loads(line.run("settings", "show", "--json").out)

    kept = next(one for one in answer["settings"] if one["name"] == "backups_kept")
    assert kept["value"] == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_damaged_vault_is_salvaged_and_the_rest_listed(line: CommandLine, dossier: Path, language: str) -> None:
    (sound,) = (dossier / "compartments").glob("*.db")
    line.ask(dossier, "compartment", "add", "Rade")
    (uid,) = [one["uid"] for one in line.ask(dossier, "note", "list")["notes"]]
    (damaged,) = {*(dossier / "compartments").glob("*.db")} - {sound}
    damaged.write_bytes(os.urandom(4096) + damaged.read_bytes()[4096:])

    told = line.on(dossier, "vault", "salvage", "told", "--lang", language)
    answer = line.ask(dossier, "vault", "salvage", "anew")

    assert told.code == 0, told.err
    assert "Rade" in told.out
    (lost,) = answer["lost"]
    assert (lost["kind"], lost["compartment"], lost["file"]) == ("file", "Rade", f"compartments/{damaged.name}")
    assert answer["broken"] == []
    assert [one["uid"] for one in line.ask(Path("anew"), "note", "list")["notes"]] == [uid]
    assert sound.exists()


def test_a_lost_number_series_goes_on_after_the_highest_number(line: CommandLine, dossier: Path) -> None:
    before = line.ask(dossier, "note", "list")["notes"][0]["reference"]
    line.ask(dossier, "vault", "salvage", "anew")

    line.ask(Path("anew"), "note", "import", "note.txt", "--compartment", "Port")

    references = [one["reference"] for one in line.ask(Path("anew"), "note", "list")["notes"]]
    assert references[0] > before
    assert len(set(references)) == 2


@pytest.mark.parametrize("way", ["restore", "salvage"])
def test_what_a_restored_vault_seals_is_told_to_the_receiver_as_a_new_life(office: Office, way: str) -> None:
    line = office.line
    uid = office.marked_note("[S] Dauphin")
    sealing = ("seal", uid, "--to", office.contact_id(office.officer, "Lecteur"), "--out")
    line.ask(office.reader, "compartment", "add", "Arrivées")
    folder = Path(line.ask(office.officer, "vault", "backup", "medium")["backup"])
    before = [line.ask(office.officer, *sealing, f"before-{n}")["packages"][0]["file"] for n in range(2)]
    if_restored = ("vault", "restore", folder, "anew", "--passphrase-file", line.passphrase_file)
    made = line.run(*if_restored) if way == "restore" else line.on(office.officer, "vault", "salvage", "anew")
    after = line.ask(Path("anew"), *sealing, "after")["packages"][0]["file"]

    taken = [line.ask(office.reader, "open", one, "--compartment", "Arrivées") for one in (*before, after)]
    told = line.on(office.reader, "open", line.ask(Path("anew"), *sealing, "again")["packages"][0]["file"])

    assert made.code == 0, made.err
    assert [one["status"] for one in taken] == ["accepted"] * 3
    assert [one["new_life"] for one in taken] == [False, False, True]
    assert told.code == 0, told.err
    assert line.ask(office.reader, "register", "verify")["ok"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_older_file_put_back_is_taken_as_it_is_only_with_a_reason_that_is_entered(
    line: CommandLine, dossier: Path, language: str
) -> None:
    (file,) = (dossier / "compartments").glob("*.db")
    older, name = file.read_bytes(), f"compartments/{file.name}"
    line.ask(dossier, "note", "import", "note.txt", "--compartment", "Port")
    file.write_bytes(older)

    before = line.on(dossier, "vault", "check", "--json")
    refused = line.on(dossier, "vault", "accept", name, "--reason", " ")
    taken = line.on(dossier, "vault", "accept", name, "--reason", "sauvegarde du 20", "--lang", language)
    again = line.on(dossier, "vault", "accept", name, "--reason", "encore", "--lang", language)

    assert (before.code, before.given["ok"]) == (3, False)
    assert refused.code != 0
    assert (taken.code, again.code) == (0, 2), taken.err + again.err
    assert "F-2026-00001" in taken.out
    assert line.ask(dossier, "vault", "check")["ok"]
    (entry,) = line.ask(dossier, "register", "list", "--kind", "finding")["entries"]
    assert entry["number"] == "F-2026-00001"
    assert "sauvegarde du 20" in line.on(dossier, "register", "list").out
