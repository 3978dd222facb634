"""Does acts where they belong – on the vault in the records lane, on bytes in the work lane – and says in words what
came of them.

A view hands over a function of the session and hears the value, or one sentence. An error no sentence is known for is a
bug of ours and flies (see ``tasks``). Of a vault that the last words closed nothing is asked any more, and nothing is
said: the process is about to end.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject

from cloison.actions.session import Session
from cloison.directory.errors import DirectoryError
from cloison.dissemination.errors import DisseminationError
from cloison.keystore.errors import KeystoreError
from cloison.labels.errors import LabelsError
from cloison.labels.policy import Policy
from cloison.notes.errors import NotesError
from cloison.registers.errors import RegistersError
from cloison.rendering.errors import RenderingError
from cloison.settings.errors import SettingsError
from cloison.settings.values import Settings
from cloison.ui.kit import Kit
from cloison.ui.lane import Task
from cloison.ui.outcome import Cancelled, Done, Failed, Outcome, Step
from cloison.ui.tasks import Where
from cloison.vault.errors import VaultError
from cloison.wording.catalogue import Catalogue
from cloison.wording.errors import sentence_for

T = TypeVar("T")

EXPECTED: tuple[type[Exception], ...] = (
    VaultError,
    NotesError,
    DirectoryError,
    DisseminationError,
    LabelsError,
    RegistersError,
    RenderingError,
    KeystoreError,
    SettingsError,
)
"""Everything a person can be told about."""

Refused = Callable[[str], None]


class Clerk:
    """One session's; every view of an open vault takes it first."""

    def __init__(self, kit: Kit, session: Session) -> None:
        """Act on ``session``."""
        self.kit = kit
        self.session = session

    @property
    def words(self) -> Catalogue:
        """The language of the window."""
        return self.kit.words

    @property
    def policy(self) -> Policy:
        """The policy of the vault."""
        return self.session.policy

    def follow(self, settings: Settings) -> None:
        """Let other settings hold from now on; words that are on the screen stay as they are."""
        self.kit = replace(self.kit, settings=settings)
        self.session = replace(self.session, settings=settings)
        self.kit.theme.choose(settings.theme.value)

    def ask(self, owner: QObject, act: Callable[[Session], T], then: Callable[[T], None], *, refused: Refused) -> Task:
        """Do ``act`` on the vault; ``then`` hears its value, ``refused`` a sentence."""
        return self._start(Where.RECORDS, partial(self._on_vault, act), owner, then, refused)

    def keep(self, owner: QObject, act: Callable[[Session], T], then: Callable[[T], None], *, refused: Refused) -> Task:
        """As ``ask``, before all that waits: what somebody is writing."""
        return self._start(Where.DRAFTS, partial(self._on_vault, act), owner, then, refused)

    def search(
        self, owner: QObject, act: Callable[[Session], T], then: Callable[[T], None], *, refused: Refused
    ) -> Task:
        """As ``ask``, for what only reads: ``drop`` breaks it off."""
        interrupt = self.session.vault.interrupt
        return self._start(Where.RECORDS, partial(self._on_vault, act), owner, then, refused, interrupt=interrupt)

    def search_in_slices(
        self,
        owner: QObject,
        act: Callable[[Session], Generator[None, None, T]],
        then: Callable[[T], None],
        *,
        refused: Refused,
    ) -> Task:
        """As ``search``, for what takes long: ``act`` yields between its slices."""
        return self.kit.runner.start_sliced(
            Where.RECORDS,
            lambda task: self._sliced_on_vault(task, act(self.session)),
            owner=owner,
            then=partial(self._answer, then, refused, None),
            expected=EXPECTED,
            interrupt=self.session.vault.interrupt,
        )

    def ask_in_slices(
        self,
        owner: QObject,
        act: Callable[[Session, Task], Generator[None, None, T]],
        then: Callable[[T], None],
        *,
        refused: Refused,
        progress: Callable[[Step], None] | None = None,
    ) -> Task:
        """As ``ask``, for what takes long: ``act`` yields between its slices, and drafts go in between."""
        return self.kit.runner.start_sliced(
            Where.RECORDS,
            lambda task: self._sliced_on_vault(task, act(self.session, task)),
            owner=owner,
            then=partial(self._answer, then, refused, None),
            expected=EXPECTED,
            progress=progress,
        )

    def work(
        self,
        owner: QObject,
        act: Callable[[Task], T],
        then: Callable[[T], None],
        *,
        refused: Refused,
        progress: Callable[[Step], None] | None = None,
        given_up: Callable[[], None] | None = None,
    ) -> Task:
        """Do ``act``, which touches no vault, away from the records."""
        return self._start(Where.WORK, act, owner, then, refused, progress=progress, given_up=given_up)

    def drop(self, task: Task) -> None:
        """Give up on a task."""
        self.kit.runner.cancel(task)

    def sentence(self, error: Exception) -> str:
        """What to say of an error; raises it where there is nothing to say: it is ours."""
        sentence = sentence_for(error, self.words)
        if sentence is None:
            raise error
        return sentence

    def _on_vault(self, act: Callable[[Session], T], task: Task) -> T:
        self._give_up_on_closed(task)
        return act(self.session)

    def _sliced_on_vault(self, task: Task, slices: Generator[None, None, T]) -> Generator[None, None, T]:
        """The last words go between two slices too."""
        while True:
            self._give_up_on_closed(task)
            try:
                next(slices)
            except StopIteration as end:
                value: T = end.value
                return value
            yield

    def _give_up_on_closed(self, task: Task) -> None:
        if self.session.vault.is_closed:
            task.give_up()
            task.check()

    def _start(
        self,
        where: Where,
        act: Callable[[Task], T],
        owner: QObject,
        then: Callable[[T], None],
        refused: Refused,
        *,
        progress: Callable[[Step], None] | None = None,
        given_up: Callable[[], None] | None = None,
        interrupt: Callable[[], None] | None = None,
    ) -> Task:
        return self.kit.runner.start(
            where,
            act,
            owner=owner,
            then=partial(self._answer, then, refused, given_up),
            expected=EXPECTED,
            progress=progress,
            interrupt=interrupt,
        )

    def _answer(
        self,
        then: Callable[[T], None],
        refused: Refused,
        given_up: Callable[[], None] | None,
        outcome: Outcome[T],
    ) -> None:
        match outcome:
            case Done(value=value):
                then(value)
            case Failed(error=error):
                refused(self.sentence(error))
            case Cancelled():
                if given_up is not None:
                    given_up()
