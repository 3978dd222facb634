"""My own card anew: of the same keys for longer, or with new keys signed by the old.

With new keys nothing of what others know of the old ones passes on: they compare the new fingerprint, and an authority
endorses the new card. The old identity is kept, for ever, for what was sealed to it.
"""

from __future__ import annotations

from cloison.actions.first_run import CARD_LIFE, keep_own_card
from cloison.actions.people import myself
from cloison.actions.registers import check_clock, enter_in_each
from cloison.actions.session import Session
from cloison.directory.card import Card, sign_card
from cloison.registers.facts import Trust, TrustEvent
from cloison.vault.names import check_name
from cloison.vault.ways import Secret
from cloison_crypto.identity import Identity


def reissue_card(session: Session) -> Card:
    """A later card of the same keys, in force for ``CARD_LIFE`` from now; what others compared goes on holding."""
    current = myself(session).card
    return keep_own_card(session, name=current.name, role=current.role, serial=current.serial + 1)


def renew_identity(session: Session, by: Secret, *, name: str | None = None) -> Card:
    """New keys, and a card of them that the old keys sign too; under another name where one is given.

    ``by`` is any secret of the member; raises what unlocking does, ``UnusableNameError`` and ``ClockSetBackError``.
    """
    check_clock(session)
    current = myself(session).card
    if name is not None:
        check_name(name)
    identity = Identity.generate(session.randomness)
    now = session.now()
    card = Card(
        identity=identity.public,
        name=current.name if name is None else name,
        role=current.role,
        issued=now,
        expires=now + CARD_LIFE,
        serial=1,
        previous=current.fingerprint,
    )
    directory = session.vault.directory
    directory.put_card(card.fingerprint, sign_card(card, identity, session.vault.member.identity))
    try:
        session.vault.renew_identity(by, identity)
    except BaseException:
        # A disk that failed may have kept it all the same.
        if session.vault.member.identity is not identity:
            directory.drop_card(card.fingerprint)
            identity.wipe()
        raise
    facts = Trust(event=TrustEvent.IDENTITY_RENEWED, name=card.name, fingerprint=card.fingerprint.hex())
    enter_in_each(session, facts)
    return card
