"""The frame of the main window: the rail, the list, the page and the inspector between two strips.

It is shown plain values and emits facts; it decides nothing. The strips follow, in the same call, whatever is shown:
the titles in view, the note and its inspector, or the page of another area.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cloison.actions.compartments import CompartmentLine
from cloison.actions.links import LinkLine
from cloison.actions.requirements import Requirement
from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.ui import sizes
from cloison.ui.editor.live import NoteMarking
from cloison.ui.kit import Kit
from cloison.ui.notice import Tone
from cloison.ui.strip import Strips
from cloison.ui.window.columns import Columns
from cloison.ui.window.command_bar import CommandBar
from cloison.ui.window.inspector import Inspector
from cloison.ui.window.links_view import shown_of_links
from cloison.ui.window.note_list import NoteList
from cloison.ui.window.on_screen import Shown
from cloison.ui.window.page import Page
from cloison.ui.window.rail import Rail
from cloison.ui.window.requirements_view import shown_of_requirements
from cloison.ui.window.screen import NOTHING_WRITTEN, Screen
from cloison.ui.window.values import Flow, ListedNote, Reader


class Frame(QWidget):
    """``compartment_chosen`` carries an id or None for all that are open, ``flow_chosen`` a ``Flow``."""

    note_chosen = Signal(str)
    note_lines_asked = Signal(tuple)
    search_changed = Signal(str)
    compartment_chosen = Signal(object)
    flow_chosen = Signal(object)
    portion_chosen = Signal(int)
    raise_asked = Signal()
    lift_asked = Signal()
    evaluation_asked = Signal()
    dates_asked = Signal()
    compare_asked = Signal()
    new_note_asked = Signal()
    save_asked = Signal()
    disseminate_asked = Signal()
    several_asked = Signal(tuple)
    attachments_asked = Signal()
    requirements_asked = Signal()
    receipt_asked = Signal()
    print_asked = Signal()
    history_asked = Signal()
    commands_asked = Signal()
    template_asked = Signal()
    import_asked = Signal()
    links_asked = Signal()
    linked_note_asked = Signal(str)
    note_menu_asked = Signal(QPoint)
    compartment_menu_asked = Signal(str, QPoint)
    lock_asked = Signal()
    closed = Signal()

    def __init__(self, kit: Kit, policy: Policy, *, parent: QWidget | None = None) -> None:
        """An empty desk."""
        super().__init__(parent)
        self.strips = Strips(kit, policy)
        self.rail = Rail(kit)
        self.list = NoteList(kit, policy)
        self.page = Page(kit)
        self.inspector = Inspector(kit, policy)
        self._screen = Screen(self.strips, self.list, self.page)
        self.columns = Columns(self.list, self.page, self.inspector, below=self.page.foot.height())
        self.commands = CommandBar(kit, policy, self)
        self.setWindowTitle("Cloison")
        self.setMinimumSize(sizes.LEAST_WIDTH, sizes.LEAST_HEIGHT)
        self._place()
        self._connect()
        self.show_empty()
        self.list.line.field.setFocus()

    def show_compartments(self, lines: Sequence[CompartmentLine]) -> None:
        """Show these in the rail."""
        self.rail.show_compartments(lines)

    def show_notes_of(self, compartment_id: str | None) -> None:
        """Mark that compartment as the one whose notes are listed; None: all that are open."""
        self.rail.show_notes_of(compartment_id)
        self.list.begin_anew()

    def show_flow_counts(self, counts: Mapping[Flow, int]) -> None:
        """Show how many wait at each flow."""
        self.rail.show_counts(counts)

    def show_notes(self, notes: Sequence[ListedNote], *, has_more: bool = False) -> None:
        """Show these in the list; ``has_more``: they are the first of a longer one, whose order comes later."""
        self.list.show_notes(notes, has_more=has_more)

    def set_editor(self, editor: QWidget) -> None:
        """The widget notes are written in, once."""
        self.page.set_editor(editor)
        self.columns.put_right_last()

    def show_note(self, uid: str | None) -> None:
        """Show the editor; ``uid`` is the line of the list to mark, None for a note that is in none yet."""
        self.list.choose(uid)
        self._leave_guest()
        self.page.show_note()
        self._refresh(is_note=True)

    def show_empty(self) -> None:
        """Show that no note is open; whoever was in it is led back to the list."""
        was_there = self.page.has_focus
        self.list.choose(None)
        self._leave_guest()
        self.page.show_empty()
        self._screen.show_marking(NOTHING_WRITTEN)
        self._refresh(is_note=False)
        if was_there:
            self.list.line.field.setFocus()

    def show_page(self, page: QWidget, flow: Flow | None = None) -> None:
        """Show a page of another area in place of list, note and inspector; ``flow`` is its entry in the rail.

        The page is let go, without a parent, when another is shown. Hand its label to ``show_page_label``.
        """
        self.columns.show_only(left=False, right=False)
        self.page.show_guest(page)
        self.rail.show_flow(flow)
        self._screen.show_guest(None, is_settled=True)

    def show_page_label(self, label: Label | None, *, is_settled: bool = True) -> None:
        """What is on the page of another area; None: nothing that has a mark."""
        self._screen.show_guest(label, is_settled=is_settled)

    def show_sheet_label(self, label: Label | None, *, is_settled: bool) -> None:
        """What is on the sheet below the note and not in the note yet; None, settled: nothing that has a mark."""
        self._screen.show_sheet(label, is_settled=is_settled)

    def show_marking(self, marking: NoteMarking) -> None:
        """What the editor worked out, at each change."""
        self.inspector.show_marking(marking)
        self._screen.show_marking(marking)

    def show_saved(self, at: datetime | None, *, revision: int | None) -> None:
        """When the note was last kept, and the number of its last revision; None while it has none."""
        self.page.foot.show_saved(at, revision=revision)

    def show_readers(self, readers: Sequence[Reader]) -> None:
        """Who would receive the note."""
        self.inspector.show_readers(readers)

    def show_old_marks(self, count: int) -> None:
        """How many marks of the note follow an older version of the policy."""
        self.inspector.show_old_marks(count)

    def show_requirements(self, found: Sequence[Requirement]) -> None:
        """What readers asked about the note."""
        self.inspector.show_requirements(found)
        asked = [Shown(label=one.label, is_settled=True) for one in shown_of_requirements(found)]
        self._screen.show_beside("requirements", asked)

    def show_links(self, found: Sequence[LinkLine]) -> None:
        """How the note is linked with others."""
        self.inspector.links.show_links(found)
        self._screen.show_beside("links", shown_of_links(found))

    def show_received(self, *, is_received: bool) -> None:
        """Whether the note came in from elsewhere, so that it can be answered."""
        self.inspector.show_received(is_received=is_received)

    def say(self, sentence: str, tone: Tone, undo: Callable[[], object] | None = None) -> None:
        """One sentence below the page, and how to take back what was done; it goes when another page is shown."""
        self.page.say(sentence, tone, undo)

    def focus_search(self) -> None:
        """Put the focus in the search field, where the list is shown."""
        if not self.page.is_guest_shown:
            self.list.line.field.setFocus()
            self.list.line.field.selectAll()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The titles in view are known from here on."""
        super().showEvent(event)
        self._screen.follow()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody but us names the window: the system shows its title on lists of windows and in its logs."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowTitleChange and self.windowTitle() != "Cloison":
            self.setWindowTitle("Cloison")

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Closing leaves; what is open is kept by whoever listens."""
        super().closeEvent(event)
        self.closed.emit()

    def _leave_guest(self) -> None:
        self.rail.show_flow(None)

    def _refresh(self, *, is_note: bool) -> None:
        self.columns.show_only(left=True, right=is_note)
        self.inspector.show_marking(self._screen.marking)
        self._screen.follow()

    def _connect(self) -> None:
        for chord, asked in (
            ("Ctrl+F", self.focus_search),
            ("Ctrl+N", self.new_note_asked),
            ("Ctrl+S", self.save_asked),
            ("Ctrl+K", self.commands_asked),
            ("Ctrl+Shift+N", self.template_asked),
            ("Ctrl+,", lambda: self.flow_chosen.emit(Flow.SETTINGS)),
        ):
            QShortcut(QKeySequence(chord), self).activated.connect(asked)
        self.rail.compartment_chosen.connect(self.compartment_chosen)
        self.rail.flow_chosen.connect(self.flow_chosen)
        self.rail.lock_asked.connect(self.lock_asked)
        self.list.note_chosen.connect(self.note_chosen)
        self.list.note_entered.connect(self.page.focus_editor)
        self.list.several_asked.connect(self.several_asked)
        self.list.lines_asked.connect(self.note_lines_asked)
        self.list.line.search_changed.connect(self.search_changed)
        self.list.line.new_note_asked.connect(self.new_note_asked)
        self.page.new_note_asked.connect(self.new_note_asked)
        self.page.import_asked.connect(self.import_asked)
        self.page.foot.history_asked.connect(self.history_asked)
        self.page.foot.more_asked.connect(self.note_menu_asked)
        self.rail.compartment_menu_asked.connect(self.compartment_menu_asked)
        self.commands.seen_changed.connect(self._screen.show_over)
        self.page.foot.drawer_asked.connect(self.columns.toggle_drawer)
        self.columns.narrowed.connect(lambda is_narrow: self.page.foot.offer_drawer(is_offered=is_narrow))
        self.columns.drawer_changed.connect(lambda is_open: self.page.foot.show_drawer(is_open=is_open))
        self._connect_inspector()

    def _connect_inspector(self) -> None:
        self.inspector.links.asked.connect(self.links_asked)
        self.inspector.links.note_asked.connect(self.linked_note_asked)
        self.inspector.portion_chosen.connect(self.portion_chosen)
        self.inspector.raise_asked.connect(self.raise_asked)
        self.inspector.lift_asked.connect(self.lift_asked)
        self.inspector.evaluation_asked.connect(self.evaluation_asked)
        self.inspector.dates_asked.connect(self.dates_asked)
        self.inspector.compare_asked.connect(self.compare_asked)
        self.inspector.attachments_asked.connect(self.attachments_asked)
        self.inspector.requirements_asked.connect(self.requirements_asked)
        self.inspector.receipt_asked.connect(self.receipt_asked)
        self.inspector.disseminate_asked.connect(self.disseminate_asked)
        self.inspector.print_asked.connect(self.print_asked)

    def _place(self) -> None:
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addWidget(self.columns, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strips.top)
        layout.addLayout(across, 1)
        layout.addWidget(self.strips.bottom)
