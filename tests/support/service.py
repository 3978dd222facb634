"""People for the tests: each with a real vault at the lowest work factor, endorsed by one authority."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cloison.actions.cards import (
    Granted,
    add_contact,
    become_authority,
    confirm_contact,
    endorse,
    export_card,
    trust_authority,
)
from cloison.actions.first_run import create
from cloison.actions.people import Contact
from cloison.actions.session import Session
from cloison.actions.write_note import import_note
from cloison.directory.authority import Scope
from cloison.labels.clearance import Clearance
from cloison.labels.label import Label
from cloison.labels.marks import read_mark
from cloison.notes.attachment import Attachment
from cloison.notes.evaluation import Evaluation
from cloison.notes.note import Note
from cloison.rendering.page import Words
from cloison.settings.values import Settings
from cloison.vault.compartment import Compartment
from cloison_crypto.identity import fingerprint_text
from cloison_crypto.slots import LOWEST

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that a test moves."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **step: int) -> None:
        self.now += timedelta(**step)


@dataclass
class Service:
    """An authority and the people it endorses; every vault is closed at the end."""

    folder: Path
    clock: Clock
    authority: Session
    opened: list[Session] = field(default_factory=list)

    def member(self, name: str, clearance: str | None, nationality: str = "FRA") -> Session:
        """A vault whose member trusts the authority and, unless ``clearance`` is None, is endorsed by it."""
        session = new_vault(self.folder / name, name, self.clock)
        self.opened.append(session)
        fingerprint = fingerprint_text(self.authority.vault.member.identity.public.fingerprint)
        trust_authority(session, export_card(self.authority), typed=fingerprint, scope=Scope())
        if clearance is not None:
            add_contact(session, self.endorsed(session, clearance, nationality))
        return session

    def endorsed(self, session: Session, clearance: str, nationality: str = "FRA") -> bytes:
        """The member's card with an endorsement by the authority."""
        _, carte = endorse(
            self.authority,
            export_card(session),
            Granted(
                clearance=Clearance.from_mark(self.authority.policy, clearance),
                nationality=nationality,
                need_to_know=(),
                until=self.clock.now + timedelta(days=365),
            ),
        )
        return carte

    def introduce(self, known: Session, to: Session) -> Contact:
        """Hand the endorsed card of one member to another."""
        contact = add_contact(to, export_card(known))
        typed = fingerprint_text(contact.card.fingerprint)
        return confirm_contact(to, contact.id, typed)

    def close(self) -> None:
        for session in (self.authority, *self.opened):
            session.vault.close()


def found_service(folder: Path, clock: Clock) -> Service:
    """A service with an authority and nobody else yet."""
    authority = new_vault(folder / "authority", "Officier de sécurité", clock)
    become_authority(authority, "Officier de sécurité")
    return Service(folder=folder, clock=clock, authority=authority)


def new_vault(folder: Path, alias: str, clock: Clock) -> Session:
    """A vault with one member at the lowest work factor."""
    return create(
        folder,
        alias=alias,
        passphrase=bytearray(b"une phrase de passe pour les essais"),
        policy_name="FR",
        cost=LOWEST,
        settings=Settings(),
        clock=clock,
        randomness=os.urandom,
    ).session


def words_for(language: str) -> Words:
    """Paper words that name themselves."""
    names = ("page", "pages", "reference", "author_reference", "registration", "date", "declassification", "review")
    more = ("subject", "subject_level", "annexes", "holder", "copy", "copy_number", "distribution")
    months = tuple(f"month-{number}" for number in range(1, 13))
    texts = {name: f"{name}-{language}" for name in (*names, *more)}

    def evaluated(evaluation: Evaluation) -> str:
        return " ".join((f"evaluation-{language}", evaluation.code, *(one.name for one in evaluation.sources)))

    def attached(number: int, file: Attachment) -> str:
        return f"attachment-{language} {number} {file.name}"

    return Words(**texts, colon=" :", months=months, first_day="1er", evaluated=evaluated, attached=attached)


def mark(session: Session, text: str) -> Label:
    """A typed mark of the session's policy, as a label."""
    return read_mark(session.policy, text, created=session.now())


def write_marked(session: Session, compartment: Compartment, title: str, portions: Sequence[str]) -> Note:
    """A saved note whose title and portions start with their marks."""
    content = "\n\n".join((title, *portions)).encode()
    return import_note(session, compartment, content, extension=".txt", title=None, default=None).note
