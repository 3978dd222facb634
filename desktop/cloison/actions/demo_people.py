"""The people of the demonstration: a vault each, cards exchanged and endorsed, compartments made."""

from __future__ import annotations

import unicodedata
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from mnemonic import Mnemonic

from cloison.actions.cards import (
    Granted,
    add_contact,
    become_authority,
    confirm_contact,
    endorse,
    export_card,
    trust_authority,
)
from cloison.actions.compartments import add_compartment, named_compartment
from cloison.actions.first_run import create
from cloison.actions.paper import WordsFor
from cloison.actions.samples import Dossier, SamplePerson
from cloison.actions.session import Session
from cloison.directory.authority import Scope
from cloison.labels.clearance import Clearance
from cloison.settings.values import Settings
from cloison_crypto.identity import fingerprint_text
from cloison_crypto.secrets import Clock, Randomness, wipe
from cloison_crypto.slots import Argon2Cost, passphrase_bytes

POLICY = "FR"
ENDORSED_FOR = timedelta(days=365)
_WORDS_OF_A_PASSPHRASE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoVault:
    """A vault of the demonstration and its invented passphrase, which is there to be shown."""

    name: str
    path: Path
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the demonstration needs from outside."""

    cost: Argon2Cost
    settings: Settings
    clock: Clock
    randomness: Randomness
    words_for: WordsFor


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Everybody's session, by name; the sessions are closed by whoever asked for them."""

    authority: Session
    officer: Session
    vaults: tuple[DemoVault, ...]
    sessions: dict[str, Session]


def found_people(folder: Path, dossier: Dossier, around: Surroundings, closing: ExitStack) -> People:
    """A vault for everybody in ``folder``, each open until ``closing`` ends."""
    vaults: list[DemoVault] = []
    sessions: dict[str, Session] = {}
    for name in (dossier.authority, dossier.author.name, *(reader.name for reader in dossier.readers)):
        vault, session = _vault(folder / f"{_slug(name)}.cloison", name, around)
        closing.callback(session.vault.close)
        vaults.append(vault)
        sessions[name] = session
    people = People(
        authority=sessions[dossier.authority],
        officer=sessions[dossier.author.name],
        vaults=tuple(vaults),
        sessions=sessions,
    )
    become_authority(people.authority, dossier.authority)
    for compartment in dossier.compartments:
        add_compartment(people.officer, compartment.name, ceiling=None, need_to_know=compartment.need_to_know)
    _introduce(people, dossier)
    return people


def _vault(path: Path, name: str, around: Surroundings) -> tuple[DemoVault, Session]:
    entropy = around.randomness(32)
    passphrase = " ".join(Mnemonic("french").to_mnemonic(entropy).split()[:_WORDS_OF_A_PASSPHRASE])
    typed = passphrase_bytes(passphrase)
    first_run = create(
        path,
        alias=name,
        passphrase=typed,
        policy_name=POLICY,
        cost=around.cost,
        settings=around.settings,
        clock=around.clock,
        randomness=around.randomness,
    )
    wipe(typed)
    return DemoVault(name=name, path=path, passphrase=passphrase), first_run.session


def _introduce(people: People, dossier: Dossier) -> None:
    """Everybody trusts the authority, is endorsed by it, and officer and readers know each other."""
    members = (dossier.author, *dossier.readers)
    for person in members:
        _endorse(people, people.sessions[person.name], person)
    for reader in dossier.readers:
        _exchange(people.officer, people.sessions[reader.name])
        _exchange(people.sessions[reader.name], people.officer)


def _endorse(people: People, session: Session, person: SamplePerson) -> None:
    authority = people.authority
    typed = fingerprint_text(authority.vault.member.identity.public.fingerprint)
    trust_authority(session, export_card(authority), typed=typed, scope=Scope())
    granted = Granted(
        clearance=Clearance.from_mark(session.policy, person.clearance),
        nationality=person.nationality,
        need_to_know=tuple(named_compartment(people.officer, name).id for name in person.need_to_know),
        until=authority.now() + ENDORSED_FOR,
    )
    _, endorsed = endorse(authority, export_card(session), granted)
    add_contact(session, endorsed)


def _exchange(session: Session, other: Session) -> None:
    """``session`` takes in the card of ``other`` and compares its fingerprint."""
    added = add_contact(session, export_card(other))
    confirm_contact(session, added.id, fingerprint_text(added.card.fingerprint))


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split())
