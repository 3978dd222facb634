"""``seal`` of several notes: what was sealed, what was refused and why, and what Ctrl-C leaves."""

from __future__ import annotations

import errno
import signal
from pathlib import Path

import pytest

from cloison.actions.seal_note import write
from cloison.wording.catalogue import LANGUAGES
from command_line import Office


def recipients(office: Office, *names: str) -> list[str]:
    return [word for name in names for word in ("--to", office.contact_id(office.officer, name))]


def notes(office: Office) -> tuple[str, str]:
    return office.marked_note("[DR] un", title="[DR] Titre"), office.marked_note("[DR] deux", title="[DR] Titre")


def test_a_batch_names_the_note_of_each_package(office: Office) -> None:
    first, second = notes(office)

    given = office.line.ask(
        office.officer, "seal", first, second, *recipients(office, "Lecteur", "Partenaire"), "--out", "out"
    )

    assert [(one["note"], one["recipient"]) for one in given["packages"]] == [
        (first, "Lecteur"), (first, "Partenaire"), (second, "Lecteur"), (second, "Partenaire"),
    ]  # fmt: skip
    assert given["refused"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_note_is_named_with_its_reason_and_the_others_are_sealed(office: Office, language: str) -> None:
    open_note, _ = notes(office)
    secret = office.marked_note("[S] trois", title="[S] Titre")
    asked = ("seal", secret, open_note, *recipients(office, "Partenaire"), "--lang", language)

    told = office.line.on(office.officer, *asked, "--out", "out")
    given = office.line.on(office.officer, *asked, "--out", "json", "--json")

    assert (told.code, given.code) == (4, 4)
    assert "Note 2026-00003" in told.err
    assert "Partenaire" in told.err
    assert [one["note"] for one in given.given["packages"]] == [open_note]
    assert [(one["note"], one["error"]) for one in given.given["refused"]] == [(secret, "CannotSealError")]


def test_a_preview_of_several_notes_shows_a_table_for_each(office: Office) -> None:
    first, second = notes(office)
    bare = office.marked_note("quatre", title="Titre")
    asked = ("seal", first, second, bare, *recipients(office, "Lecteur"), "--preview")

    told = office.line.on(office.officer, *asked)
    given = office.line.on(office.officer, *asked, "--json").given["notes"]

    assert told.code == 4
    assert told.out.count("Lecteur") == 2
    assert [one["note"] for one in given] == [first, second, bare]
    assert [len(one.get("recipients", ())) for one in given] == [1, 1, 0]
    assert given[2]["error"] == "UnmarkedPortionsError"


def test_ctrl_c_waits_for_the_package_at_hand_and_leaves_whole_notes(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = notes(office)
    count: list[int] = []

    def interrupted_write(*words: object, **named: object) -> object:
        count.append(1)
        if len(count) == 3:
            signal.raise_signal(signal.SIGINT)
        return write(*words, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("cloison.actions.seal_batch.write", interrupted_write)
    outcome = office.line.on(
        office.officer, "seal", first, second, *recipients(office, "Lecteur", "Partenaire"), "--out", "out", "--json"
    )

    assert outcome.code == 130
    assert [one["note"] for one in outcome.given["packages"]] == [first, first]
    assert len(list(Path("out").iterdir())) == 2
    assert not list(Path("out").glob("*.part"))
    assert office.line.ask(office.officer, "register", "verify")["ok"]


def test_ctrl_c_at_the_first_note_leaves_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = notes(office)

    def interrupted_write(*words: object, **named: object) -> object:
        signal.raise_signal(signal.SIGINT)
        return write(*words, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("cloison.actions.seal_batch.write", interrupted_write)
    outcome = office.line.on(office.officer, "seal", first, second, *recipients(office, "Lecteur"), "--out", "out")

    assert outcome.code == 130
    assert list(Path("out").iterdir()) == []


def test_a_full_disk_says_what_was_sealed_before(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = notes(office)
    rename, given = Path.rename, list[Path]()

    def full_after_one(path: Path, target: Path) -> Path:
        if path.suffix == ".part":
            given.append(path)
            if len(given) == 2:
                raise OSError(errno.ENOSPC, "full")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", full_after_one)
    outcome = office.line.on(
        office.officer, "seal", first, second, *recipients(office, "Lecteur"), "--out", "out", "--json"
    )

    assert outcome.code == 1
    assert outcome.given["error"] == "DiskError"
    assert [one["note"] for one in outcome.given["packages"]] == [first]
    assert len(list(Path("out").iterdir())) == 1


def test_progress_is_shown_on_a_terminal_and_cleared_before_the_answer(office: Office) -> None:
    first, second = notes(office)
    office.line.shows_progress = True

    outcome = office.line.on(office.officer, "seal", first, second, *recipients(office, "Lecteur"), "--out", "out")

    assert outcome.code == 0
    assert "1 / 2  2026-00001  Lecteur" in outcome.err
    assert outcome.err.endswith("\r\x1b[K")
