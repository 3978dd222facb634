"""Nothing a person wrote is in clear on the disk after any command: home, temporary, state and spool are searched.

Every command that touches what is written is run, and all that changed on the machine's disk is searched after each, in
every form text may take. Left out are exactly the files a person handed in or asked for, on a desk of their own.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from command_line import PASSPHRASE, CommandLine, Office, Outcome, found_office
from markers import leaks
from service import Clock

TITLE, BODY, NAME, FILE, WORDS, REASON = (
    "TitreOuragan",
    "CorpsOuragan",
    "NomOuragan",
    "FichierOuragan",
    "QuestionOuragan",
    "MotifOuragan",
)
MARKERS = (TITLE, BODY, NAME, FILE, WORDS, REASON)
FOLDERS = {
    "HOME": "home",
    "TMPDIR": "tmp",
    "SQLITE_TMPDIR": "tmp",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
}


@dataclass
class WatchedLine(CommandLine):
    """A command line after whose every run the machine's disk is searched; what was found is kept."""

    found: list[tuple[str, list[str]]] = field(default_factory=list)
    searched: dict[Path, tuple[int, int]] = field(default_factory=dict)

    @property
    def desk(self) -> Path:
        """What people hand in and ask for."""
        return self.folder / "desk"

    def run(self, *words: object) -> Outcome:
        outcome = super().run(*words)
        changed = self._changed()
        handed_in = (self.desk, self.passphrase_file)
        leaking = leaks(self.folder, *MARKERS, PASSPHRASE, asked_for=(*handed_in, *(self.searched.keys() - changed)))
        self.found.append((" ".join(str(word) for word in words), leaking))
        return outcome

    def _changed(self) -> set[Path]:
        stats = {path: path.stat() for path in self.folder.rglob("*") if path.is_file()}
        now = {path: (stat.st_size, stat.st_mtime_ns) for path, stat in stats.items()}
        changed = {path for path, state in now.items() if self.searched.get(path) != state}
        self.searched = now
        return changed


@pytest.fixture
def line(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> WatchedLine:
    made = WatchedLine(folder=tmp_path, clock=clock)
    made.desk.mkdir()
    for variable, name in FOLDERS.items():
        (tmp_path / name).mkdir(exist_ok=True)
        monkeypatch.setenv(variable, str(tmp_path / name))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(tmp_path)
    made.person_settings.write_text("may_save_attachments = true\n", encoding="utf-8")
    return made


@pytest.fixture
def office(line: WatchedLine) -> Office:
    return found_office(line)


def handed_in(line: WatchedLine, name: str, text: str) -> Path:
    file = line.desk / name
    file.write_text(text, encoding="utf-8")
    return file


def write(line: WatchedLine, ask: Callable[..., dict[str, Any]], name: str = "note.txt") -> str:
    """A note of three marked paragraphs."""
    text = handed_in(line, name, f"[S] {TITLE}\n\n[NP] {BODY} un.\n\n[S] {BODY} deux.\n\n[S] {BODY} trois.")
    return str(ask("note", "import", text, "--compartment", NAME)["uid"])


def keep_a_note(line: WatchedLine, ask: Callable[..., dict[str, Any]]) -> str:
    """Written, changed, looked for, and read again."""
    ask("compartment", "add", NAME)
    uid = write(line, ask)
    for words in (
        ("note", "list", "--search", BODY),
        ("search", "save", WORDS, "--query", f"{BODY} AND {TITLE}"),
        ("note", "list", "--saved", WORDS),
        ("note", "mark", uid, "--portion", "2", "--label", "DR", "--reason", REASON),
        ("note", "raise", uid, "--label", "S-SF", "--reason", REASON),
        (
            "note",
            "unraise",
            uid,
            "--authority",
            WORDS,
            "--reference",
            REASON,
            "--reason",
            REASON,
            "--day",
            "2026-11-02",
        ),
        ("note", "restore", uid, "--revision", "1"),
        ("note", "attach", uid, handed_in(line, f"{FILE}.txt", BODY * 500), "--label", "S"),
        ("note", "attach", uid, handed_in(line, f"{FILE}2.txt", BODY * 150_000), "--label", "S"),
        ("note", "attachments", uid),
        ("note", "show", uid),
        ("note", "history", uid),
        ("note", "evaluate", uid, "--reliability", "B", "--credibility", "2", "--label", "S", "--source", WORDS),
        ("template", "add", uid),
        ("note", "new", "--compartment", NAME, "--template", TITLE),
        ("calendar", "set", uid, "--authority", WORDS, "--reference", REASON, "--review-on", "2040-01-01"),
    ):
        ask(*words)
    return uid


def let_it_go(line: WatchedLine, ask: Callable[..., dict[str, Any]], office: Office, uid: str) -> None:
    """Sealed, opened, answered, printed, written out."""
    ask("seal", uid, "--to", office.contact_id(office.officer, "Lecteur"), "--out", "plis")
    (package,) = (line.folder / "plis").iterdir()
    line.ask(office.reader, "compartment", "add", NAME)
    line.ask(office.reader, "open", package, "--compartment", NAME)
    line.ask(office.reader, "receipt", "A-2026-00001", "--out", "a.pli", "--comment", WORDS, "--question", WORDS)
    ask("open", "a.pli")
    (requirement,) = ask("requirement", "list")["requirements"]
    ask("requirement", "close", requirement["id"], "--reason", REASON)
    ask("print", uid, "--holder", WORDS, "--out", line.desk)
    ask("note", "export", uid, "--out", line.desk / "note.pdf", "--format", "pdf")
    ask("note", "save-attachment", uid, "1", "--out", line.desk / FILE)
    assert any(BODY in str(path.read_bytes()) for path in line.desk.iterdir())


def put_it_away(line: WatchedLine, ask: Callable[..., dict[str, Any]], uid: str) -> None:
    """Moved, linked, destroyed, copied and brought back, shared."""
    other = write(line, ask, "other.txt")
    new = line.desk / "new"
    new.write_text(f"{WORDS} une autre phrase\n", encoding="utf-8")
    ask("compartment", "add", f"{NAME}2")
    for words in (
        ("note", "link", uid, "follows", other),
        ("note", "move", other, "--to", f"{NAME}2"),
        ("compartment", "merge", f"{NAME}2", "--into", NAME),
        ("note", "delete", other),
        ("note", "destroy", other, "--before-term", "--reason", REASON),
        ("slot", "add", "keyfile", "--out", line.desk / "key"),
        ("vault", "backup", "copie"),
        ("vault", "salvage", "sauvé"),
        ("register", "list"),
        ("vault", "check"),
        ("member", "add", "Suppléant", "--new-passphrase-file", new),
    ):
        ask(*words)
    (copy,) = (line.folder / "copie").iterdir()
    restored = line.run("vault", "restore", copy, "repris", "--passphrase-file", line.passphrase_file)
    assert restored.code == 0, restored.err


def test_nothing_is_in_clear_on_the_disk_after_any_command(line: WatchedLine, office: Office) -> None:
    def ask(*words: object) -> dict[str, Any]:
        return line.ask(office.officer, *words)

    uid = keep_a_note(line, ask)
    let_it_go(line, ask, office, uid)
    put_it_away(line, ask, uid)

    assert len(line.found) > 60
    assert [found for found in line.found if found[1]] == []
