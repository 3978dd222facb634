"""What a given reader may read of a note: the only place where that is decided.

Each portion is decided by its own label, never by the roll-up alone; whoever cannot be shown to be allowed is refused.
The rendition that comes out depends only on what is left: no number, count, length or digest of the whole note goes
into it. A recorded compilation raise goes on applying to every rendition until an authority's decision removes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cloison.labels.clearance import Clearance
from cloison.labels.decision import Decision, decide
from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.labels.rollup import roll_up
from cloison.labels.versions import said_in
from cloison.notes.attachment import FIRST_NUMBER
from cloison.notes.consent import Consent, Part, as_it_goes_on, consented
from cloison.notes.errors import NothingToReadError, OlderVersionError, UnmarkedPortionsError
from cloison.notes.evaluation import NUMBER as EVALUATION
from cloison.notes.evaluation import Evaluation
from cloison.notes.note import Note, settled_label
from cloison.notes.portion import Origin, Portion


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What is established of a reader; None means that nothing is, and nothing above the lowest level is theirs.

    ``fingerprint`` is their key's, in hex, for consents that name them.
    """

    clearance: Clearance | None
    nationality: str | None
    need_to_know: frozenset[str] = frozenset()
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PortionDecision:
    """Whether the reader is sent the portion ``number`` (0 is the title, the evaluation has its own number).

    ``needs_consent``: the portion came from another service, and nothing on record says that its originator lets it go
    further (the third-party rule); whatever the marks say, it stays. ``origin`` says whose it is.
    """

    number: int
    decision: Decision
    needs_consent: bool = False
    origin: Origin | None = None

    @property
    def is_released(self) -> bool:
        """Whether it goes out."""
        return self.decision.permitted and not self.needs_consent


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """What one reader reads of a note; ``title`` is None where it is withheld and the reference stands alone."""

    uid: str
    reference: str
    language: str
    title: Portion | None
    portions: tuple[Portion, ...]
    label: Label
    evaluation: Evaluation | None = None
    attachments: tuple[Portion, ...] = ()

    @property
    def parts(self) -> tuple[Portion | Evaluation, ...]:
        """All that bears a label of its own."""
        every = (self.title, *self.portions, *self.attachments, self.evaluation)
        return tuple(one for one in every if one is not None)


def judge(
    policy: Policy,
    note: Note,
    reader: Reader,
    *,
    needed: frozenset[str],
    now: datetime,
    consents: Sequence[Consent] = (),
) -> tuple[PortionDecision, ...]:
    """One decision per part: title, paragraphs, attachments, evaluation; raises ``UnmarkedPortionsError``.

    ``needed`` are the need-to-know ids of the compartment the note lies in, ``consents`` those of originators that are
    in force for the note.
    """
    if note.unmarked:
        raise UnmarkedPortionsError(note.unmarked)
    return tuple(
        PortionDecision(
            number=number,
            decision=decide_for(policy, part.label, reader, needed=needed, now=now),
            needs_consent=not consented(part, consents, fingerprint=reader.fingerprint, nationality=reader.nationality),
            origin=part.origin,
        )
        for number, part in note.parts.items()
        if part.label is not None
    )


def release(
    policy: Policy,
    note: Note,
    reader: Reader,
    *,
    needed: frozenset[str],
    now: datetime,
    consents: Sequence[Consent] = (),
) -> Rendition:
    """The rendition for ``reader``; raises ``NothingToReadError`` where nothing is left or a raise is beyond them."""
    judged = judge(policy, note, reader, needed=needed, now=now, consents=consents)
    released = {one.number for one in judged if one.is_released}
    if not released - {0, EVALUATION}:
        raise NothingToReadError
    labels = [part.label for number, part in note.parts.items() if number in released and part.label is not None]
    if note.raised is not None:
        # Under its own version too: the one in force may open to more people what was closed to them by a decision.
        if not decide_for(policy, note.raised.label, reader, needed=needed, now=now).permitted:
            raise NothingToReadError
        labels.append(note.raised.label)
    label = outgoing(policy, settled_label(roll_up(policy, labels, created=now)))
    if not decide_for(policy, label, reader, needed=needed, now=now).permitted:
        raise NothingToReadError

    def going_on(part: Part) -> Part:
        return as_it_goes_on(part, consents, fingerprint=reader.fingerprint, nationality=reader.nationality)

    evaluation = note.evaluation if EVALUATION in released else None
    return Rendition(
        uid=note.uid,
        reference=note.reference,
        language=note.language,
        title=going_on(note.title) if 0 in released else None,
        portions=tuple(going_on(one) for number, one in enumerate(note.portions, start=1) if number in released),
        label=label,
        evaluation=None if evaluation is None else going_on(evaluation),
        attachments=tuple(
            going_on(one) for number, one in enumerate(note.attachments, start=FIRST_NUMBER) if number in released
        ),
    )


def whole(policy: Policy, note: Note, *, now: datetime) -> Rendition:
    """The note as its own author prints it, nothing left out; raises ``UnmarkedPortionsError``."""
    if note.unmarked:
        raise UnmarkedPortionsError(note.unmarked)
    return Rendition(
        uid=note.uid,
        reference=note.reference,
        language=note.language,
        title=note.title,
        portions=note.portions,
        label=settled_label(roll_up(policy, note.labels, created=now)),
        evaluation=note.evaluation,
        attachments=note.attachments,
    )


def outgoing(policy: Policy, label: Label) -> Label:
    """The label of what leaves, in the version in force: under an older one it is refused where it arrives.

    Raises ``OlderVersionError``.
    """
    said = said_in(policy, label)
    if said.undecided:
        raise OlderVersionError((policy.name,))
    return said


def decide_for(policy: Policy, label: Label, reader: Reader, *, needed: frozenset[str], now: datetime) -> Decision:
    """Whether ``reader`` may read what bears ``label`` in a place with these need-to-know ids."""
    return decide(
        policy,
        label,
        clearance=reader.clearance,
        nationality=reader.nationality,
        need_to_know=reader.need_to_know,
        needed=needed,
        now=now,
    )
