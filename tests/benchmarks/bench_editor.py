"""What a key press costs in a note of 200 pages: from the key to the painted paragraph and its marks.

The time is processor time of this process, so that other work on the machine does not count; the window is drawn
offscreen. `draft_ms` is what the window spends on taking the note for a draft. Prints one JSON object: each figure, the
95th of a hundred, beside its bar.
"""

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cloison.labels.label import new_label
from cloison.labels.library import built_in
from cloison.notes.note import Note
from cloison.notes.portion import Kind, Portion, plain_portion
from cloison.settings.values import Settings
from cloison.ui.editor.clips import ClipShelf
from cloison.ui.editor.editor import NoteEditor
from cloison.ui.editor.marks import LevelChoice
from cloison.ui.kit import Kit
from cloison.ui.tasks import TaskRunner
from cloison.ui.theme import Theme
from cloison.wording.catalogue import Catalogue

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
POLICY = built_in("FR")
PARAGRAPHS = 1600
WORDS = 45  # in a paragraph: 8 paragraphs to a page
TIMES = 100
BARS = {
    "type_ms": "<= 16",
    "enter_ms": "<= 16",
    "merge_ms": "<= 16",
    "undo_ms": "<= 16",
    "mark_ms": "<= 16",
    "draft_ms": "<= 16",
}


def main() -> None:
    """Measure and print."""
    application = QApplication.instance() or QApplication(["bench"])
    editor = _editor(application)  # type: ignore[arg-type]
    sys.stdout.write(json.dumps({"paragraphs": PARAGRAPHS, "bars": BARS, **measure(editor)}, indent=2) + "\n")


def measure(editor: NoteEditor) -> dict[str, float]:
    """Every figure, in the middle of the note."""
    editor.go_to(PARAGRAPHS // 2)
    view, levels = editor.view, [one.name for one in POLICY.levels]
    chance = random.Random(1)  # noqa: S311 - the same marks in each run
    return {
        "type_ms": _cost(editor, lambda: QTest.keyClick(view, Qt.Key.Key_A)),
        "enter_ms": _cost(editor, lambda: QTest.keyClick(view, Qt.Key.Key_Return)),
        "merge_ms": _cost(editor, lambda: QTest.keyClick(view, Qt.Key.Key_Backspace)),
        "undo_ms": _cost(editor, view.undo),
        "mark_ms": _cost(editor, lambda: view.mark(LevelChoice(classification=chance.choice(levels)))),
        "draft_ms": _cost(editor, lambda: (QTest.keyClick(view, Qt.Key.Key_A), editor.note())),
    }


def _cost(editor: NoteEditor, act: Callable[[], object]) -> float:
    costs = []
    for _ in range(TIMES):
        before = time.process_time()
        act()
        editor.view.viewport().repaint()
        editor.view.gutter.repaint()
        QApplication.processEvents()
        costs.append((time.process_time() - before) * 1000)
    return round(statistics.quantiles(costs, n=20)[-1], 1)


def _editor(application: QApplication) -> NoteEditor:
    kit = Kit(
        words=Catalogue.load("fr"),
        theme=Theme(application, "light"),
        runner=TaskRunner(application),
        settings=Settings(),
        clock=lambda: NOW,
        randomness=os.urandom,
    )
    editor = NoteEditor(kit, POLICY, ClipShelf(kit.randomness), author="Officier")
    editor.resize(760, 700)
    editor.load(_note())
    editor.show()
    editor.activateWindow()
    editor.setFocus()
    QApplication.processEvents()
    return editor


def _note() -> Note:
    chance = random.Random(1)  # noqa: S311 - the same note in each run
    labels = [new_label(POLICY, classification=one.name, created=NOW) for one in POLICY.levels]

    def portion(words: int) -> Portion:
        text = " ".join("mot" + "s" * chance.randrange(5) for _ in range(words))
        return plain_portion(text, randomness=os.urandom, label=chance.choice(labels))

    return Note(
        uid="0" * 32,
        reference="2026-00001",
        language="fr",
        author="A",
        created=NOW,
        title=plain_portion("Titre", randomness=os.urandom, kind=Kind.HEADING, label=labels[0]),
        portions=tuple(portion(WORDS) for _ in range(PARAGRAPHS)),
    )


if __name__ == "__main__":
    main()
