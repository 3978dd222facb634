"""A person's hand over a real editor and a real vault, played by a seeded random walk, and the truth about every mark.

Each character typed or brought in is unique and carries its true worth: that of its paragraph when it was typed, then
what a person marked it, up or down. The cells of tables and the descriptions of images are made of such characters, and
a picture counts as one. A character that was copied is two things under one name: from then on a mark given to one says
nothing of the other. After each step every mark that is shown must cover the true one of everything under it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from cloison.actions.restore_note import restore_revision
from cloison.actions.session import Session
from cloison.labels.label import Label, new_label
from cloison.labels.library import built_in
from cloison.notes.composing import portions_from_paragraphs
from cloison.notes.found import Paragraph
from cloison.notes.image import image_of
from cloison.notes.marking import LabelChange
from cloison.notes.note import Note
from cloison.notes.png import Pixels, write_png
from cloison.notes.portion import OBJECTS, Content, Kind, image_portion, plain_portion
from cloison.notes.table import Table, table_of
from cloison.ui.desk.notes import belongs_in_a_revision, keep_draft, keep_revision, open_note
from cloison.ui.editor.clips import MIME_TYPE, ClipShelf
from cloison.ui.editor.document import NoteDocument
from cloison.ui.editor.editor import NoteEditor
from cloison.ui.editor.find_bar import FindBar
from cloison.ui.editor.marks import LevelChoice, Lowering, MentionChoice
from cloison.ui.editor.replacement_field import ReplacementField
from cloison.ui.editor.standing import UNMARKED, Standing, covers
from cloison.ui.editor.whole import select_block, selected_object, whole
from cloison.ui.kit import Kit
from service import Clock

POLICY: Final = built_in("FR")
MOST_CHARACTERS: Final = 120
MOST_PARAGRAPHS: Final = 25
NOTHING: Final = Standing(label=None, is_settled=True)
NOTE_UID: Final = "0" * 32
_TEXT_KINDS: Final = [kind for kind in Kind if kind not in OBJECTS]
_OVERRIDE: Final = "⟨U+202E⟩"


class LeakError(AssertionError):
    """A mark was shown that does not cover what is under it."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where a walk takes place."""

    kit: Kit
    session: Session
    compartment_id: str
    clock: Clock


class Walk:
    """One note, the truth about what is in it, and a hand that does anything a person may do."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a walk that can be walked again
        self.desk = desk
        self.shelf = ClipShelf(random.Random(seed).randbytes)  # noqa: S311 - likewise
        self.editor = NoteEditor(desk.kit, POLICY, self.shelf, author="Officier")
        self.edit = self.editor.view
        self.edit.lowering_asked.connect(self._lower)
        bar = self.editor.findChild(FindBar)
        assert isinstance(bar, FindBar)
        self.bar = bar
        self.truth: dict[str, Standing] = {}
        self.pictures: dict[bytes, str] = {}
        self.doubled: set[str] = set()
        self.next_character = 0x4E00
        self.cache: dict[tuple[Standing, Standing], bool] = {}
        self.log: list[str] = []
        self.owed: tuple[LabelChange, ...] = ()
        self.comings_and_goings = 1
        self._begin(random.Random(seed + 1).randbytes)  # noqa: S311 - likewise

    @property
    def document(self) -> NoteDocument:
        return self.editor.document

    def _begin(self, randomness: Callable[[int], bytes]) -> None:
        names = ["SECRET", "NON PROTÉGÉ", "DIFFUSION RESTREINTE", None, "SECRET", "TRÈS SECRET", None]
        portions = [plain_portion(self.fresh(3), randomness=randomness, label=self.label(name)) for name in names]
        note = Note(
            uid=randomness(16).hex(),
            reference="2026-1",
            language="fr",
            author="A",
            created=self.desk.clock(),
            title=portions[0],
            portions=tuple(portions[1:]),
        )
        self.uid = note.uid
        keep_revision(self.desk.session, self.desk.compartment_id, note, ())
        self.reopen()
        for number in range(len(names)):
            self.know(self.text(number), self.shown(number))

    def label(self, name: str | None) -> Label | None:
        return None if name is None else new_label(POLICY, classification=name, created=self.desk.clock())

    # What is there, and what is known of it.

    def fresh(self, count: int) -> str:
        made = "".join(map(chr, range(self.next_character, self.next_character + count)))
        self.next_character += count
        return made

    def know(self, text: str, worth: Standing) -> None:
        for character in text:
            self.truth[character] = worth

    def carriers(self, content: Content) -> str:
        """The characters that carry a truth in that content; a picture counts as one."""
        if isinstance(content, tuple):
            return "".join(run.text for run in content)
        if isinstance(content, Table):
            return "".join("".join(row) for row in content.rows)
        return self.pictures[content.png] + content.description

    def text(self, number: int) -> str:
        return self.carriers(self.document.content(self.document.text.findBlockByNumber(number)))

    def shown(self, number: int) -> Standing:
        return self.document.standing(self.document.text.findBlockByNumber(number))

    def present(self) -> set[str]:
        return {one for number in range(self.document.text.blockCount()) for one in self.text(number)}

    def selected(self) -> str:
        """What is selected and would go if something came in its place."""
        cursor = self.edit.textCursor()
        if not cursor.hasSelection() or selected_object(cursor) is not None:
            return ""
        objects = [
            number
            for number in range(self.document.text.blockCount())
            if self.is_object(number)
            and cursor.selectionStart()
            <= self.document.text.findBlockByNumber(number).position()
            < cursor.selectionEnd()
        ]
        return cursor.selectedText() + "".join(self.text(number) for number in objects)

    def is_object(self, number: int) -> bool:
        return not isinstance(self.document.content(self.document.text.findBlockByNumber(number)), tuple)

    def writing_number(self) -> int:
        """The paragraph in which typing begins."""
        return (
            whole(self.edit.textCursor())
            .document()
            .findBlock(whole(self.edit.textCursor()).selectionStart())
            .blockNumber()
        )

    # Typing and deleting.

    def press(self, key: Qt.Key, text: str = "", held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QApplication.sendEvent(self.edit, QKeyEvent(kind, key, held, text))

    def type_text(self) -> None:
        for character in self.fresh(self.chance.randint(1, 3)):
            self.know(character, self.shown(self.writing_number()))
            self.press(Qt.Key.Key_unknown, character)

    def compose(self) -> None:
        text = self.fresh(2)
        self.know(text, self.shown(self.writing_number()))
        QApplication.sendEvent(self.edit, QInputMethodEvent(text[:1], []))
        composed = QInputMethodEvent("", [])
        composed.setCommitString(text)
        QApplication.sendEvent(self.edit, composed)

    def assist(self) -> None:
        """As assistive technology writes: straight into the document, wherever that is."""
        text, place = self.fresh(1), self._position()
        number = self.document.text.findBlock(place).blockNumber()
        self.know(text, self.shown(number))
        self._cursor(place).insertText(text)

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return, "\r")
        self.editor.objects.close()

    def backspace(self) -> None:
        self.press(Qt.Key.Key_Backspace, "\b", self._perhaps_with_ctrl())

    def delete(self) -> None:
        self.press(Qt.Key.Key_Delete, "\x7f", self._perhaps_with_ctrl())

    def _perhaps_with_ctrl(self) -> Qt.KeyboardModifier:
        held = Qt.KeyboardModifier
        return self.chance.choice([held.NoModifier, held.NoModifier, held.NoModifier, held.ControlModifier])

    # Going and selecting.

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

    def select_object(self) -> None:
        numbers = [number for number in range(self.document.text.blockCount()) if self.is_object(number)]
        if numbers:
            self.edit.setTextCursor(select_block(self.document.text.findBlockByNumber(self.chance.choice(numbers))))

    # The clipboard, the mouse, other windows.

    def cut(self) -> None:
        self.edit.cut()

    def copy(self) -> None:
        if self.edit.textCursor().hasSelection():
            self.edit.copy()
            self.doubled |= self._in_clip(QGuiApplication.clipboard().mimeData())

    def paste(self) -> None:
        source: QMimeData | None = QGuiApplication.clipboard().mimeData()
        if source is not None and source.hasFormat(MIME_TYPE):
            self.doubled |= (self.present() - set(self.selected())) & self._in_clip(source)
            self.edit.paste()

    def paste_from_outside(self) -> None:
        self.edit.insertFromMimeData(self._foreign())

    def drop_from_outside(self) -> None:
        self._drop(self._foreign(), Qt.DropAction.CopyAction, is_own=False)

    def drag(self) -> None:
        action = self.chance.choice([Qt.DropAction.MoveAction, Qt.DropAction.CopyAction])
        if not self.edit.textCursor().hasSelection():
            return
        source = self.edit.dragged()
        if action is Qt.DropAction.CopyAction:
            self.doubled |= self._in_clip(source)
        self._drop(source, action, is_own=True)

    def _drop(self, source: QMimeData, action: Qt.DropAction, *, is_own: bool) -> None:
        target = self._position()
        self.edit.cursorForPosition = lambda point: self._cursor(target)  # type: ignore[method-assign]
        self.edit.is_drag_of_its_own = lambda event: is_own  # type: ignore[method-assign]
        event = QDropEvent(QPointF(0, 0), action, source, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        self.edit.dropEvent(event)
        del self.edit.cursorForPosition, self.edit.is_drag_of_its_own

    def _foreign(self) -> QMimeData:
        text = self.chance.choice(["{0}", "{0}\n{1}", "\n{0}", "{0}\r\n{1}\r\n", "{0}\u202e", "{0}\ufffc"])
        text = text.format(self.fresh(2), self.fresh(2))
        self.know(text, UNMARKED)
        self.know(_OVERRIDE + "⟨U+FFFC⟩", NOTHING)
        source = QMimeData()
        source.setText(text)
        return source

    def _in_clip(self, source: QMimeData) -> set[str]:
        clip = self.shelf.find(source)
        return {one for piece in clip.pieces for one in self.carriers(piece.content)} if clip is not None else set()

    # Finding and replacing.

    def replace(self) -> None:
        self._seek()
        self.editor.search.go_on()
        number = self.writing_number()
        self._write_replacement([number])
        self.editor.search.replace()
        self.editor.search.close()

    def replace_all(self) -> None:
        self._seek()
        self.editor.search.refresh()
        self._write_replacement([match.number for match in self.editor.search._found])
        self.editor.search.replace_all()
        self.editor.search.close()

    def _seek(self) -> None:
        self.editor.search.open()
        numbers = [number for number in range(self.document.text.blockCount()) if not self.is_object(number)]
        text = self.text(self.chance.choice(numbers))
        at = self.chance.randrange(len(text)) if text else 0
        self.bar.sought.setText(_OVERRIDE if self.chance.random() < 0.2 else text[at : at + self.chance.randint(1, 2)])

    def _write_replacement(self, numbers: Sequence[int]) -> None:
        self.bar.replacement.forget()
        self._write_into(self.bar.replacement, [self.shown(number) for number in numbers])

    def _write_into(self, field: ReplacementField, worths: Sequence[Standing]) -> None:
        """Type into a field, or paste; what goes to several places is as many things under one name."""
        way = self.chance.randrange(4)
        source: QMimeData | None = QGuiApplication.clipboard().mimeData()
        if way == 0 and source is not None and source.hasFormat(MIME_TYPE):
            self.doubled |= set(source.text())
            self.know("\t", NOTHING)
            field.take(source)
        elif way == 1:
            foreign = self._foreign()
            field.take(foreign)
            self.doubled |= set(foreign.text()) if len(worths) > 1 else set()
        else:
            text = self.fresh(1)
            self.know(text, worths[0] if len(worths) == 1 else NOTHING)
            field.insert(text)
        self.know(" ", NOTHING)

    # Files, tables, images.

    def import_file(self) -> None:
        marks = [self.chance.choice(["", "[S] ", "[NP] ", "[TS] "]) for _ in range(self.chance.randint(1, 3))]
        texts = [self.fresh(2) for _ in marks]
        paragraphs = [
            Paragraph(kind=self.chance.choice(_TEXT_KINDS), text=f"{mark}{text}")
            for mark, text in zip(marks, texts, strict=True)
        ]
        portions = portions_from_paragraphs(POLICY, paragraphs, now=self.desk.clock(), randomness=self.chance.randbytes)
        for portion in portions:
            self.know(portion.text, Standing(label=portion.label, is_settled=portion.label is not None))
        self.editor.insert(portions, self._cursor(self._position()))

    def insert_table(self) -> None:
        number = self.edit.textCursor().blockNumber()
        cells = self.fresh(4)
        self.know(cells, self.shown(number))
        self.editor.objects.insert(table_of([cells[:2], cells[2:]], has_header=False))
        self.editor.objects.close()

    def insert_image(self) -> None:
        token = self.fresh(1)
        self.know(token, UNMARKED)
        pixels = Pixels(width=2, height=1, channels=1, data=ord(token).to_bytes(2, "big"))
        image = image_of(write_png(pixels), description="")
        self.pictures[image.png] = token
        self.editor.insert([image_portion(image, randomness=self.chance.randbytes)], self._cursor(self._position()))
        self.editor.objects.close()

    def edit_object(self) -> None:
        numbers = [number for number in range(self.document.text.blockCount()) if self.is_object(number)]
        if not numbers:
            return
        number = self.chance.choice(numbers)
        self.editor.objects.open(number)
        content = self.document.content(self.document.text.findBlockByNumber(number))
        if isinstance(content, Table):
            self._edit_table(number)
        else:
            self._write_into(self.editor.sheet.image.description, [self.shown(number)])
        if self.chance.random() < 0.1:
            self.editor.sheet.delete_asked.emit()
        self.editor.objects.close()

    def _edit_table(self, number: int) -> None:
        form = self.editor.sheet.table
        self.chance.choice([form.add_row, form.add_column, form.drop_row, form.drop_column]).click()
        item = form.grid.item(0, 0)
        assert item is not None
        form.grid.setCurrentItem(item)
        form.grid.editItem(item)
        field = form.grid.findChild(ReplacementField)
        if isinstance(field, ReplacementField):
            self._write_into(field, [self.shown(number)])
            form.grid.closeEditor(field, form.grid.itemDelegate().EndEditHint.NoHint)
            field.setParent(None)

    # Undoing, marking.

    def undo(self) -> None:
        for _ in range(self.chance.choice([1, 1, 2, 5])):
            self.edit.undo()

    def redo(self) -> None:
        for _ in range(self.chance.choice([1, 1, 2, 5])):
            self.edit.redo()

    def mark(self) -> None:
        level = self.chance.choice(POLICY.levels).name
        mention = MentionChoice(category=self.chance.choice(POLICY.categories[:3]).ref)
        choice = self.chance.choice([LevelChoice(classification=level)] * 3 + [mention])
        numbers = self.edit.selected_numbers()
        before = {number: self.shown(number) for number in numbers}
        self.edit.mark(choice)
        for number in numbers:
            if self.shown(number) != before[number]:
                self._marked(number)

    def set_kind(self) -> None:
        self.document.set_kind(self.edit.selected_numbers(), self.chance.choice(list(Kind)))

    def _lower(self, lowerings: tuple[Lowering, ...]) -> None:
        if self.chance.random() < 0.5:
            self.document.lower(lowerings, reason="decided")

    def _marked(self, number: int) -> None:
        shown = self.shown(number)
        for character in self.text(number):
            if character not in self.doubled and self.truth[character] is not NOTHING:
                self.truth[character] = shown
            elif not covers(POLICY, shown, self.truth[character]):
                self.truth[character] = NOTHING

    # Keeping, losing, coming back.

    def keep(self) -> None:
        changes = (*self.owed, *self.editor.changes())
        keep_revision(self.desk.session, self.desk.compartment_id, self.editor.note(), changes)
        self.editor.saved()
        self.owed = ()

    def keep_draft(self) -> None:
        """As the desk does half a second after a key."""
        note, changes = self.editor.note(), self.editor.changes()
        if belongs_in_a_revision(note, changes):
            self.keep()
        else:
            keep_draft(self.desk.session, self.desk.compartment_id, note, (*self.owed, *changes))

    def be_locked(self) -> None:
        """The last words, then another session finds the draft."""
        changes = (*self.owed, *self.editor.changes())
        keep_draft(self.desk.session, self.desk.compartment_id, self.editor.note(), changes)
        if self.chance.random() < 0.5:
            # Another process: nothing of the clipboard is known there.
            self.document._tables.clear()
            QGuiApplication.clipboard().clear()
        self.reopen()

    def close_and_open(self) -> None:
        self.keep()
        self.reopen()

    def restore(self) -> None:
        self.keep_draft()
        session = self.desk.session
        count = session.find_note(self.uid)[1].revision
        restore_revision(session, self.uid, self.chance.randint(max(1, count - 12), count))
        self.reopen()

    def reopen(self) -> None:
        self.editor.let_go()
        opened = open_note(self.desk.session, self.uid)
        self.editor.load(opened.note, floors=opened.floors)
        self.owed = opened.owed

    # The walk, and what must hold after each step.

    def step(self) -> None:
        is_long = len(self.present()) > MOST_CHARACTERS or self.document.text.blockCount() > MOST_PARAGRAPHS
        adding = [] if is_long else self._adding()
        act = self.chance.choice([*adding, *self._others()])
        self.log.append(act.__name__)
        act()
        self.check()

    def _adding(self) -> list[Callable[[], None]]:
        return [
            *[self.enter, self.type_text, self.type_text, self.type_text, self.compose, self.assist],
            *[self.import_file, self.insert_table, self.insert_image],
            self.chance.choice([self.paste_from_outside, self.drop_from_outside]),
        ]

    def _others(self) -> list[Callable[[], None]]:
        rare = self.chance.choice([self.keep, self.keep_draft, self.be_locked, self.close_and_open, self.restore])
        return [
            *[self.backspace, self.delete, self.backspace, self.delete],
            *[self.place, self.to_an_edge, self.to_an_edge, self.select, self.select, self.select_whole_paragraphs],
            *[self.select_object, self.edit_object, self.replace, self.replace_all],
            *[self.cut, self.copy, self.paste, self.paste, self.drag, self.drag],
            *[self.undo, self.undo, self.redo, self.mark, self.mark, self.mark, self.set_kind],
            *([rare] * self.comings_and_goings if self.chance.random() < 0.5 else []),
        ]

    def check(self) -> None:
        for number in range(self.document.text.blockCount()):
            shown = self.shown(number)
            for character in self.text(number):
                if not self.covers(shown, self.truth[character]):
                    raise LeakError(
                        f"§ {number} shows {shown}, {character} is {self.truth[character]}: {self.log[-8:]}"
                    )

    def check_note(self) -> None:
        """What would be kept is what is shown."""
        rows = self.document.guard.rows
        assert len({row.cell for row in rows}) == len({row.uid for row in rows}) == len(rows)
        stored = self.document.note().all_portions
        assert [self.carriers(one.in_text) for one in stored] == [self.text(number) for number in range(len(rows))]
        assert [one.label for one in stored] == [one.mark for one in self.document.standings()]
        assert all((one.kind in OBJECTS) is not isinstance(one.content, tuple) for one in stored)
        assert stored[0].kind not in OBJECTS

    def covers(self, shown: Standing, true: Standing) -> bool:
        if (shown, true) not in self.cache:
            self.cache[shown, true] = true is NOTHING or covers(POLICY, shown, true)
        return self.cache[shown, true]

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
