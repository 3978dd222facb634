"""The desk: what a person asks of the frame, done by the actions, and shown in the frame again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cloison.actions.compartments import open_compartment
from cloison.actions.people import is_authority
from cloison.actions.session import Session
from cloison.labels.label import Label
from cloison.notes.attachment import FIRST_NUMBER, MOST_ATTACHMENTS
from cloison.notes.note import Note
from cloison.settings.values import Settings
from cloison.ui.clerk import Clerk
from cloison.ui.desk.at_hand import LabelsAtHand
from cloison.ui.desk.beside import Beside
from cloison.ui.desk.commands import Commands
from cloison.ui.desk.counts import Counts
from cloison.ui.desk.drops import Drops
from cloison.ui.desk.filing import Filing
from cloison.ui.desk.flows import Flows
from cloison.ui.desk.insertions import Insertions
from cloison.ui.desk.listing import Listing
from cloison.ui.desk.notes import find_left_behind
from cloison.ui.desk.pages import Pages
from cloison.ui.desk.places import Places
from cloison.ui.desk.searches import Searches
from cloison.ui.desk.writing import Writing
from cloison.ui.editor.clips import ClipShelf
from cloison.ui.editor.editor import NoteEditor
from cloison.ui.ending import LastWords
from cloison.ui.kit import Kit
from cloison.ui.notice import Tone
from cloison.ui.process import application
from cloison.ui.window.frame import Frame
from cloison.ui.window.values import Flow


class Desk(QObject):
    """One open vault. ``lock_asked`` and ``closed`` are for whoever ends the process, ``settings_changed`` for whoever
    watches over it."""

    lock_asked = Signal()
    closed = Signal()
    settings_changed = Signal(object)

    def __init__(
        self,
        kit: Kit,
        session: Session,
        *,
        by_recovery: bool,
        start_in: str | None,
    ) -> None:
        """``by_recovery``: the recovery code opened the vault; ``start_in``: begin a note in that compartment."""
        super().__init__()
        self.clerk = Clerk(kit, session)
        self.frame = Frame(kit, session.policy)
        # Gone with the window, so that no answer comes to one that is not there.
        self.setParent(self.frame)
        self.editor = NoteEditor(kit, session.policy, ClipShelf(kit.randomness), author=session.vault.member.alias)
        self.frame.set_editor(self.editor)
        self.writing = Writing(self.clerk, self.editor, parent=self)
        self.listing = Listing(self.clerk, self.frame, parent=self)
        self.pages = Pages(self.frame, parent=self)
        self.flows = Flows(self.clerk, self.pages, parent=self)
        self.counts = Counts(self.clerk, self.frame, parent=self)
        self.at_hand = LabelsAtHand(self.clerk, self.editor, self.writing, parent=self)
        self.insertions = Insertions(self.clerk, self.editor, parent=self)
        self._drops = Drops(application(), self.frame, self.editor.view, self.frame.list)
        self.searches = Searches(self.clerk, self.frame, self.listing, parent=self)
        self.commands = Commands(self.clerk, self.frame, self.listing, parent=self)
        self.beside = Beside(self.clerk, self.frame, self.editor, self.writing, parent=self)
        self.filing = Filing(self.clerk, self.frame, self.listing, self.writing, self.pages, self.beside, parent=self)
        self.places = Places(self.clerk, self.frame, self.listing, self.pages, parent=self)
        for one in (self.searches, self.filing, self.places):
            self.commands.offer(one.commands)
        self._by_recovery = by_recovery
        self._start_in = start_in
        self._connect()
        self._connect_frame()

    def show_in_place_of(self, door: QWidget) -> None:
        """Show the frame where the door was, and what was there when the last session ended."""
        self.frame.setGeometry(door.geometry())
        if door.isMaximized():
            self.frame.showMaximized()
        else:
            self.frame.show()
        door.hide()
        self.listing.refresh()
        self.counts.refresh()
        if self._start_in is not None:
            self.writing.start(self._start_in)
        else:
            self.clerk.ask(self, find_left_behind, self._open_left_behind, refused=self._refuse)
        self.clerk.ask(self, is_authority, self._greet_authority, refused=self._refuse)
        if self._by_recovery:
            self.flows.show_passphrase(by_recovery=True)

    def greet(self, sentence: str) -> None:
        """Say ``sentence`` below what the vault begins with, which is still on its way."""
        # Twice in turn: behind the question what was left behind, then behind the note that its answer asks for.
        self._in_turn(lambda: self._in_turn(lambda: self._say_done(sentence)))

    def receive(self, path: Path) -> None:
        """A file was handed in."""
        self.flows.exchange.receive(path)

    def last_words(self) -> LastWords:
        """What to do before the process ends."""
        return self.writing.last_words()

    def _in_turn(self, then: Callable[[], None]) -> None:
        self.clerk.ask(self, lambda session: None, lambda _: then(), refused=self._refuse)

    def _open_left_behind(self, uid: str | None) -> None:
        if uid is not None:
            self.listing.refresh()
            self.writing.open(uid)

    def _greet_authority(self, is_one: bool) -> None:  # noqa: FBT001 - an answer
        """An authority's vault begins with what an authority does, unless a note was left behind."""
        if not is_one:
            return
        self.frame.rail.offer_authority()
        if self.writing.uid is None and self.pages.page is None:
            self.flows.show(Flow.AUTHORITY)

    def _choose_note(self, uid: str) -> None:
        if uid != self.writing.uid:
            self.pages.go(lambda: self.writing.open(uid))

    def _start_note(self) -> None:
        place = self.listing.writing_place
        if place is None:
            self._refuse(self.clerk.words.text("Open a compartment first: a note lies in one."))
            return
        self.pages.go(lambda: self.writing.start(place))

    def _show_note(self, uid: str | None) -> None:
        if self.pages.page is not None:
            # Somebody went elsewhere meanwhile; the note is there when they come back.
            return
        self.frame.show_note(uid)
        self.frame.show_marking(self.editor.marking)
        self.beside.refresh()
        if uid is None:
            self.editor.go_to(0)

    def _show_notes(self) -> None:
        """Back from a page: the note that is open, or none."""
        if self.writing.uid is None:
            self.frame.show_empty()
        else:
            self.frame.show_note(self.writing.uid)
            self.frame.show_marking(self.editor.marking)

    def _back(self) -> None:
        self.pages.go(self._show_notes)

    def _choose_compartment(self, compartment_id: str | None) -> None:
        if compartment_id is None or compartment_id in self.listing.open_ids:
            self._leave_to(compartment_id)
            return
        self.clerk.ask(
            self,
            lambda session: open_compartment(session, compartment_id),
            lambda _: self._opened_compartment(compartment_id),
            refused=self._refuse,
        )

    def _opened_compartment(self, compartment_id: str) -> None:
        self.listing.refresh()
        self._leave_to(compartment_id)

    def _leave_to(self, compartment_id: str | None) -> None:
        self.listing.show_compartment(compartment_id)
        self._leave_page()

    def _compartments_changed(self) -> None:
        """A compartment may have been closed under the note that is open, or under one that it is linked with."""
        self.listing.refresh()
        self.beside.refresh()

    def _compartments_known(self) -> None:
        if self.writing.compartment_id is not None and self.writing.compartment_id not in self.listing.open_ids:
            self.writing.forget()
            self.beside.refresh()
            if self.pages.page is None:
                self.frame.show_empty()

    def _kept(self) -> None:
        self.listing.refresh()
        self.beside.refresh()

    def _show_saved(self, at: datetime | None) -> None:
        self.frame.show_saved(at, revision=self.writing.revision)

    def _show_sheet_label(self, label: Label | None, is_settled: bool) -> None:  # noqa: FBT001 - a slot
        self.frame.show_sheet_label(label, is_settled=is_settled)

    def _disseminate(self) -> None:
        self._lead_to(self.flows.disseminate)

    def _disseminate_several(self, uids: tuple[str, ...]) -> None:
        self.writing.keep(lambda note: None)
        self.flows.disseminate_several(uids)

    def _answer(self) -> None:
        if self.writing.uid is not None:
            self.writing.keep(lambda note: None)
            self.flows.exchange.answer_note(self.writing.uid)

    def _print(self) -> None:
        self._lead_to(self.flows.print)

    def _show_history(self) -> None:
        self._lead_to(self.flows.history)

    def _restored(self, uid: str) -> None:
        """What the editor holds is the revision before; the one that was made takes its place behind the page."""
        self.writing.open(uid)
        self.listing.refresh()

    def _lead_to(self, show: Callable[[Note], None]) -> None:
        if self.writing.is_blank:
            self._refuse(self.clerk.words.text("Nothing is written in this note yet."))
        else:
            self.writing.keep(show)

    def _save(self) -> None:
        self.writing.keep(self._say_kept)

    def _say_kept(self, note: Note) -> None:
        self.frame.show_saved(self.clerk.session.now(), revision=self.writing.revision)

    def _attach(self, files: tuple[Path, ...]) -> None:
        if self.writing.uid is None:
            self._refuse(self.clerk.words.text("Open a note first: a file is attached to one."))
        else:
            self._lead_to(lambda note: self.flows.attach(note, files=files))

    def _choose_portion(self, number: int) -> None:
        """Lead to a part of the note that is open, in its text or beside it."""
        if FIRST_NUMBER <= number < FIRST_NUMBER + MOST_ATTACHMENTS:
            self._lead_to(lambda note: self.flows.attach(note, number=number - FIRST_NUMBER + 1))
        else:
            self.editor.go_to(number)

    def _go_to(self, number: int) -> None:
        def go() -> None:
            self._show_notes()
            self._choose_portion(number)

        self.pages.go(go)

    def _open_received(self, uid: str) -> None:
        self.pages.go(lambda: self.writing.open(uid))

    def _reopen(self, uid: str, sentence: str) -> None:
        """A page made a revision of the note that is open: it is read again."""

        def reopen() -> None:
            self.writing.open(uid)
            self.listing.refresh()
            self.frame.say(sentence, Tone.DONE)

        self.pages.go(reopen)

    def _leave_page(self) -> None:
        """Back to the notes, where a page stands in their place."""
        if self.pages.page is not None:
            self._back()

    def _leave_compartment(self, compartment_id: str) -> None:
        """What is written in a note of it is kept before it is closed, or its notes go."""
        if self.writing.compartment_id == compartment_id:
            self.writing.leave()
            self.beside.refresh()
            if self.pages.page is None:
                self.frame.show_empty()

    def _filed(self, sentence: str, undo: Callable[[], object] | None) -> None:
        self._leave_page()
        self.frame.say(sentence, Tone.DONE, undo)

    def _say_done(self, sentence: str) -> None:
        self.frame.say(sentence, Tone.DONE)

    def _take_settings(self, settings: Settings) -> None:
        self.clerk.follow(settings)
        self.settings_changed.emit(settings)

    def _refuse(self, sentence: str) -> None:
        self.frame.say(sentence, Tone.REFUSED)

    def _connect(self) -> None:
        self.writing.opened.connect(self._show_note)
        self.writing.closed.connect(self.frame.show_empty)
        self.writing.kept.connect(self._kept)
        self.writing.draft_kept.connect(self._show_saved)
        self.editor.marking_changed.connect(self.frame.show_marking)
        self.editor.sheets.label_shown.connect(self._show_sheet_label)
        self.listing.compartments_known.connect(self._compartments_known)
        self.searches.done.connect(self._say_done)
        self.searches.asked.connect(self._leave_page)
        for source in (self.writing, self.listing, self.flows, self.insertions):
            source.refused.connect(self._refuse)
        for other in (self.searches, self.filing, self.places):
            other.refused.connect(self._refuse)
        self.filing.done.connect(self._filed)
        self.filing.note_asked.connect(self._open_received)
        self.commands.note_asked.connect(self._open_received)
        self.filing.notes_changed.connect(self.listing.refresh)
        self.places.done.connect(self._filed)
        self.places.closing.connect(self._leave_compartment)
        self.places.changed.connect(self._compartments_changed)
        self._drops.notes_dropped.connect(self.filing.bring_in)
        self.pages.back_asked.connect(self._back)
        self.flows.exchange.counts_changed.connect(self.counts.refresh)
        self.flows.portion_asked.connect(self._go_to)
        self.flows.note_asked.connect(self._open_received)
        self.flows.note_restored.connect(self._restored)
        self.flows.note_changed.connect(self._reopen)
        self.flows.notes_changed.connect(self.listing.refresh)
        self.flows.compartments_changed.connect(self._compartments_changed)
        self.flows.settings_changed.connect(self._take_settings)
        self.flows.directory_changed.connect(self.beside.refresh)
        self._drops.package_dropped.connect(self.receive)
        self._drops.card_dropped.connect(self.flows.take_card)
        self._drops.content_dropped.connect(self.insertions.take)
        self._drops.files_dropped.connect(self._attach)
        self.editor.file_asked.connect(self.insertions.ask_text)
        self.editor.picture_asked.connect(self.insertions.ask_picture)
        self.clerk.kit.runner.crashed.connect(self._say_fault)

    def _connect_frame(self) -> None:
        frame = self.frame
        frame.note_chosen.connect(self._choose_note)
        frame.compartment_chosen.connect(self._choose_compartment)
        frame.flow_chosen.connect(self._choose_flow)
        frame.portion_chosen.connect(self._choose_portion)
        frame.raise_asked.connect(self.editor.sheets.open_raise)
        frame.lift_asked.connect(self.editor.sheets.open_lift)
        frame.evaluation_asked.connect(self.editor.sheets.open_evaluation)
        frame.dates_asked.connect(lambda: self._lead_to(self.flows.date))
        frame.compare_asked.connect(lambda: self._lead_to(self.flows.relabel))
        frame.new_note_asked.connect(self._start_note)
        frame.save_asked.connect(self._save)
        frame.disseminate_asked.connect(self._disseminate)
        frame.several_asked.connect(self._disseminate_several)
        frame.attachments_asked.connect(lambda: self._lead_to(self.flows.attach))
        frame.requirements_asked.connect(lambda: self._choose_flow(Flow.REQUIREMENTS))
        frame.receipt_asked.connect(self._answer)
        frame.print_asked.connect(self._print)
        frame.history_asked.connect(self._show_history)
        frame.lock_asked.connect(self.lock_asked)
        frame.closed.connect(self.closed)

    def _choose_flow(self, flow: Flow) -> None:
        self.writing.keep(lambda note: None)
        if flow is Flow.BIN:
            self.filing.show_bin()
        else:
            self.flows.show(flow)

    def _say_fault(self, error: BaseException) -> None:
        """Our own bug: said by its kind alone, since what it carries may be the text of a note."""
        self.frame.say(
            self.clerk.words.text(
                "Cloison made a mistake of its own ({kind}). What you wrote is kept as a draft. Lock with Ctrl+L and "
                "unlock again to go on.",
                kind=type(error).__name__,
            ),
            Tone.REFUSED,
        )
