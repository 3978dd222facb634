"""Files handed to the directory, one or many at once: each is taken in by itself, and what came of each is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cloison.actions.cards import add_contact
from cloison.actions.people import Contact
from cloison.actions.revocations import Taken as TakenList
from cloison.actions.revocations import take_revocations
from cloison.directory.card import Role
from cloison.directory.revocations import MOST_BYTES
from cloison.ui.clerk import Clerk
from cloison.ui.directory.cards import LIST_EXTENSION
from cloison.ui.lane import Task
from cloison.ui.notice import Tone
from cloison.vault.files import disk_errors
from cloison.wording.acquaintance import acquaintance_texts
from cloison.wording.dates import short_day
from cloison.wording.trust import trust_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of one file; ``contact_id`` is whose card it was, where it was one."""

    file: str
    sentence: str
    tone: Tone
    contact_id: str | None = None


class Intake(QObject):
    """``ended`` carries a ``Taken`` for each file, in the order they were handed over."""

    ended = Signal(object)

    def __init__(self, clerk: Clerk, *, parent: QObject) -> None:
        """Nothing on its way."""
        super().__init__(parent)
        self._clerk = clerk
        self._waiting: list[Path] = []
        self._taken: list[Taken] = []

    def start(self, paths: Sequence[Path]) -> None:
        """Take these in, after those that are still on their way."""
        is_idle = not self._waiting
        self._waiting += paths
        if is_idle and self._waiting:
            self._next()

    def _next(self) -> None:
        path = self._waiting[0]
        refused = partial(self._refused, path)

        def read(task: Task) -> bytes:
            with disk_errors(path.name), path.open("rb") as source:
                return source.read(MOST_BYTES + 1)

        def take_in(content: bytes) -> None:
            if path.suffix.lower() == LIST_EXTENSION:
                self._clerk.ask(self, lambda session: take_revocations(session, content), self._listed, refused=refused)
            else:
                self._clerk.ask(self, lambda session: add_contact(session, content), self._added, refused=refused)

        self._clerk.work(self, read, take_in, refused=refused)

    def _listed(self, taken: TakenList) -> None:
        words, new = self._clerk.words, taken.revocations
        due = short_day(new.next_due, words)
        text = words.text(
            "List number {number} of {authority} was taken in; the next is due on {due}. Nobody known here is in it.",
            number=new.number,
            authority=taken.authority,
            due=due,
        )
        if taken.named:
            text = words.text(
                "List number {number} of {authority} was taken in; the next is due on {due}. It revokes: {names}.",
                number=new.number,
                authority=taken.authority,
                due=due,
                names=", ".join(one.card.name for one in taken.named),
            )
        tone = Tone.BEWARE if taken.named else Tone.DONE
        self._end(Taken(file=self._waiting[0].name, sentence=text, tone=tone))

    def _added(self, one: Contact) -> None:
        words = self._clerk.words
        text = words.text(
            "{name} is in the directory: {state}.", name=one.card.name, state=trust_text(one.standing, words)
        )
        warnings = [*acquaintance_texts(one, words), *self._of_authority(one)]
        tone = Tone.BEWARE if warnings else Tone.DONE
        self._end(Taken(file=self._waiting[0].name, sentence=" ".join((text, *warnings)), tone=tone, contact_id=one.id))

    def _of_authority(self, one: Contact) -> tuple[str, ...]:
        """Taking in the card of an authority does not follow it: that is a step of its own, and said."""
        if one.card.role is not Role.AUTHORITY or one.is_mine:
            return ()
        return (
            self._clerk.words.text(
                "It is an authority’s card: what it endorses counts once you follow it, under “Authorities”, by its "
                "whole fingerprint."
            ),
        )

    def _refused(self, path: Path, sentence: str) -> None:
        self._end(Taken(file=path.name, sentence=sentence, tone=Tone.REFUSED))

    def _end(self, taken: Taken) -> None:
        self._taken.append(taken)
        del self._waiting[0]
        if self._waiting:
            self._next()
            return
        every, self._taken = tuple(self._taken), []
        self.ended.emit(every)
