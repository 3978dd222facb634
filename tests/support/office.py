"""Closed vaults on the disk for the tests of the window: an officer, and two readers whom the officer knows."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cloison.actions.cards import export_card
from cloison.actions.compartments import add_compartment
from cloison.actions.passphrase import change_passphrase
from cloison.actions.session import Session
from cloison.actions.unlock import unlock
from cloison.settings.values import Settings
from cloison.vault.unlocking import PassphraseSecret
from cloison_crypto.identity import fingerprint_text
from cloison_crypto.slots import LOWEST, passphrase_bytes
from service import START, Clock, found_service, write_marked

PASSPHRASE = "une phrase de passe pour les essais"
OFFICER, READER, PARTNER = "Officier traitant", "Cabinet du préfet", "Liaison partenaire"
COMPARTMENT, RECEIVED = "Dossier Alpha", "Reçu"
TITLE = "[S] Entretien du 20 novembre"
PORTIONS = (
    "[NP] Le rendez-vous a eu lieu à Lyon.",
    "[DR] La source travaille pour un fournisseur.",
    "[S] Le calendrier de livraison a changé.",
    "[S-SF] La livraison passe par le site de Brest.",
)


@dataclass(frozen=True, kw_only=True)
class Office:
    """The vaults are folders named after their members; ``note`` lies in the officer's ``compartment``."""

    folder: Path
    note: str
    compartment: str
    recovery_code: str
    authority_fingerprint: str
    reader_fingerprint: str

    @property
    def officer(self) -> Path:
        """The officer's vault."""
        return self.folder / OFFICER

    @property
    def reader(self) -> Path:
        """The vault of the reader cleared for SECRET."""
        return self.folder / READER

    @property
    def partner(self) -> Path:
        """The vault of the foreign reader cleared for DIFFUSION RESTREINTE."""
        return self.folder / PARTNER

    def card(self, name: str) -> Path:
        """The endorsed card of one of them, or the authority's."""
        return self.folder / f"{name}.carte"


def found_office(folder: Path) -> Office:
    """Make and close them all."""
    service = found_service(folder, Clock(now=START))
    officer = service.member(OFFICER, "TS-SF")
    reader = service.member(READER, "S")
    partner = service.member(PARTNER, "DR", "DEU")
    for name, session in ((OFFICER, officer), (READER, reader), (PARTNER, partner), ("authority", service.authority)):
        (folder / f"{name}.carte").write_bytes(export_card(session))
    for session in (reader, partner):
        service.introduce(session, officer)
        service.introduce(officer, session)
        add_compartment(session, RECEIVED, ceiling=None, need_to_know=False)
    compartment = add_compartment(officer, COMPARTMENT, ceiling=None, need_to_know=False)
    note = write_marked(officer, compartment, TITLE, PORTIONS)
    made = Office(
        folder=folder,
        note=note.uid,
        compartment=compartment.id,
        recovery_code=_new_code(officer),
        authority_fingerprint=_fingerprint(service.authority),
        reader_fingerprint=_fingerprint(reader),
    )
    service.close()
    return made


def opened(vault: Path, clock: Callable[[], datetime]) -> Session:
    """One of the vaults, open in this thread."""
    passphrase = passphrase_bytes(PASSPHRASE)
    return unlock(
        vault,
        alias=None,
        secret=PassphraseSecret(passphrase=passphrase),
        settings=Settings(language="en"),
        clock=clock,
        randomness=os.urandom,
    )


def _new_code(session: Session) -> str:
    passphrase = passphrase_bytes(PASSPHRASE)
    old = PassphraseSecret(passphrase=passphrase)
    code = change_passphrase(session, old=old, new=passphrase, cost=LOWEST).recovery_code
    assert code is not None
    return code


def _fingerprint(session: Session) -> str:
    return fingerprint_text(session.vault.member.identity.public.fingerprint)
