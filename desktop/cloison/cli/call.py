"""One call of the command line: what was asked, in which language, of which vault, and where the answer goes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import typer

from cloison.cli.answer import Answer
from cloison.cli.common import CommonOptions
from cloison.cli.environment import Environment
from cloison.settings.values import Settings
from cloison.wording.catalogue import Catalogue

if TYPE_CHECKING:
    from cloison.actions.session import Session
    from cloison.vault.unlocking import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What every command takes from its context."""

    environment: Environment
    options: CommonOptions
    settings: Settings
    words: Catalogue
    answer: Answer

    def now(self) -> datetime:
        """The time, in whole seconds, UTC."""
        return self.environment.clock().replace(microsecond=0)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """The vault, open until the end of the block."""
        with self.unlocked() as (session, _):
            yield session

    @contextmanager
    def unlocked(self) -> Iterator[tuple[Session, Secret]]:
        """The vault, open until the end of the block, and the secret that opened it."""
        from cloison.actions.unlock import unlock
        from cloison.cli.vault_secrets import vault_secret

        folder = self.options.vault_folder(self.environment.variables)
        library = self.settings.card_library
        with vault_secret(self.options, self.environment, self.words, folder, card_library=library) as secret:
            session = unlock(
                folder,
                alias=self.options.member,
                secret=secret,
                settings=self.settings,
                clock=self.environment.clock,
                randomness=self.environment.randomness,
            )
            with session.vault:
                yield session, secret


def call_of(context: typer.Context) -> Call:
    """The call a command belongs to."""
    call: Call = context.obj
    return call
