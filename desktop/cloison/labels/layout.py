"""What a policy says beyond SPIF: colours on screen, stamps on paper, and how a level is handled.

SPIF has no fields for these; `spif_layout` reads them from the policy file's `extensions` element.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenColours:
    """How a mark looks on screen, as #RRGGBB; a border is None where there is none to draw."""

    background: str
    text: str
    border: str | None = None
    dark_border: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StampStyle:
    """How an element is stamped on paper; stamps are set side by side, or below each other, by `order`."""

    colour: str
    boxed: bool
    order: int


class PageEdge(Enum):
    """Where on a page a stamp may stand."""

    TOP = "pageTop"
    BOTTOM = "pageBottom"


class TrustNeeded(Enum):
    """What a workstation must know of a correspondent before a level is exchanged."""

    IMPORTED = "imported"
    COMPARED = "compared"
    ENDORSED = "endorsed"
    ENDORSED_AND_COMPARED = "endorsed and compared"


class OverdueList(Enum):
    """What an overdue revocation list does at a level."""

    IGNORE = "ignore"
    WARN = "warn"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirements:
    """What the rules ask of a document of that level.

    `declassify_within` is the number of years under which a declassification lies, `review_within` the number that a
    look by the authority may wait at most; None where the policy sets no limit.
    """

    copy_number: bool = False
    distribution: bool = False
    reference_on_every_page: bool = False
    double_number: bool = False
    authorisation: bool = False
    declassification_date: bool = False
    destruction_minutes: bool = False
    blank_page_text: str | None = None
    declassify_within: int | None = None
    review_within: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where an equivalence is laid down, and the day of that text."""

    source: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HandledAs:
    """The level of another policy whose handling rules a level follows, which does not make the two equivalent."""

    policy: str
    classification: str
    provenance: Provenance


NOTHING_REQUIRED = Requirements()


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """How a level is handled. The defaults are those of a policy that says nothing: closed.

    ``minimum_suite`` is the lowest suite of ``cloison_crypto.suites`` that it may be sealed and signed in.
    ``needs_recovery``: what leaves at that level is sealed to the organisation's recovery contact as well.
    """

    trust: TrustNeeded = TrustNeeded.ENDORSED_AND_COMPARED
    overdue_list: OverdueList = OverdueList.REFUSE
    open_without_clearance: bool = False
    minimum_suite: int = 1
    needs_recovery: bool = False
    requires: Requirements = NOTHING_REQUIRED


CLOSED = Handling()
"""How a level is handled of which the policy says nothing."""
