"""``settings`` and ``demo``."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cloison.wording.catalogue import LANGUAGES
from command_line import CommandLine


def test_each_setting_says_where_it_comes_from(line: CommandLine) -> None:
    line.person_settings.write_text('idle_lock_seconds = 60\ntheme = "dark"\n')
    line.machine_settings.write_text('[locked]\npolicy = "FR"\n')

    given = {one["name"]: one for one in line.run("settings", "show", "--json").given["settings"]}
    out = line.run("settings", "show").out

    assert (given["idle_lock_seconds"]["value"], given["idle_lock_seconds"]["source"]) == (60, "person")
    assert given["policy"] == {
        "name": "policy",
        "value": "FR",
        "source": "machine",
        "file": str(line.machine_settings),
        "locked": True,
    }
    assert (given["theme"]["value"], given["vault"]["value"]) == ("dark", None)
    assert "verrouillé" in out
    assert "d’origine" in out


@pytest.mark.parametrize(("language", "said"), [("fr", "correct"), ("en", "sound")])
def test_a_sound_machine_file_passes(line: CommandLine, language: str, said: str) -> None:
    Path("machine").write_text("[locked]\nidle_lock_seconds = 120\n")

    assert said in line.run("settings", "check", "machine", "--lang", language).out
    assert line.run("settings", "check", "machine", "--json").given == {"ok": True, "errors": []}


@pytest.mark.parametrize(
    ("content", "facts"),
    [
        ("idle_lock_secnds = 3", "idle_lock_secnds"),
        ("idle_lock_seconds = 5", "15"),
        ("theme = 'pink'", "dark"),
        ("vault = 'here'", "vault"),
        ("policy = ''", "policy"),
        ("locked = 3", "locked"),
        ("= 3", "machine"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_faulty_machine_file_is_named_with_its_fault(
    line: CommandLine, content: str, facts: str, language: str
) -> None:
    Path("machine").write_text(content)

    outcome = line.run("settings", "check", "machine", "--lang", language, "--json")

    assert (outcome.code, outcome.given["ok"]) == (3, False)
    assert facts in outcome.err


def test_a_machine_file_there_is_not_is_wrong_usage(line: CommandLine) -> None:
    assert line.run("settings", "check", "absent").code == 2


def test_the_demonstration_does_the_whole_job_and_says_where_everything_is(line: CommandLine) -> None:
    outcome = line.run("demo", "here", "--no-window", "--json")
    given = outcome.given

    assert given.keys() == {"vaults", "packages", "pdfs", "register"}
    assert all(Path(one).is_file() for one in (*given["packages"], *given["pdfs"]))
    assert all(one["ok"] for one in given["register"])
    line.passphrase_file.write_text(given["vaults"][1]["passphrase"])
    assert len(line.ask(Path(given["vaults"][1]["path"]), "note", "list")["notes"]) == 12
    assert str(Path("here").absolute()) in outcome.err
    assert line.windows == []


def test_the_demonstration_takes_a_text_and_ends_with_the_officers_window(line: CommandLine) -> None:
    Path("text.txt").write_text("Title\n\none\n\ntwo\n\nthree\n\nfour\n")
    line.variables = {"DISPLAY": ":0"}

    outcome = line.run("demo", "--text", "text.txt", "--lang", "en")

    assert outcome.code == 0
    assert "13 notes" in outcome.out
    assert [one.parent.parent.name for one in line.windows] == ["cloison-demo"]


def test_without_a_display_no_window_is_tried(line: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")

    outcome = line.run("demo")

    assert (outcome.code, line.windows) == (0, [])
    assert "pas d’écran" in outcome.out


def test_a_folder_that_no_demonstration_made_is_left_as_it_is(line: CommandLine) -> None:
    Path("mine").mkdir()
    Path("mine/letter.txt").write_text("mine")

    outcome = line.run("demo", "mine", "--no-window")

    assert outcome.code == 2
    assert [one.name for one in Path("mine").iterdir()] == ["letter.txt"]
