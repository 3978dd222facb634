"""The links of a note with others, in both directions: seen, followed, made and taken away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cloison.actions.links import LinkLine, link_notes, links_of, unlink_notes
from cloison.actions.session import Session
from cloison.notes.link import LinkDirection, LinkKind
from cloison.notes.note import Note
from cloison.ui.chips import chips_of, mark_text
from cloison.ui.choice_box import ChoiceBox
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field, button, row
from cloison.ui.flow_page import FlowPage
from cloison.ui.notice import Tone
from cloison.ui.plain import PlainLabel
from cloison.ui.requirements.note_picker import NotePicker
from cloison.ui.two_lines import TwoLineList
from cloison.ui.window.on_screen import Shown, together
from cloison.ui.window.section import section
from cloison.wording.links import link_text

_LEAST_HEIGHT: Final = 156
_LINE_HEIGHT: Final = 76
_MOST_SEEN: Final = 2


class LinksPage(FlowPage):
    """``note_asked`` carries the uid of a note somebody wants to see, ``changed``: there are other links now."""

    note_asked = Signal(str)
    changed = Signal()

    def __init__(self, clerk: Clerk, note: Note, *, parent: QWidget | None = None) -> None:
        """Empty until it is shown."""
        words = clerk.words
        super().__init__(clerk, words.text("Links of note {reference}", reference=note.reference), parent=parent)
        self._uid = note.uid
        self._lines: tuple[LinkLine, ...] = ()
        self.list = TwoLineList(clerk.kit.theme, words.text("Links"))
        self._nothing = PlainLabel(words.text("This note is linked with no note that can be read here."), role="muted")
        self.open = button(words.text("Open the note"))
        self.remove = button(words.text("Remove the link"))
        self.kind = ChoiceBox()
        for kind in LinkKind:
            self.kind.addItem(link_text(kind, LinkDirection.TO, words), kind)
        self.picker = NotePicker(clerk, without=self._uid)
        self.picker.list.setMinimumHeight(_LEAST_HEIGHT)
        self.link = button(words.text("Link them"), role="primary")
        self.link.setEnabled(False)
        for part in (
            self.list,
            self._nothing,
            row(self.open, self.remove),
            section(words.text("ANOTHER LINK")),
            Field(words.text("This note"), self.kind),
            self.picker,
        ):
            self.body.addWidget(part)
        self.footer.addStretch(1)
        self.footer.addWidget(self.link)
        self._connect()

    def arrive(self) -> None:
        """Read them; the focus where a note is looked for."""
        self.refresh()
        self.picker.look()
        self.picker.setFocus()

    def refresh(self) -> None:
        """Read them again."""
        uid = self._uid
        self.clerk.ask(self, lambda session: links_of(session, uid), self._show, refused=self.refuse)

    @property
    def chosen(self) -> LinkLine | None:
        """The link whose row is the present one."""
        number = self.list.present_id
        return self._lines[number] if isinstance(number, int) else None

    def _connect(self) -> None:
        self.list.itemActivated.connect(lambda item: self._open())
        self.list.currentRowChanged.connect(self._follow)
        self.open.clicked.connect(self._open)
        self.remove.clicked.connect(self._remove)
        self.picker.seen_changed.connect(self._follow)
        self.picker.picked.connect(self._link)
        self.picker.refused.connect(self.refuse)
        self.link.clicked.connect(lambda: self._link(self.picker.present))

    def _show(self, lines: tuple[LinkLine, ...]) -> None:
        policy, words = self.clerk.policy, self.clerk.words
        self._lines = lines
        self.list.clear()
        for number, one in enumerate(lines):
            label, is_settled = one.note.title_label or one.note.label, one.note.title_label is not None
            self.list.add_with_chips(
                one.note.row.title or words.text("Untitled"),
                chips_of(policy, label, is_settled=is_settled),
                mark_text(policy, label, is_settled=is_settled),
                f"{link_text(one.kind, one.direction, words)} · {one.note.row.reference} · {one.note.compartment.name}",
                number,
            )
        self.list.setFixedHeight(_LINE_HEIGHT * min(_MOST_SEEN, max(1, len(lines))) + 4)
        self.list.setVisible(bool(lines))
        self._nothing.setVisible(not lines)
        if lines:
            self.list.setCurrentRow(0)
        self._follow()

    def _follow(self) -> None:
        for one in (self.open, self.remove):
            one.setEnabled(self.chosen is not None)
        self.link.setEnabled(self.picker.present is not None)
        listed = [
            Shown(label=one.note.title_label or one.note.label, is_settled=one.note.title_label is not None)
            for one in self._lines
        ]
        shown = together(self.clerk.policy, [*listed, *self.picker.seen], created=self.clerk.session.now())
        self.show_label(None if shown is None else shown.label, is_settled=shown is None or shown.is_settled)

    def _open(self) -> None:
        if self.chosen is not None:
            self.note_asked.emit(self.chosen.note.row.uid)

    def _link(self, other: str | None) -> None:
        if other is None:
            return
        uid, kind = self._uid, self.kind.currentData()
        self._do(lambda session: link_notes(session, uid, kind, other), self.clerk.words.text("The notes are linked."))

    def _remove(self) -> None:
        one = self.chosen
        if one is None:
            return
        ends = (self._uid, one.note.row.uid)
        source, target = ends if one.direction is LinkDirection.TO else ends[::-1]
        self._do(
            lambda session: unlink_notes(session, source, one.kind, target),
            self.clerk.words.text("The link was removed. The notes stay."),
        )

    def _do(self, act: Callable[[Session], None], sentence: str) -> None:
        self.clerk.ask(self, act, lambda _: self._done(sentence), refused=self.refuse)

    def _done(self, sentence: str) -> None:
        self.say(sentence, Tone.DONE)
        self.changed.emit()
        self.refresh()
