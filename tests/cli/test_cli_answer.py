"""Answers, exit codes, the terminal, and a run that is stopped."""

from __future__ import annotations

import getpass
import io
import subprocess
import sys
import warnings
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from cloison import supervisor
from cloison.actions.session import Session
from cloison.cli.answer import Answer
from cloison.cli.environment import NoTerminalError, ask_unseen, real_environment
from cloison.cli.exit_codes import exit_code
from cloison.cli.exits import Exit
from cloison.cli.tree import tree
from cloison.dissemination.errors import LabelProblem, PackageLabelError
from cloison.vault.errors import DiskError, DiskProblem, UnknownIdError, WrongPassphraseError
from command_line import CommandLine

FULL = Path("/dev/full")


def answer(*, as_json: bool) -> tuple[Answer, io.BytesIO, io.BytesIO]:
    output, errors = io.BytesIO(), io.BytesIO()
    return Answer(output, errors, as_json=as_json), output, errors


def test_columns_line_up_whatever_the_width_of_their_letters() -> None:
    told, output, _ = answer(as_json=False)

    told.table(("Nom", "État"), [("e\u0301té", "oui"), ("中文", "non"), ("a\nb\u202e", "")])

    assert output.getvalue().decode().splitlines() == [
        "Nom          État",
        "e\u0301té          oui",
        "中文         non",
        "a b⟨U+202E⟩",
    ]


def test_a_program_gets_the_object_and_a_person_the_sentences() -> None:
    program, program_out, program_errors = answer(as_json=True)
    person, person_out, person_errors = answer(as_json=False)

    for told in (program, person):
        told.say("Dit.")
        told.table(("A",), [("b",)])
        told.give(key="é")

    assert (program_out.getvalue().decode(), program_errors.getvalue()) == ('{"key": "é"}\n', b"Dit.\n")
    assert (person_out.getvalue(), person_errors.getvalue()) == (b"Dit.\nA\nb\n", b"")


def test_a_file_name_that_is_no_text_is_escaped_in_the_object() -> None:
    told, output, _ = answer(as_json=True)

    told.give(file="a\udcff.pli")

    assert output.getvalue() == b'{"file": "a\\udcff.pli"}\n'


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (DiskError(DiskProblem.MISSING, file="a"), Exit.USAGE),
        (DiskError(DiskProblem.FULL, file="a"), Exit.FAILED),
        (PackageLabelError(LabelProblem.INVALID), Exit.INVALID),
        (PackageLabelError(LabelProblem.UNKNOWN_POLICY), Exit.REFUSED),
        (UnknownIdError("note", "a"), Exit.USAGE),
        (WrongPassphraseError(), Exit.WRONG_KEY),
        (ZeroDivisionError(), Exit.FAILED),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_has_its_exit_code(error: Exception, code: Exit) -> None:
    assert exit_code(error) is code


def test_a_run_that_is_stopped_says_so(line: CommandLine, vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cloison.cli.vaults.list_compartments", stop)

    outcome = line.on(vault, "vault", "info")

    assert (outcome.code, outcome.out) == (130, "")
    assert "Interrompu" in outcome.err
    assert line.on(vault, "vault", "check").code == 0


def test_a_fault_of_ours_flies(line: CommandLine, vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("cloison.cli.vaults.list_compartments", fail)

    with pytest.raises(ZeroDivisionError):
        line.on(vault, "vault", "info")


def test_a_full_disk_is_nobodys_usage(line: CommandLine, vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise DiskError(DiskProblem.FULL, file="shared.db")

    monkeypatch.setattr("cloison.cli.vaults.list_compartments", fail)

    outcome = line.on(vault, "vault", "info")

    assert outcome.code == 1
    assert "shared.db" in outcome.err


def test_a_reader_who_has_gone_ends_the_run_quietly(tmp_path: Path) -> None:
    shell = f"'{sys.executable}' -m cloison policy show FR | true"

    done = subprocess.run(["sh", "-c", shell], capture_output=True, cwd=tmp_path, check=False)

    assert done.stderr == b""


def test_the_program_answers_in_a_process_of_its_own(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cloison", "label", "read", "[S]", "--json"],
        capture_output=True,
        cwd=tmp_path,
        env={"PATH": "", "HOME": str(tmp_path), "LC_ALL": "C"},
        check=False,
    )

    assert (done.returncode, done.stderr.decode().splitlines()[0]) == (0, "SECRET")
    assert done.stdout.startswith(b'{"label_xml": ')


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_secret_is_asked_for_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda prompt: f"typed at {prompt}")

    assert ask_unseen("Secret: ") == "typed at Secret: "


def test_a_secret_is_not_asked_for_where_it_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def warn(prompt: str) -> str:
        warnings.warn(prompt, getpass.GetPassWarning, stacklevel=1)
        return "seen"

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", warn)

    with pytest.raises(NoTerminalError):
        ask_unseen("Secret: ")


def test_without_a_terminal_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("secret"))

    with pytest.raises(NoTerminalError):
        ask_unseen("Secret: ")


def test_the_processs_own_environment_refuses_dumps_and_measures_the_work_factor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refused: list[bool] = []
    opened: list[list[str]] = []

    def keep(words: list[str]) -> int:
        opened.append(words)
        return 0

    class Stream:
        buffer = io.BytesIO()

        def isatty(self) -> bool:
            return False

    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, Stream())
    monkeypatch.setattr(supervisor, "refuse_dumps", lambda: refused.append(True))
    monkeypatch.setattr(supervisor, "keep_session", keep)

    here = real_environment()

    assert refused == [True]
    assert (here.cost, here.shows_progress, here.clock().tzinfo) == (None, False, UTC)
    assert (here.open_window(Path("v")), opened) == (0, [["v"]])


def test_a_note_of_a_policy_that_is_not_at_hand_shows_its_level_by_name(
    line: CommandLine, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: Any) -> None:
        return None

    line.ask(vault, "compartment", "add", "Dossier")
    Path("note.txt").write_text("[S] Titre\n\n[S] un")
    uid = line.ask(vault, "note", "import", "note.txt", "--compartment", "Dossier")["uid"]
    monkeypatch.setattr(Session, "policy_for", unknown)

    given = line.ask(vault, "note", "show", uid)

    assert (given["banner"], given["label"]) == ("SECRET", "SECRET")


def test_the_tree_is_built_once() -> None:
    assert tree() is tree()


def test_a_file_too_large_to_be_read_whole_is_wrong_usage(line: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cloison.cli.inputs.MOST_FILE", 10)
    Path("label.xml").write_bytes(b"<" * 11)

    assert line.run("label", "show", "label.xml").code == 2


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full: /dev/full")
@pytest.mark.parametrize("words", [(), ("--json",)], ids=["a table", "an object"])
def test_an_answer_that_standard_output_does_not_take_is_told_in_a_sentence(words: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "cloison", "--lang", "en", *words, "policy", "list"]

    with FULL.open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert done.returncode == Exit.FAILED
    assert "full" in done.stderr
    assert len(done.stderr.splitlines()) == 1
