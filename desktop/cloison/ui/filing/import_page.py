"""Bringing files in as notes: any number of them, one row and one result each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cloison.actions.compartments import CompartmentLine
from cloison.actions.insert_file import TEXTS
from cloison.actions.write_note import ImportedNote, ReadFile, keep_import, read_import
from cloison.ui.choice_box import ChoiceBox
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field, button
from cloison.ui.flow_page import FlowPage
from cloison.ui.notice import Tone
from cloison.ui.pick import pick_files
from cloison.ui.plain import PlainLabel, visible
from cloison.ui.taking_files import TakesFiles
from cloison.ui.two_lines import DETAIL_ROLE, TwoLineList


class ImportPage(TakesFiles, FlowPage):
    """``imported``: there is one more note; ``note_asked`` carries the uid of one somebody wants to see."""

    imported = Signal()
    note_asked = Signal(str)

    def __init__(
        self, clerk: Clerk, places: Sequence[CompartmentLine], place: str | None, *, parent: QWidget | None = None
    ) -> None:
        """``places`` are the compartments that are open, ``place`` the one that is proposed."""
        words = clerk.words
        super().__init__(clerk, words.text("Import files as notes"), parent=parent)
        self._uids: list[str | None] = []
        self._waiting: list[tuple[int, Path]] = []
        self._is_busy = False
        self.place = ChoiceBox()
        for one in places:
            self.place.addItem(visible(one.name), one.id)
        self.place.setCurrentIndex(max(0, self.place.findData(place)))
        self.list = TwoLineList(clerk.kit.theme, words.text("Files and what became of them"))
        self.pick = button(words.text("Choose files…"), role="primary")
        self.pick.setEnabled(bool(places))
        self.open = button(words.text("Open the note"))
        self.open.setEnabled(False)
        self.body.addWidget(
            PlainLabel(
                words.text(
                    "Texts (.txt, .md) and Word files (.docx), chosen or dropped here. A mark in front of a paragraph, "
                    "as [S], becomes its mark; the others stay unmarked until you mark them. Files stay as they are."
                ),
                role="muted",
            )
        )
        self.body.addWidget(Field(words.text("Into the compartment"), self.place))
        self.body.addWidget(self.list, 1)
        self.footer.addWidget(self.pick)
        self.footer.addStretch(1)
        self.footer.addWidget(self.open)
        self.setAcceptDrops(True)
        self.pick.clicked.connect(self._pick)
        self.open.clicked.connect(self._open)
        self.list.currentRowChanged.connect(self._follow)
        self.list.itemActivated.connect(lambda item: self._open())

    def arrive(self) -> None:
        """The focus on the button."""
        self.pick.setFocus()

    def take(self, paths: Sequence[Path]) -> None:
        """Import these, one after the other; nobody has marked their names, which are on the page from here on."""
        self.show_label(None, is_settled=not (paths or self._uids))
        for path in paths:
            self.list.add(path.name, self.clerk.words.text("Waits"), len(self._uids))
            self._waiting.append((len(self._uids), path))
            self._uids.append(None)
        self._next()

    def _pick(self) -> None:
        words = self.clerk.words
        pattern = words.text("Texts ({pattern})", pattern=" ".join(f"*{one}" for one in TEXTS))
        pick_files(self, words, words.text("Import files as notes"), pattern, self.take)

    def _next(self) -> None:
        place = self.place.currentData()
        if self._is_busy or not self._waiting or place is None:
            return
        self._is_busy = True
        number, path = self._waiting.pop(0)
        self._tell(number, self.clerk.words.text("Is read"))
        self.clerk.work(
            self,
            lambda task: read_import(path),
            partial(self._keep, number, place),
            refused=partial(self._end, number),
        )

    def _keep(self, number: int, place: str, content: ReadFile) -> None:
        self.clerk.ask(
            self,
            lambda session: keep_import(session, session.vault.compartment(place), content, title=None, default=None),
            partial(self._kept, number),
            refused=partial(self._end, number),
        )

    def _kept(self, number: int, made: ImportedNote) -> None:
        words, note = self.clerk.words, made.note
        self._uids[number] = note.uid
        parts = [
            words.text("Note {reference}", reference=note.reference),
            words.plural("{count} paragraph", "{count} paragraphs", len(note.portions)),
        ]
        if note.unmarked:
            parts.append(words.plural("{count} not marked", "{count} not marked", len(note.unmarked)))
        if made.pictures_left_out:
            parts.append(words.plural("{count} picture left out", "{count} pictures left out", made.pictures_left_out))
        self.imported.emit()
        self._end(number, " · ".join(parts))

    def _end(self, number: int, result: str) -> None:
        self._is_busy = False
        self._tell(number, result)
        self._follow()
        if self._waiting:
            self._next()
            return
        done = sum(uid is not None for uid in self._uids)
        sentence = self.clerk.words.text("{done} of {total} files were imported.", done=done, total=len(self._uids))
        self.say(sentence, Tone.DONE if done == len(self._uids) else Tone.BEWARE)

    def _tell(self, number: int, result: str) -> None:
        item = self.list.item(number)
        item.setData(DETAIL_ROLE, result)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {result}")
        self.list.setCurrentRow(number)

    def _follow(self) -> None:
        self.open.setEnabled(self._uid is not None)

    @property
    def _uid(self) -> str | None:
        row = self.list.currentRow()
        return self._uids[row] if 0 <= row < len(self._uids) else None

    def _open(self) -> None:
        if self._uid is not None:
            self.note_asked.emit(self._uid)
