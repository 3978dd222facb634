"""What the pages about a policy are made of, as plain values: its levels and categories as they look on paper.

Sentences come written, in the language of the paper; stamps come from the policy, as those of a note do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cloison.labels.rendering import Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class MiniPage:
    """A page in small: its stamps, and one paragraph behind its portion mark."""

    top: tuple[Stamp, ...]
    bottom: tuple[Stamp, ...]
    mark: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRow:
    """One fact: what it is called, and what it is."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyEntry:
    """One value of a long list: its name, its marking in a line, its portion mark, what else is to be known."""

    name: str
    marking: str
    mark: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySection:
    """A level, a tag or a category; `is_part` opens a part of the document. `columns` head the `entries`."""

    heading: str
    is_part: bool = False
    page: MiniPage | None = None
    rows: tuple[PolicyRow, ...] = ()
    columns: PolicyEntry | None = None
    entries: tuple[PolicyEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDocument:
    """All of it. `language` is a BCP 47 tag, `page` the word in front of a page number, `created` its only clock."""

    language: str
    title: str
    reference: str
    page: str
    colon: str
    created: datetime
    sections: tuple[PolicySection, ...]
