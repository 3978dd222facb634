"""What a list of 100,000 notes costs in the window: the first lines, the whole order, its end, and the memory it takes.

A real vault, a real desk without a screen. Times are CPU, user and system, of the whole process; ``jobs_ms`` is that of
the longest slice of the records lane while the list was shown and scrolled, which keeps a draft waiting for as long.
``memory_mb`` is what the process grew by from before the list was asked for. Prints one JSON object: each figure beside
its bar. An argument sets the number of notes.
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QObject
from PySide6.QtWidgets import QApplication

from cloison.actions.first_run import create
from cloison.actions.unlock import unlock
from cloison.labels.library import built_in
from cloison.labels.marks import read_mark
from cloison.notes.note import Note
from cloison.notes.portion import Portion, new_uid, plain_portion
from cloison.settings.values import Settings
from cloison.ui.clerk import Clerk
from cloison.ui.collecting import Collecting
from cloison.ui.constants import hold_constants
from cloison.ui.desk.listing import Listing
from cloison.ui.kit import Kit
from cloison.ui.lane import Task
from cloison.ui.outcome import Done
from cloison.ui.tasks import TaskRunner, Where
from cloison.ui.theme import Theme
from cloison.ui.window.frame import Frame
from cloison.vault.note_rows import RevisionFacts
from cloison.vault.unlocking import PassphraseSecret
from cloison.wording.catalogue import Catalogue
from cloison_crypto.slots import LOWEST

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
POLICY = built_in("FR")
NOTES = 100_000
# One note is saved as every note is; the others are its rows again, under uids of their own: saving each takes minutes.
_NUMBERS = "WITH RECURSIVE counted(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM counted WHERE n <= ?)"
_COPIES = (
    """INSERT INTO notes(id, uid, reference, title, title_label, label, level, modified, revision, latest)
       SELECT n, lower(hex(randomblob(16))), reference, title || ' ' || n, title_label, label, level, modified, 1, n
       FROM counted JOIN notes ON notes.id = 1""",
    """INSERT INTO revisions(id, note, number, saved_at, author, label, packed)
       SELECT n, n, 1, saved_at, author, label, packed FROM counted JOIN revisions ON revisions.id = 1""",
    "INSERT INTO bodies SELECT n, body FROM counted JOIN bodies ON bodies.id = 1",
    """INSERT INTO search(rowid, title, body)
       SELECT n, title || ' ' || n, body FROM counted JOIN bodies ON bodies.id = 1 JOIN notes ON notes.id = 1""",
)
PASSPHRASE = b"banc d'essai de la liste"
BARS = {"first_lines_ms": "<= 100", "jobs_ms": "<= 50", "end_ms": "<= 100", "memory_mb": "<= 40"}


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else NOTES
    application = QApplication([])
    hold_constants()
    Collecting(application)
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder) / "vault"
        _fill(vault, count)
        figures = _measure(application, vault, count)
    sys.stdout.write(json.dumps({"notes": count, "bars": BARS, **figures}, indent=2) + "\n")
    sys.stdout.flush()
    os._exit(0)


def _measure(application: QApplication, vault: Path, count: int) -> dict[str, float]:
    slices = _timed_slices()
    kit = Kit(
        words=Catalogue.load("en"),
        theme=Theme(application, "light"),
        runner=TaskRunner(),
        settings=Settings(language="en"),
        clock=_clock,
        randomness=os.urandom,
    )
    clerk = _opened(kit, vault)
    frame = Frame(kit, clerk.policy)
    frame.resize(1280, 800)
    frame.show()
    listing = Listing(clerk, frame)
    view, rows = frame.list.view, frame.list.rows
    _wait(lambda: kit.runner.is_idle)
    slices.clear()
    before = _memory()
    start = time.process_time()
    listing.refresh()
    _wait(lambda: bool(rows.rowCount()) and rows.line(0) is not None)
    first = time.process_time() - start
    _wait(lambda: rows.rowCount() == count)
    whole = time.process_time() - start
    start = time.process_time()
    view.scrollToBottom()
    _wait(lambda: rows.line(count - 1) is not None and bool(frame.list.seen()))
    end = time.process_time() - start
    passed = _scroll_through(frame)
    return {
        "first_lines_ms": _ms(first),
        "whole_order_ms": _ms(whole),
        "end_ms": _ms(end),
        "each_place_ms": _ms(passed / 501),
        "jobs_ms": _ms(max(slices)),
        "memory_mb": round(_memory() - before, 1),
    }


def _scroll_through(frame: Frame) -> float:
    """Seconds of looking at 500 places from the end to the beginning, the lines of each there before the next."""
    bar = frame.list.view.verticalScrollBar()
    start = time.process_time()
    for step in range(500, -1, -1):
        bar.setValue(bar.maximum() * step // 500)
        _wait(lambda: all(frame.list.rows.line(row) is not None for row in frame.list.view.seen_rows()))
    return time.process_time() - start


def _timed_slices() -> list[float]:
    """What each slice of a lane takes from now on, in seconds."""
    taken: list[float] = []
    step = Task.step

    def timed(self: Task) -> bool:
        start = time.thread_time()
        try:
            return step(self)
        finally:
            taken.append(time.thread_time() - start)

    Task.step = timed  # type: ignore[method-assign]
    return taken


def _fill(path: Path, count: int) -> None:
    label = read_mark(POLICY, "S-SF", created=NOW)
    founded = create(
        path,
        alias="officier",
        passphrase=bytearray(PASSPHRASE),
        policy_name="FR",
        settings=Settings(),
        clock=_clock,
        randomness=os.urandom,
        cost=LOWEST,
    )
    session = founded.session
    compartment = session.vault.add_compartment("Banc")
    facts = RevisionFacts(author="officier", saved_at=NOW, label_xml=label.to_xml())
    text = plain_portion("mot1 mot2", randomness=os.urandom, label=label)
    title = plain_portion("Note", randomness=os.urandom, label=label)
    compartment.notes.save(_note(title, text), facts)
    with compartment.transaction():
        for statement in _COPIES:
            compartment._file.database.execute(f"{_NUMBERS} {statement}", (count - 1,))
    session.vault.close()


def _note(title: Portion, text: Portion) -> Note:
    return Note(
        uid=new_uid(os.urandom),
        reference="2026-00001",
        language="fr",
        author="officier",
        created=NOW,
        title=title,
        portions=(text,),
    )


def _opened(kit: Kit, vault: Path) -> Clerk:
    found: list[object] = []
    secret = PassphraseSecret(passphrase=bytearray(PASSPHRASE))
    asker = QObject()
    kit.runner.start(
        Where.RECORDS,
        lambda task: unlock(vault, alias=None, secret=secret, settings=Settings(), clock=_clock, randomness=os.urandom),
        owner=asker,
        then=found.append,
    )
    _wait(lambda: bool(found))
    if not isinstance(found[0], Done):
        raise SystemExit(f"not opened: {found[0]}")
    return Clerk(kit, found[0].value)


def _wait(is_so: Callable[[], bool]) -> None:
    application = QApplication.instance()
    deadline = time.monotonic() + 60
    while not is_so():
        if time.monotonic() > deadline or application is None:
            raise SystemExit("nothing came")
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)


def _memory() -> float:
    """Megabytes in use now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


def _clock() -> datetime:
    return NOW


if __name__ == "__main__":
    main()
