"""20,000 random edits of notes in the real editor over a real vault: no mark that is shown is ever too low.

editor_walk.py [EDITS [FIRST_SEED]]; a walk that found a leak can be walked again by its seed alone.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEvent, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from cloison.actions.compartments import add_compartment
from cloison.settings.values import Settings
from cloison.ui.collecting import Collecting
from cloison.ui.constants import hold_constants
from cloison.ui.kit import Kit
from cloison.ui.tasks import TaskRunner
from cloison.ui.theme import Theme
from cloison.wording.catalogue import Catalogue
from service import Clock, new_vault
from walk import Desk, Walk

EDITS = 20_000
EDITS_OF_A_WALK = 500
HARMLESS = "This plugin does not support"


def main(arguments: list[str]) -> int:
    """Walk; 1 where a mark was too low or Qt complained."""
    edits = int(arguments[0]) if arguments else EDITS
    first = int(arguments[1]) if len(arguments) > 1 else 1
    application = QApplication(["cloison"])
    hold_constants()
    Collecting(application)
    complaints: list[str] = []
    qInstallMessageHandler(lambda kind, context, text: _complain(complaints, kind, text))
    began = time.monotonic()
    seeds = range(first, first + -(-edits // EDITS_OF_A_WALK))
    try:
        with _desk(application) as desk:
            for seed in seeds:
                _walk(desk, seed, complaints)
    finally:
        # What Qt still holds of Python's would outlive it.
        qInstallMessageHandler(None)
        QGuiApplication.clipboard().clear()
    seconds = time.monotonic() - began
    done = f"{len(seeds) * EDITS_OF_A_WALK} edits, seeds {seeds.start} to {seeds.stop - 1}, {seconds:.0f} s: no leak"
    sys.stdout.write(f"{done}\n")
    return 0


def _walk(desk: Desk, seed: int, complaints: list[str]) -> None:
    QGuiApplication.clipboard().clear()
    walk = Walk(desk, seed)
    try:
        for _ in range(EDITS_OF_A_WALK):
            walk.step()
            walk.check_note()
            assert not complaints, complaints
        QApplication.processEvents()
        assert not complaints, complaints
    except BaseException:
        sys.stderr.write(f"seed {seed}, edit {len(walk.log)}: {', '.join(walk.log[-12:])}\n")
        raise
    finally:
        walk.editor.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@contextmanager
def _desk(application: QApplication) -> Iterator[Desk]:
    clock = Clock()
    kit = Kit(
        words=Catalogue.load("en"),
        theme=Theme(application, "light"),
        runner=TaskRunner(application),
        settings=Settings(language="en"),
        clock=clock,
        randomness=os.urandom,
    )
    with tempfile.TemporaryDirectory() as folder:
        session = new_vault(Path(folder) / "vault", "Officier", clock)
        compartment = add_compartment(session, "Alpha", ceiling=None, need_to_know=False)
        try:
            yield Desk(kit=kit, session=session, compartment_id=compartment.id, clock=clock)
        finally:
            session.vault.close()
            kit.runner.close()


def _complain(complaints: list[str], kind: QtMsgType, text: str) -> None:
    if not text.startswith(HARMLESS):
        complaints.append(f"{kind.name}: {text}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
