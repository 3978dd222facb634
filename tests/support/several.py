"""One vault with three members: Officier, who made it, Adjoint and Greffe; each opens it with their own passphrase."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from cloison.actions.compartments import add_compartment
from cloison.actions.members import add_member
from cloison.actions.readers import read_in
from cloison.actions.session import Session
from cloison.actions.unlock import unlock
from cloison.settings.values import Settings
from cloison.vault.compartment import Compartment
from cloison.vault.unlocking import PassphraseSecret
from cloison_crypto.slots import LOWEST
from service import Clock, Service, found_service, write_marked

OFFICER, DEPUTY, CLERK = "Officier", "Adjoint", "Greffe"
BOTH, ALONE, ALL = "Sahel", "Baltique", "Commun"


@dataclass
class SharedVault:
    """The vault; one member at a time has it open. ``BOTH`` is the officer's and the deputy's, ``ALONE`` the officer's,
    ``ALL`` everybody's."""

    folder: Path
    clock: Clock
    opened: list[Session] = field(default_factory=list)

    def open_as(self, alias: str, folder: Path | None = None) -> Session:
        """The vault as one of them has it open; whoever had it open before closes it."""
        self.close()
        secret = PassphraseSecret(passphrase=passphrase_of(alias))
        session = unlock(
            folder or self.folder,
            alias=alias,
            secret=secret,
            settings=Settings(),
            clock=self.clock,
            randomness=os.urandom,
        )
        self.opened.append(session)
        return session

    def close(self) -> None:
        """Nobody has it open."""
        while self.opened:
            self.opened.pop().vault.close()


def passphrase_of(alias: str) -> bytearray:
    """What opens the vault for a member."""
    officers = b"une phrase de passe pour les essais"
    return bytearray(officers if alias == OFFICER else f"phrase de {alias}".encode())


def named(session: Session, name: str) -> Compartment:
    """The open compartment of that name."""
    (found,) = [one for one in session.open_compartments() if one.name == name]
    return found


def found_shared(folder: Path, clock: Clock) -> SharedVault:
    """Make it, and close it."""
    service: Service = found_service(folder, clock)
    officer = service.member(OFFICER, "TS-SF")
    for alias in (DEPUTY, CLERK):
        add_member(officer, alias, passphrase=passphrase_of(alias), cost=LOWEST)
    for name, readers in ((BOTH, (DEPUTY,)), (ALONE, ()), (ALL, (DEPUTY, CLERK))):
        made = add_compartment(officer, name, ceiling=None, need_to_know=False)
        write_marked(officer, made, f"[S] Titre {name}", (f"[S] Texte {name}.",))
        for alias in readers:
            read_in(officer, made, alias)
    service.close()
    shared = SharedVault(folder=folder / OFFICER, clock=clock)
    for alias in (DEPUTY, CLERK):
        shared.open_as(alias)
    shared.close()
    return shared
