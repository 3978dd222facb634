"""The shown mark of a paragraph covers the true mark of each character in it, whatever is done to the text.

A person's hand is played by a seeded random walk over a real text field. Each character typed or brought in is unique
and carries its true worth: that of its paragraph when it was typed, then what a person marked it, up or down. A
character that was copied is two things under one name: from then on a mark given to one says nothing of the other.
"""

import random
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cloison.labels.label import new_label
from cloison.labels.library import built_in
from cloison.notes.note import Note
from cloison.notes.portion import Kind, plain_portion
from cloison.ui.editor.cells import Cells
from cloison.ui.editor.clips import MIME_TYPE, ClipShelf
from cloison.ui.editor.document import NoteDocument
from cloison.ui.editor.guard import Guard
from cloison.ui.editor.marks import LevelChoice, MentionChoice
from cloison.ui.editor.plan import Plan
from cloison.ui.editor.standing import UNMARKED, Standing, covers, is_same
from cloison.ui.editor.text import ParagraphEdit
from cloison.ui.theme import Theme

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EDITS = 3000
SEEDS = range(10)
MOST_CHARACTERS = 120
NOTHING = Standing(label=None, is_settled=True)


class LeakError(AssertionError):
    pass


class Walk:
    """One text field, the truth about its characters, and a hand that does anything a person may do."""

    def __init__(self, qtbot: QtBot, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a walk that can be walked again
        self.policy = built_in("FR")
        randomness = random.Random(seed).randbytes  # noqa: S311 - likewise
        self.document = NoteDocument(self.policy, clock=lambda: NOW, randomness=randomness)
        self.edit = ParagraphEdit(self.document, ClipShelf(randomness), clock=lambda: NOW)
        qtbot.addWidget(self.edit)
        self.edit.lowering_asked.connect(self._lower)
        self.truth: dict[str, Standing] = {}
        self.doubled: set[str] = set()
        self.next_character = 0x4E00
        self.cache: dict[tuple[Standing, Standing], bool] = {}
        self.log: list[str] = []
        self._load(randomness)

    def _load(self, randomness: Callable[[int], bytes]) -> None:
        names = ["SECRET", "NON PROTÉGÉ", "DIFFUSION RESTREINTE", None, "SECRET", "TRÈS SECRET", None]
        labels = [name and new_label(self.policy, classification=name, created=NOW) for name in names]
        portions = [plain_portion(self.fresh(3), randomness=randomness, label=label or None) for label in labels]
        note = Note(
            uid="0" * 32,
            reference="2026-1",
            language="fr",
            author="A",
            created=NOW,
            title=portions[0],
            portions=tuple(portions[1:]),
        )
        self.document.load(note)
        for number in range(len(names)):
            self.know(self.text(number), self.shown(number))

    def fresh(self, count: int) -> str:
        made = "".join(map(chr, range(self.next_character, self.next_character + count)))
        self.next_character += count
        return made

    def know(self, text: str, worth: Standing) -> None:
        for character in text:
            self.truth[character] = worth

    def text(self, number: int) -> str:
        return self.document.text.findBlockByNumber(number).text()

    def shown(self, number: int) -> Standing:
        return self.document.standing(self.document.text.findBlockByNumber(number))

    # What a hand can do.

    def press(self, key: Qt.Key, text: str = "") -> None:
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QApplication.sendEvent(self.edit, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))

    def type_text(self) -> None:
        for character in self.fresh(self.chance.randint(1, 3)):
            number = self.edit.selected_numbers().start
            self.know(character, self.shown(number))
            self.press(Qt.Key.Key_unknown, character)

    def compose(self) -> None:
        text = self.fresh(2)
        self.know(text, self.shown(self.edit.selected_numbers().start))
        QApplication.sendEvent(self.edit, QInputMethodEvent(text[:1], []))
        composed = QInputMethodEvent("", [])
        composed.setCommitString(text)
        QApplication.sendEvent(self.edit, composed)

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return, "\r")

    def backspace(self) -> None:
        self.press(Qt.Key.Key_Backspace)

    def delete(self) -> None:
        self.press(Qt.Key.Key_Delete)

    def place(self) -> None:
        self._select(self._position(), None)

    def to_an_edge(self) -> None:
        block = self.document.text.findBlockByNumber(self.chance.randrange(self.document.text.blockCount()))
        self._select(block.position() + self.chance.choice([0, block.length() - 1]), None)

    def select(self) -> None:
        self._select(self._position(), self._position())

    def select_whole_paragraphs(self) -> None:
        block = self.document.text.findBlockByNumber(self.chance.randrange(self.document.text.blockCount()))
        self._select(block.position(), min(block.position() + block.length(), self.document.text.characterCount() - 1))

    def cut(self) -> None:
        self.edit.cut()

    def copy(self) -> None:
        self.doubled |= set(self.edit.textCursor().selectedText())
        self.edit.copy()

    def paste(self) -> None:
        source: QMimeData | None = QGuiApplication.clipboard().mimeData()
        if source is not None and source.hasFormat(MIME_TYPE):
            self._doubles(source.text(), spared=self.edit.textCursor().selectedText())
            self.edit.paste()

    def paste_from_outside(self) -> None:
        text = self.chance.choice(["{0}", "{0}\n{1}", "\n{0}", "{0}\r\n{1}\r\n", "{0}\u202e"])
        text = text.format(self.fresh(2), self.fresh(2))
        self.know(text, UNMARKED)
        self.know("⟨U+202E⟩", NOTHING)
        source = QMimeData()
        source.setText(text)
        self.edit.insertFromMimeData(source)

    def drag(self) -> None:
        action = self.chance.choice([Qt.DropAction.MoveAction, Qt.DropAction.CopyAction])
        if not self.edit.textCursor().hasSelection():
            return
        source = self.edit.dragged()
        if action is Qt.DropAction.CopyAction:
            self.doubled |= set(source.text())
        target = self._position()
        self.edit.cursorForPosition = lambda point: self._cursor(target)  # type: ignore[method-assign]
        self.edit.is_drag_of_its_own = lambda event: True  # type: ignore[method-assign]
        event = QDropEvent(QPointF(0, 0), action, source, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        self.edit.dropEvent(event)

    def undo(self) -> None:
        for _ in range(self.chance.choice([1, 1, 2, 5])):
            self.edit.undo()

    def redo(self) -> None:
        for _ in range(self.chance.choice([1, 1, 2, 5])):
            self.edit.redo()

    def mark(self) -> None:
        level = self.chance.choice(self.policy.levels).name
        mention = MentionChoice(category=self.chance.choice(self.policy.categories[:3]).ref)
        choice = self.chance.choice([LevelChoice(classification=level)] * 3 + [mention])
        numbers = self.edit.selected_numbers()
        before = {number: self.shown(number) for number in numbers}
        self.edit.mark(choice)
        for number in numbers:
            if self.shown(number) != before[number]:
                self._marked(number)

    def set_kind(self) -> None:
        self.document.set_kind(self.edit.selected_numbers(), self.chance.choice(list(Kind)))

    def _lower(self, lowerings: tuple[object, ...]) -> None:
        if self.chance.random() < 0.5:
            self.document.lower(lowerings, reason="decided")  # type: ignore[arg-type]

    def _marked(self, number: int) -> None:
        shown = self.shown(number)
        for character in self.text(number):
            if character not in self.doubled and self.truth[character] is not NOTHING:
                self.truth[character] = shown
            elif not covers(self.policy, shown, self.truth[character]):
                self.truth[character] = NOTHING

    def _doubles(self, text: str, *, spared: str = "") -> None:
        present = set(self.document.text.toPlainText()) - set(spared)
        self.doubled |= present & set(text)

    def _position(self) -> int:
        return self.chance.randrange(self.document.text.characterCount())

    def _cursor(self, position: int) -> QTextCursor:
        cursor = QTextCursor(self.document.text)
        cursor.setPosition(position)
        return cursor

    def _select(self, start: int, end: int | None) -> None:
        cursor = self._cursor(start)
        if end is not None:
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.edit.setTextCursor(cursor)

    # The walk, and what must hold after each step.

    def step(self) -> None:
        too_long = self.document.text.characterCount() > MOST_CHARACTERS
        writing = [] if too_long else [self.type_text, self.type_text, self.compose, self.paste_from_outside]
        act = self.chance.choice(
            [
                *writing,
                *[self.enter, self.backspace, self.delete, self.backspace, self.delete],
                *[self.place, self.to_an_edge, self.to_an_edge, self.select, self.select, self.select_whole_paragraphs],
                *[self.cut, self.copy, self.paste, self.paste, self.drag, self.drag],
                *[self.undo, self.undo, self.redo, self.mark, self.mark, self.set_kind],
            ]
        )
        self.log.append(act.__name__)
        act()
        self.check()

    def check(self) -> None:
        for number in range(self.document.text.blockCount()):
            shown = self.shown(number)
            for character in self.text(number):
                if not self.covers(shown, self.truth[character]):
                    raise LeakError(
                        f"§ {number} shows {shown}, {character} is {self.truth[character]}: {self.log[-8:]}"
                    )

    def covers(self, shown: Standing, true: Standing) -> bool:
        if (shown, true) not in self.cache:
            self.cache[shown, true] = true is NOTHING or covers(self.policy, shown, true)
        return self.cache[shown, true]


@pytest.fixture
def walks(qtbot: QtBot, theme: Theme) -> Callable[[int], Walk]:
    def walk(seed: int) -> Walk:
        QGuiApplication.clipboard().clear()
        return Walk(qtbot, seed)

    return walk


@pytest.mark.parametrize("seed", SEEDS)
def test_the_shown_mark_always_covers_the_true_one(walks: Callable[[int], Walk], seed: int) -> None:
    walk = walks(seed)

    for _ in range(EDITS // len(SEEDS)):
        walk.step()
        rows = walk.document.guard.rows
        assert len({row.cell for row in rows}) == len({row.uid for row in rows}) == len(rows)
        stored = walk.document.note().all_portions
        assert [one.text for one in stored] == walk.document.text.toPlainText().split("\n")
        assert [one.label for one in stored] == [one.mark for one in walk.document.standings()]


def without_guard(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Guard, "_apply", lambda *arguments: [])


def without_relatives(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Cells, "_reach", lambda *arguments: set())


def without_arrivals(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Plan, "_spread", lambda plan, arrivals, count: [None] * count)


@pytest.mark.parametrize("sabotage", [without_guard, without_relatives, without_arrivals])
def test_the_check_fails_once_a_part_of_the_guard_is_gone(
    walks: Callable[[int], Walk], monkeypatch: pytest.MonkeyPatch, sabotage: Callable[[pytest.MonkeyPatch], None]
) -> None:
    sabotage(monkeypatch)

    with pytest.raises(LeakError):
        for seed in SEEDS:
            walk = walks(seed)
            for _ in range(EDITS // len(SEEDS)):
                walk.step()


def test_the_order_of_the_test_is_the_order_of_the_product() -> None:
    policy = built_in("FR")
    low, high = (
        Standing(label=new_label(policy, classification=name, created=NOW), is_settled=True)
        for name in ("NON PROTÉGÉ", "SECRET")
    )

    assert covers(policy, high, low)
    assert not covers(policy, low, high)
    assert not covers(policy, high, UNMARKED)
    assert not covers(policy, UNMARKED, high)
    assert is_same(low, Standing(label=low.label, is_settled=True))
