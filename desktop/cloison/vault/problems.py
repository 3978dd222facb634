"""What is found wrong with a vault without stopping it from being opened."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class ProblemKind(Enum):
    """One kind of finding."""

    HEADER_ROLLED_BACK = "an older header was put back"
    SHARED_ROLLED_BACK = "an older shared.db was put back"
    COMPARTMENT_ROLLED_BACK = "an older compartment was put back"
    STATE_MISMATCH = "the compartment went its own way"
    LOG_LOST = "the write-ahead log of a session that was cut off is gone"
    WRAP_REFUSED = "a key that nobody entitled handed over"
    KEY_ROLLED_BACK = "an older key of a compartment was put back"
    KEY_PLANTED = "a key that does not follow the one before"
    KEY_GONE = "the key of a compartment is no longer there"
    MEMBER_CHANGED = "a member goes by another name or other keys than were known"
    ALIAS_OF_SEVERAL = "several members go by one name"
    MISSING = "the file is missing"
    DAMAGED = "the file is damaged"
    UNREADABLE = "the system does not give the file"
    NEWER = "the file is of a newer format"
    INDEX_DAMAGED = "search does not agree with the notes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A finding about ``file``, a name inside the vault folder; ``compartment_id`` where it concerns one. ``name`` is
    that of a compartment or of a member, where the file is not the one to be named."""

    kind: ProblemKind
    file: str
    compartment_id: str | None = None
    name: str = ""
