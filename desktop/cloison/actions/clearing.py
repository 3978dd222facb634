"""Whether a member may be read into a compartment: what is established of them by those this very member vouches for.

The directory is shared by all members, and any of them can write it. An authority counts here only where the member who
reads somebody in has typed its fingerprint, and no further than they said then: nobody else's word in ``shared.db``
makes an endorsement.
"""

from __future__ import annotations

import hashlib

from cloison.actions.people import reader_of, speaking
from cloison.actions.session import Session
from cloison.directory.authority import TrustedAuthority
from cloison.directory.card import read_card
from cloison.directory.trust import Standing, standing
from cloison.labels.label import label_from_xml
from cloison.notes.release import decide_for
from cloison.vault.compartment import Compartment
from cloison.vault.errors import NotClearedError
from cloison_crypto import canonical


def accepted_digest(fingerprint: bytes, scope_json: bytes) -> bytes:
    """What stands for an authority that is accepted within a scope."""
    return hashlib.sha256(fingerprint + scope_json).digest()


def check_cleared(session: Session, compartment: Compartment, alias: str, fingerprint: bytes) -> None:
    """Check that a member may read what a compartment may hold; raises ``NotClearedError``.

    Where there is a ceiling, their clearance dominates it. Where the compartment is need-to-know, their endorsement
    lists it. Where there is neither, being known is enough.
    """
    needed = frozenset((compartment.id,)) if compartment.need_to_know else frozenset()
    if compartment.ceiling is None and not needed:
        return
    reader = reader_of(_standing(session, fingerprint))
    if not needed <= reader.need_to_know:
        raise NotClearedError(alias, compartment.name, needed=compartment.id)
    if compartment.ceiling is None:
        return
    label = label_from_xml(compartment.ceiling)
    policy = session.policy_for(label)
    if policy is None or not decide_for(policy, label, reader, needed=needed, now=session.now()).permitted:
        raise NotClearedError(alias, compartment.name)


def _standing(session: Session, fingerprint: bytes) -> Standing:
    directory = session.vault.directory
    return standing(
        read_card(directory.contact(fingerprint).card),
        directory.endorsements(fingerprint),
        _vouched(session),
        policy=session.policy,
        is_compared=True,
        is_mine=False,
        now=session.now(),
    )


def _vouched(session: Session) -> dict[bytes, TrustedAuthority]:
    vouched = session.vault.trusted_authorities
    mine = {one.public.fingerprint for one in session.vault.member.identities}
    return {
        fingerprint: one
        for fingerprint, one in speaking(session).items()
        if fingerprint in mine or accepted_digest(fingerprint, canonical.write(one.scope.to_json())) in vouched
    }
