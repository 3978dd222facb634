"""The editor as the window uses it: give it a note, hear of marks and changes, take the note back.

editor = NoteEditor(kit, policy, ClipShelf(kit.randomness))
editor.load(stored.note, floors=floors_in(stored_changes))
...
save(editor.note(), editor.changes()); editor.saved()
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cloison.labels.errors import MarkError
from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.notes.attachment import FIRST_NUMBER
from cloison.notes.errors import NotesError
from cloison.notes.evaluation import NUMBER as EVALUATION
from cloison.notes.marking import LabelChange
from cloison.notes.note import Note
from cloison.notes.portion import Kind, Portion
from cloison.ui import sizes
from cloison.ui.editor.clips import ClipShelf
from cloison.ui.editor.document import NoteDocument
from cloison.ui.editor.find_bar import CHORD, FindBar
from cloison.ui.editor.key_mode import KeyMode
from cloison.ui.editor.keys import MarkKey, mark_keys
from cloison.ui.editor.live import NoteMarking
from cloison.ui.editor.mark_bar import MarkBar
from cloison.ui.editor.marks import Lowering, MarkRefused
from cloison.ui.editor.menu import Entry, menu_of, text_menu
from cloison.ui.editor.object_editing import ObjectEditing
from cloison.ui.editor.object_sheet import ObjectSheet
from cloison.ui.editor.passages import put_in_paragraphs
from cloison.ui.editor.reason_bar import ReasonBar
from cloison.ui.editor.searching import NoteSearch
from cloison.ui.editor.sentences import (
    inserted_sentence,
    lowered_sentence,
    paragraph_name,
    raised_sentence,
    refusal_sentence,
    replaced_sentence,
)
from cloison.ui.editor.sheets import NoteSheets
from cloison.ui.editor.text import PICKER_KEYS
from cloison.ui.editor.view import Hints, ManuscriptView
from cloison.ui.kit import Kit
from cloison.ui.notice import Notice, Tone
from cloison.wording.errors import sentence_for


class NoteEditor(QFrame):
    """``marking_changed`` carries a ``NoteMarking`` in the same call as the change; ``edited`` follows every change.

    ``file_asked`` is a wish to choose a file whose paragraphs come in, ``picture_asked`` one for an image.
    """

    marking_changed = Signal(object)
    edited = Signal()
    file_asked = Signal()
    picture_asked = Signal()

    def __init__(
        self, kit: Kit, policy: Policy, shelf: ClipShelf, *, author: str, parent: QWidget | None = None
    ) -> None:
        """No note yet; ``shelf`` is the application's one, ``author`` who decides on notes here."""
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._kit = kit
        words = kit.words
        keys = mark_keys(policy)
        self.document = NoteDocument(policy, clock=kit.clock, randomness=kit.randomness, parent=self)
        hints = Hints(title=words.text("Title"), text=words.text("Write here. [S] at the start of a line marks it."))
        self.view = ManuscriptView(kit, self.document, shelf, hints)
        self.view.setAccessibleName(words.text("Text of the note"))
        self._bar = MarkBar(kit, policy, keys)
        self._find = FindBar(kit, shelf, parent=self)
        self.search = NoteSearch(kit, self.document, self.view, self._find)
        self.sheet = ObjectSheet(kit, shelf)
        self.objects = ObjectEditing(self.document, self.view, self.sheet)
        self._reason = ReasonBar(kit, policy)
        self._notice = Notice(kit.theme)
        self._mode = KeyMode(self.view, keys)
        self.sheets = NoteSheets(kit, policy, self.document, self.view, author=author)
        self._at: tuple[int, str] = (-1, "")
        self._place()
        self._connect()
        self.setFocusProxy(self.view)

    @property
    def is_dirty(self) -> bool:
        """Whether something was done since the note was loaded or kept."""
        return self.document.is_dirty

    @property
    def marking(self) -> NoteMarking:
        """What the whole note is worth now."""
        return self.document.marking

    def load(self, note: Note, *, floors: Mapping[str, Label] | None = None, is_writable: bool = True) -> None:
        """Show ``note``; see ``NoteDocument.load``."""
        self.let_go()
        self.document.load(note, floors=floors)
        self.view.setReadOnly(not is_writable)
        # Filling the document leaves the cursor at its end, and the view would follow it there when it is shown.
        self.view.moveCursor(QTextCursor.MoveOperation.Start)
        self.view.verticalScrollBar().setValue(0)
        self._follow()

    def let_go(self) -> None:
        """The note is closed: nothing more is written in it, and what was asked or searched for is forgotten."""
        self._mode.end()
        self._reason.give_up()
        self._notice.clear()
        self.search.forget()
        self.objects.forget()
        self.view.forget_objects()
        self.sheets.forget()
        self.view.setReadOnly(True)

    def forget(self) -> None:
        """Let go of the note and keep nothing of it, not in what is not seen either."""
        self.let_go()
        self.document.forget()
        self._at = (-1, "")
        self.view.setAccessibleDescription("")

    def note(self) -> Note:
        """The note as it stands."""
        return self.document.note()

    def changes(self) -> tuple[LabelChange, ...]:
        """What became of marks since the note was loaded or kept."""
        return self.document.changes()

    def saved(self) -> None:
        """The note as it stands has been kept as a revision."""
        self.document.saved()

    def insert(self, portions: Sequence[Portion], at: QTextCursor, *, left_out: int = 0) -> None:
        """Put these in as paragraphs of their own where ``at`` is; a lone image asks for its description.

        ``left_out`` pictures of the file could not become images.
        """
        put_in_paragraphs(self.document, at, portions)
        self.view.setTextCursor(at)
        self.view.ensureCursorVisible()
        self._notice.say(inserted_sentence(portions, left_out, self._kit.words), Tone.BEWARE if left_out else Tone.DONE)
        self.view.setFocus()
        if [one.kind for one in portions] == [Kind.IMAGE]:
            self.objects.open(at.blockNumber())

    def go_to(self, number: int) -> None:
        """Put the cursor into that paragraph; 0 is the title, and the evaluation is on its sheet."""
        if number == EVALUATION:
            self.sheets.open_evaluation()
        elif number < FIRST_NUMBER:
            self.objects.forget()
            self.view.go_to(number)

    def _connect(self) -> None:
        self._bar.chosen.connect(self._mark)
        self._bar.more_asked.connect(self._show_more)
        self._mode.chosen.connect(self._mark)
        self._mode.began.connect(lambda: self._bar.show_keys_awaited(is_awaited=True))
        self._mode.ended.connect(lambda: self._bar.show_keys_awaited(is_awaited=False))
        self.view.mark_keys_asked.connect(self._mode.begin)
        self.view.picker_asked.connect(self.sheets.open_picker)
        self._bar.picker_asked.connect(self.sheets.open_picker)
        self.sheets.opened.connect(self._make_room)
        self.objects.opened.connect(self.sheets.close)
        self.sheets.done.connect(lambda sentence: self._notice.say(sentence, Tone.DONE))
        self.sheets.refused.connect(lambda sentence: self._notice.say(sentence, Tone.REFUSED))
        self.view.lowering_typed.connect(self._reason.ask)
        self.view.lowering_asked.connect(self._ask_reason)
        self.view.mark_refused.connect(self._refused)
        self.view.mark_not_understood.connect(self._not_understood)
        self.view.cursorPositionChanged.connect(self._follow)
        self.view.menu_asked.connect(self._show_menu)
        self.search.replaced.connect(self._replaced)
        self.objects.refused.connect(self._not_understood)
        self._reason.reasoned.connect(self._lower)
        self._reason.given_up.connect(self.view.setFocus)
        self.document.edited.connect(self._edited)
        self.document.marking_changed.connect(self._marking_changed)
        self.document.raised.connect(self._raised)

    def _mark(self, key: MarkKey) -> None:
        self._notice.clear()
        self.view.mark(key.choice)
        if not self._reason.isVisible():
            self.view.setFocus()

    def _make_room(self) -> None:
        """A sheet opens below the text: what was said is over, and a table or an image that is open is put away."""
        self._notice.clear()
        if self.sheet.isVisible():
            self.objects.close()

    def _ask_reason(self, lowerings: Sequence[Lowering]) -> None:
        self._reason.ask(lowerings)
        self._reason.setFocus()

    def _lower(self, lowerings: Sequence[Lowering], reason: str) -> None:
        self.document.lower(lowerings, reason=reason)
        self._notice.say(lowered_sentence(lowerings, self._kit.words), Tone.DONE)
        self.view.setFocus()

    def _replaced(self, count: int) -> None:
        sentences = [replaced_sentence(count, self._kit.words)]
        if self._notice.isVisibleTo(self):
            # That marks rose is worth more than a count.
            sentences.append(self._notice.sentence)
        self._notice.say(" ".join(sentences), self._notice.tone if len(sentences) > 1 else Tone.DONE)

    def _show_menu(self, at: QPoint) -> None:
        text_menu(self.view, self._kit.words, self._more()).popup(at)

    def _show_more(self) -> None:
        menu_of(self._bar.more, self._more()).popup(self._bar.more.mapToGlobal(self._bar.more.rect().bottomLeft()))

    def _more(self) -> tuple[Entry, ...]:
        """What is offered beside what every text has."""
        words = self._kit.words
        is_writable = not self.view.isReadOnly()
        return (
            Entry(
                text=words.text("Find and replace…"),
                chord=QKeySequence(CHORD),
                act=self.search.open,
                is_offered=not self.document.text.isEmpty(),
            ),
            Entry(
                text=words.text("Pick a mark…"),
                chord=QKeySequence(PICKER_KEYS[0]),
                act=self.sheets.open_picker,
                is_offered=is_writable,
            ),
            Entry(text=words.text("Insert a table"), act=self.objects.insert_table, is_offered=is_writable),
            Entry(text=words.text("Insert an image…"), act=self.picture_asked.emit, is_offered=is_writable),
            Entry(text=words.text("Insert a file…"), act=self.file_asked.emit, is_offered=is_writable),
        )

    def _refused(self, refused: Sequence[MarkRefused]) -> None:
        self._notice.say(refusal_sentence(refused, self._kit.words), Tone.REFUSED)

    def _not_understood(self, error: MarkError | NotesError) -> None:
        sentence = sentence_for(error, self._kit.words)
        if sentence is not None:
            self._notice.say(sentence, Tone.BEWARE)

    def _raised(self, numbers: Sequence[int]) -> None:
        self._notice.say(raised_sentence(self.document, numbers, self._kit.words), Tone.BEWARE)

    def _edited(self) -> None:
        self._notice.clear()
        self._follow()
        self.edited.emit()

    def _marking_changed(self, marking: NoteMarking) -> None:
        self._follow()
        self.marking_changed.emit(marking)

    def _follow(self) -> None:
        """Show the mark of the paragraph the cursor is in, and have it read out when it is another one."""
        block = self.view.textCursor().block()
        if block.blockNumber() >= len(self.document.guard.rows):
            return
        is_writable = not self.view.isReadOnly()
        self._bar.show_standing(self.document.standing(block), is_writable=is_writable)
        at = (block.blockNumber(), paragraph_name(self.document, block, self._kit.words))
        if at != self._at:
            self._at = at
            self.view.setAccessibleDescription(at[1])
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.view, at[1]))

    def _place(self) -> None:
        said = QVBoxLayout()
        said.setContentsMargins(sizes.SPACE_4, sizes.SPACE_2, sizes.SPACE_4, 0)
        said.setSpacing(sizes.SPACE_2)
        said.addWidget(self._find)
        said.addWidget(self._reason)
        said.addWidget(self._notice)
        rule = QFrame()
        rule.setProperty("role", "rule")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(rule)
        layout.addLayout(said)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.sheet, 1)
        layout.addWidget(self.sheets.dock, 2)
