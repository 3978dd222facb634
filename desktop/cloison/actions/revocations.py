"""Revocation lists: an authority makes them, a workstation that trusts it takes them in.

Taking one in, in this order: the authority is trusted here; the signature holds; the list goes on from the one known
(``directory.revocations.check_successor``) and is not of a day to come, or it would be missed too late. A list that is
late, or by an authority whose card has ended, is taken in all the same: it can only take away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cloison.actions.people import Contact, contacts, myself, speaking
from cloison.actions.registers import check_clock, enter_in_each
from cloison.actions.session import Session
from cloison.directory.authority import TrustedAuthority
from cloison.directory.card import Role
from cloison.directory.clocks import is_dated_ahead
from cloison.directory.errors import EndOf, LateEndError, ListProblem, NotAnAuthorityError, RevocationsRefusedError
from cloison.directory.revocations import (
    LONGEST_RUN,
    Fallen,
    Revocation,
    RevocationList,
    check_successor,
    read_revocations,
    revocations_signer,
    sign_revocations,
)
from cloison.registers.facts import Trust, TrustEvent

LIST_LIFE = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A list taken in, whose it is, and the people known here it names.

    ``number`` is that of its register line; None where this very list was known, or no compartment is open.
    """

    revocations: RevocationList
    authority: str
    named: tuple[Contact, ...]
    number: str | None


def take_revocations(session: Session, data: bytes) -> Taken:
    """Take in a revocation list; raises ``RevocationsError``, ``RevocationsRefusedError``, ``ClockSetBackError``."""
    check_clock(session)
    authority = _signer(session, data)
    new = read_revocations(data, authority.card.identity)
    if is_dated_ahead(new.issued, now=session.now()):
        raise RevocationsRefusedError(ListProblem.DATED_AHEAD, authority=authority.card.name, number=new.number)
    _check_successor(new, authority)
    number = None
    if new != authority.revocations:
        number = _keep(session, new, data, authority.card.name, TrustEvent.LIST_TAKEN)
    subjects = new.by_subject()
    named = tuple(one for one in contacts(session) if one.card.fingerprint in subjects)
    return Taken(revocations=new, authority=authority.card.name, named=named, number=number)


def own_list(session: Session) -> RevocationList:
    """All that this authority has revoked, with its former keys too; raises ``NotAnAuthorityError``."""
    mine = myself(session).card
    if mine.role is not Role.AUTHORITY:
        raise NotAnAuthorityError
    speakers = speaking(session)
    own = [speakers[one.public.fingerprint].revocations for one in session.vault.member.identities]
    if own[0] is not None:
        return own[0]
    earlier = next((one for one in own if one is not None), None)
    now = session.now()
    return RevocationList(
        authority=mine.fingerprint,
        number=0,
        issued=now,
        next_due=now + LIST_LIFE,
        revocations=() if earlier is None else earlier.revocations,
    )


def revoke(session: Session, fingerprint: bytes, fallen: Fallen) -> RevocationList:
    """Revoke a card, or this authority's endorsements of it up to now, and keep the list that says so.

    What fell stays fallen: of a card that was revoked, an endorsement cannot fall any more. Raises
    ``NotAnAuthorityError``, ``ClockSetBackError``.
    """
    check_clock(session)
    known = own_list(session)
    earlier = known.of(fingerprint)
    if earlier is not None and earlier.fallen is Fallen.CARD:
        return known
    line = Revocation(subject=fingerprint, fallen=fallen, at=session.now())
    lines = {**known.by_subject(), fingerprint: line}
    return _issue(session, known, tuple(sorted(lines.values(), key=lambda one: one.subject)), due=None)[0]


def export_revocations(session: Session, next_due: datetime | None = None) -> tuple[RevocationList, bytes]:
    """A new list of all that was revoked, to be handed out; the next one is due then, or in ``LIST_LIFE``.

    Raises ``NotAnAuthorityError``, ``LateEndError`` for a day further off than a list may run, ``ClockSetBackError``.
    """
    check_clock(session)
    known = own_list(session)
    latest = session.now() + LONGEST_RUN
    if next_due is not None and next_due > latest:
        raise LateEndError(EndOf.LIST, latest=latest)
    return _issue(session, known, known.revocations, due=next_due)


def _issue(
    session: Session, known: RevocationList, lines: tuple[Revocation, ...], *, due: datetime | None
) -> tuple[RevocationList, bytes]:
    now = session.now()
    new = replace(known, number=known.number + 1, issued=now, next_due=due or now + LIST_LIFE, revocations=lines)
    data = sign_revocations(new, session.vault.member.identity)
    _keep(session, new, data, myself(session).card.name, TrustEvent.LIST_ISSUED)
    return new, data


def _signer(session: Session, data: bytes) -> TrustedAuthority:
    found = speaking(session).get(revocations_signer(data))
    if found is None or found.card.role is not Role.AUTHORITY:
        raise RevocationsRefusedError(ListProblem.UNTRUSTED)
    return found


def _check_successor(new: RevocationList, authority: TrustedAuthority) -> None:
    try:
        check_successor(new, authority.revocations)
    except RevocationsRefusedError as error:
        raise RevocationsRefusedError(
            error.problem, authority=authority.card.name, number=error.number, known=error.known
        ) from error


def _keep(session: Session, new: RevocationList, data: bytes, authority: str, event: TrustEvent) -> str | None:
    session.vault.revocations.put(new.authority, data, by=session.vault.member.alias, at=session.now())
    facts = Trust(event=event, name=authority, fingerprint=new.authority.hex(), detail=str(new.number))
    return enter_in_each(session, facts)
