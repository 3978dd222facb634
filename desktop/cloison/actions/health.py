"""How the vault is: what was found, when it was backed up, how old what it goes by is, what is still pending."""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from cloison.actions.check_vault import VaultCheck, checked
from cloison.actions.people import authorities
from cloison.actions.reader_records import differing
from cloison.actions.session import Session
from cloison.actions.warnings import SOON
from cloison.vault.problems import Problem

BACKUP_AGE: Final = timedelta(days=7)
POLICY_AGE: Final = timedelta(days=365)
_LEAST_ROOM: Final = 100 * 1024 * 1024
_GOOD_ROOM: Final = 1024 * 1024 * 1024


class Topic(Enum):
    """What a line is about."""

    FILES = "files"
    BACKUP = "backup"
    HEADER = "header"
    POLICY = "policy"
    LIST = "revocation list"
    MOVES = "notes on their way"
    READERS = "a list of readers its register does not bear out"
    REKEY = "keys somebody keeps who is gone"
    CLOCK = "clock"
    ROOM = "room on the disk"


class Grade(Enum):
    """Whether something is to be done."""

    GOOD = "good"
    BEWARE = "beware"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthLine:
    """One line. ``at`` is when what it tells happened or ends, ``name`` what it is called, ``member`` who is
    concerned, ``count`` how many, or bytes; ``problem`` is a finding about a file."""

    topic: Topic
    grade: Grade
    at: datetime | None = None
    name: str = ""
    member: str = ""
    count: int = 0
    problem: Problem | None = None


def health(session: Session) -> tuple[HealthLine, ...]:
    """Every line, without looking the pages of files through; what is worst does not come first."""
    return (
        *_files(session),
        _backup(session),
        HealthLine(topic=Topic.HEADER, grade=Grade.GOOD, count=session.vault.generation),
        _policy(session),
        *_lists(session),
        *_moves(session),
        *_rekeys(session),
        *_readers(session),
        _clock(session),
        *_room(session),
    )


def look_through(session: Session) -> Generator[None, None, VaultCheck]:
    """The check of the whole vault in slices, a file each: what somebody writes meanwhile is kept in between."""
    found = list(session.vault.problems)
    for problems in session.vault.check_in_parts():
        found += problems
        yield
    return checked(session, tuple(dict.fromkeys(found)))


def _files(session: Session) -> Iterator[HealthLine]:
    for problem in session.vault.problems:
        yield HealthLine(topic=Topic.FILES, grade=Grade.BAD, problem=problem)
    if not session.vault.problems:
        yield HealthLine(topic=Topic.FILES, grade=Grade.GOOD)


def _backup(session: Session) -> HealthLine:
    at = session.vault.backed_up_at
    if at is None:
        return HealthLine(topic=Topic.BACKUP, grade=Grade.BAD)
    grade = Grade.GOOD if session.now() - at <= BACKUP_AGE else Grade.BEWARE
    return HealthLine(topic=Topic.BACKUP, grade=grade, at=at, count=max(0, (session.now() - at).days))


def _policy(session: Session) -> HealthLine:
    policy = session.policy
    seen = [one.at for one in session.vault.policies.seen() if one.digest == policy.digest]
    at = min(seen, default=None)
    is_old = at is not None and session.now() - at > POLICY_AGE
    grade = Grade.BEWARE if is_old else Grade.GOOD
    return HealthLine(topic=Topic.POLICY, grade=grade, at=at, name=policy.name, count=policy.version)


def _lists(session: Session) -> Iterator[HealthLine]:
    now = session.now()
    for one in authorities(session).values():
        due = one.list_due
        grade = Grade.BAD if due <= now else Grade.BEWARE if due <= now + SOON else Grade.GOOD
        yield HealthLine(topic=Topic.LIST, grade=grade, at=due, name=one.card.name)


def _moves(session: Session) -> Iterator[HealthLine]:
    count = sum(len(one.departures.pending()) for one in session.open_compartments())
    if count:
        yield HealthLine(topic=Topic.MOVES, grade=Grade.BEWARE, count=count)


def _rekeys(session: Session) -> Iterator[HealthLine]:
    for one in session.vault.readers.pending():
        yield HealthLine(topic=Topic.REKEY, grade=Grade.BAD, name=one.name, member=one.alias)


def _readers(session: Session) -> Iterator[HealthLine]:
    for one in differing(session):
        yield HealthLine(topic=Topic.READERS, grade=Grade.BAD, name=one.compartment, member=one.alias)


def _clock(session: Session) -> HealthLine:
    latest = session.set_back()
    return HealthLine(topic=Topic.CLOCK, grade=Grade.GOOD if latest is None else Grade.BAD, at=latest)


def _room(session: Session) -> Iterator[HealthLine]:
    with suppress(OSError):
        free = shutil.disk_usage(session.vault.folder).free
        size = sum(path.stat().st_size for path in session.vault.folder.rglob("*") if path.is_file())
        good = max(_GOOD_ROOM, 2 * size)
        grade = Grade.BAD if free < _LEAST_ROOM else Grade.BEWARE if free < good else Grade.GOOD
        yield HealthLine(topic=Topic.ROOM, grade=grade, count=free)
