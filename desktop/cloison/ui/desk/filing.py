"""What is done with notes as a whole: brought in, begun with a template, written out, moved, deleted, linked."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal

from cloison.actions.bin import BinLine, bin_note, take_from_bin
from cloison.actions.find_notes import NoteLine
from cloison.actions.session import Session
from cloison.actions.templates import Template, begin_note, drop_template, make_template, templates
from cloison.actions.write_note import Saved
from cloison.notes.note import Note
from cloison.ui.clerk import Clerk
from cloison.ui.desk.beside import Beside
from cloison.ui.desk.exports import Exports
from cloison.ui.desk.listing import Listing
from cloison.ui.desk.pages import Pages
from cloison.ui.desk.writing import Writing
from cloison.ui.editor.menu import Entry, menu_of
from cloison.ui.lane import Task
from cloison.ui.window.command_bar import Command
from cloison.ui.window.frame import Frame
from cloison.ui.window.on_screen import Shown
from cloison.ui.window.values import Flow
from cloison.wording.templates import template_name


class Filing(QObject):
    """``done`` carries a sentence and, where the act can be taken back, how; ``note_asked`` the uid of a note."""

    done = Signal(str, object)
    refused = Signal(str)
    note_asked = Signal(str)
    notes_changed = Signal()

    def __init__(
        self,
        clerk: Clerk,
        frame: Frame,
        listing: Listing,
        writing: Writing,
        pages: Pages,
        beside: Beside,
        *,
        parent: QObject | None = None,
    ) -> None:
        """Follows what ``frame`` asks for."""
        super().__init__(parent)
        self._clerk = clerk
        self._frame = frame
        self._listing = listing
        self._writing = writing
        self._pages = pages
        self._beside = beside
        self._awaited: tuple[str, QPoint] | None = None
        self.exports = Exports(clerk, frame, parent=self)
        self.exports.done.connect(lambda sentence: self.done.emit(sentence, None))
        self.exports.refused.connect(self.refused)
        frame.template_asked.connect(self.offer_templates)
        frame.links_asked.connect(self.show_links)
        frame.linked_note_asked.connect(self.note_asked)
        frame.import_asked.connect(lambda: self.bring_in(()))
        frame.note_menu_asked.connect(self._show_menu)
        frame.list.view.menu_asked.connect(self._show_list_menu)
        beside.known.connect(self._show_awaited_menu)
        frame.list.several.move_asked.connect(lambda: self.move(self._frame.list.picked))
        frame.list.several.bin_asked.connect(lambda: self.delete(self._frame.list.picked))

    def commands(self) -> Iterable[Command]:
        """What can be done now."""
        words = self._clerk.words
        if self._listing.open_ids:
            chord = words.text("Ctrl+Shift+N")
            yield Command(name=words.text("New note from a template…"), detail=chord, act=self.offer_templates)
            yield Command(
                name=words.text("Import files as notes…"), detail=words.text("Notes"), act=lambda: self.bring_in(())
            )
        if self._frame.page.is_note_shown and self._writing.revision is not None:
            for entry in self._on_note():
                if entry.is_offered:
                    yield Command(name=entry.text, detail=words.text("This note"), act=entry.act)

    def bring_in(self, files: Sequence[Path]) -> None:
        """The page that makes notes of files, and those files."""
        from cloison.ui.filing.import_page import ImportPage

        if not self._listing.open_ids:
            self._say_no_place()
            return
        places = [one for one in self._listing.compartments if one.notes is not None]
        page = ImportPage(self._clerk, places, self._listing.writing_place)
        page.imported.connect(self.notes_changed)
        page.note_asked.connect(self.note_asked)
        self._keep_then(lambda: self._pages.show(page, None))
        if files:
            page.take(files)

    def show_bin(self) -> None:
        """What was deleted."""
        from cloison.ui.filing.bin_page import BinPage

        page = BinPage(self._clerk)
        page.changed.connect(self.notes_changed)
        self._pages.show(page, Flow.BIN)

    def show_links(self) -> None:
        """The links of the note that is open."""
        from cloison.ui.filing.links_page import LinksPage

        def show(note: Note) -> None:
            page = LinksPage(self._clerk, note)
            page.note_asked.connect(self.note_asked)
            page.changed.connect(self._beside.refresh)
            self._pages.show(page, None)

        self._writing.keep(show)

    def move(self, uids: Sequence[str]) -> None:
        """The page on which these go to another compartment."""
        from cloison.ui.filing.move_page import MovePage

        here = self._listing.compartment_id or (self._writing.compartment_id if len(uids) == 1 else None)
        places = [one for one in self._listing.compartments if one.notes is not None and one.id != here]
        page = MovePage(self._clerk, uids, places)
        page.moved.connect(self._settled)
        page.some_moved.connect(self.notes_changed)
        page.begun.connect(lambda: self._let_go(uids))
        self._writing.keep(lambda note: None)
        self._pages.show(page, None)

    def delete(self, uids: Sequence[str]) -> None:
        """Put these into the bin."""
        self._let_go(uids)
        self._clerk.ask_in_slices(self, partial(_bin_all, uids=uids), self._deleted, refused=self._stopped)

    def offer_templates(self) -> None:
        """Offer what a note can be begun with, in the bar of commands."""
        place = self._listing.writing_place
        if place is None:
            self._say_no_place()
            return
        self._clerk.ask(
            self,
            lambda session: templates(session, session.vault.compartment(place)),
            lambda found: self._frame.commands.show_commands(
                [self._beginning(place, one) for one in found],
                question=self._clerk.words.text("Which template is the note begun with?"),
            ),
            refused=self.refused.emit,
        )

    def _say_no_place(self) -> None:
        self.refused.emit(self._clerk.words.text("Open a compartment first: a note lies in one."))

    def _beginning(self, place: str, template: Template) -> Command:
        words, line = self._clerk.words, template.line
        shipped, own = words.text("Template of Cloison, not marked"), words.text("Template of this compartment")
        shown = None
        if line is not None:
            shown = Shown(label=line.title_label or line.label, is_settled=line.title_label is not None)
        return Command(
            name=template_name(template, words),
            detail=shipped if line is None else own,
            act=partial(self._begin, place, template.key),
            shown=shown,
        )

    def _begin(self, place: str, key: str) -> None:
        def begin() -> None:
            self._clerk.ask(
                self,
                lambda session: begin_note(session, session.vault.compartment(place), key),
                self._begun,
                refused=self.refused.emit,
            )

        self._keep_then(begin)

    def _begun(self, saved: Saved) -> None:
        self.notes_changed.emit()
        self.note_asked.emit(saved.note.uid)

    def _on_note(self) -> Sequence[Entry]:
        """What is done with the note that is open."""
        words, uid = self._clerk.words, self._writing.uid or ""
        is_template, is_own = self._beside.is_template, not self._writing.is_received
        flip = partial(self._drop_template if is_template else self._make_template, uid)
        name = words.text("No longer a template") if is_template else words.text("Use it as a template")
        return (
            *self.exports.entries(self._writing),
            Entry(text=name, act=flip, is_offered=is_own),
            Entry(text=words.text("Links…"), act=self.show_links, is_offered=True),
            Entry(text=words.text("Move…"), act=partial(self.move, (uid,)), is_offered=True),
            Entry(text=words.text("Delete: into the bin"), act=partial(self.delete, (uid,)), is_offered=True),
        )

    def _show_menu(self, at: QPoint) -> None:
        if self._writing.revision is not None:
            menu_of(self._frame, self._on_note()).popup(at)
        else:
            self.refused.emit(self._clerk.words.text("Nothing is written in this note yet."))

    def _show_list_menu(self, at: QPoint) -> None:
        """Of what is picked in the list; a note that was chosen by the same press is on its way yet."""
        several, chosen = self._frame.list.several, self._frame.list.chosen
        self._awaited = None
        if self._frame.list.picked:
            menu_of(self._frame, several.entries()).popup(at)
        elif chosen is not None and chosen == self._writing.uid == self._beside.known_uid:
            self._show_note_menu(at)
        elif chosen is not None:
            self._awaited = (chosen, at)

    def _show_awaited_menu(self) -> None:
        """Another note that was opened in its place shows none."""
        awaited, self._awaited = self._awaited, None
        if awaited is not None and awaited[0] == self._beside.known_uid:
            self._show_note_menu(awaited[1])

    def _show_note_menu(self, at: QPoint) -> None:
        """As “More…” beside the note, after what the inspector offers in a wide window."""
        words, frame = self._clerk.words, self._frame
        entries = (
            Entry(text=words.text("Disseminate…"), act=frame.disseminate_asked.emit, is_offered=True),
            Entry(text=words.text("Print…"), act=frame.print_asked.emit, is_offered=True),
            Entry(text=words.text("History…"), act=frame.history_asked.emit, is_offered=True),
        )
        menu_of(frame, (*entries, *self._on_note())).popup(at)

    def _make_template(self, uid: str) -> None:
        words = self._clerk.words
        self._flip(
            lambda session: make_template(session, uid),
            lambda made: words.text("Note {reference} is a template of its compartment now.", reference=made),
        )

    def _drop_template(self, uid: str) -> None:
        words = self._clerk.words
        self._flip(
            lambda session: drop_template(session, uid),
            lambda gone: words.text("Note {reference} is a note like others again.", reference=gone),
        )

    def _flip(self, act: Callable[[Session], NoteLine], said: Callable[[str], str]) -> None:
        def tell(line: NoteLine) -> None:
            self._beside.refresh()
            self.done.emit(said(line.row.reference), None)

        self._writing.keep(lambda note: None)
        self._clerk.ask(self, act, tell, refused=self.refused.emit)

    def _deleted(self, lines: tuple[BinLine, ...]) -> None:
        self.notes_changed.emit()
        said = self._clerk.words.plural("{count} note is in the bin.", "{count} notes are in the bin.", len(lines))
        self.done.emit(said, partial(self._take_back, [one.row.uid for one in lines]))

    def _take_back(self, uids: Sequence[str]) -> None:
        self._clerk.ask(
            self,
            lambda session: [take_from_bin(session, uid) for uid in uids],
            lambda lines: self._settled(
                self._clerk.words.plural("{count} note is back.", "{count} notes are back.", len(lines))
            ),
            refused=self._stopped,
        )

    def _settled(self, sentence: str) -> None:
        self.notes_changed.emit()
        self.done.emit(sentence, None)

    def _stopped(self, sentence: str) -> None:
        self.notes_changed.emit()
        self.refused.emit(sentence)

    def _let_go(self, uids: Sequence[str]) -> None:
        """What is open and goes is kept as a revision first, and no longer open: a later save would not find it."""
        if self._writing.uid in uids:
            self._writing.leave()
            self._beside.refresh()
            if self._pages.page is None:
                self._frame.show_empty()

    def _keep_then(self, act: Callable[[], None]) -> None:
        self._writing.keep(lambda note: None)
        act()


def _bin_all(session: Session, task: Task, *, uids: Sequence[str]) -> Generator[None, None, tuple[BinLine, ...]]:
    binned: list[BinLine] = []
    for uid in uids:
        binned.append(bin_note(session, uid))
        yield
    return tuple(binned)
