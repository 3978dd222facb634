"""Making a vault: its first member's keys are made here, and a card for them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from cloison.actions.session import Session, closed_on_failure, session_on
from cloison.directory.card import Card, Role, sign_card
from cloison.labels.library import built_in
from cloison.settings.values import Settings
from cloison.vault.errors import UnknownIdError
from cloison.vault.founding import create_vault, empty_folder
from cloison_crypto.argon2 import Argon2Cost
from cloison_crypto.secrets import Clock, Randomness

CARD_LIFE = timedelta(days=5 * 365)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRun:
    """A new vault, open, and the recovery code that is shown once."""

    session: Session
    recovery_code: str = field(repr=False)


def create(
    path: Path,
    *,
    alias: str,
    passphrase: bytearray,
    policy_name: str,
    cost: Argon2Cost,
    settings: Settings,
    clock: Clock,
    randomness: Randomness,
) -> FirstRun:
    """A new vault at ``path`` with one member; raises ``VaultError`` or ``UnknownPolicyError``."""
    policy = built_in(policy_name)
    created = create_vault(
        path,
        alias=alias,
        passphrase=passphrase,
        policy_id=policy.id,
        cost=cost,
        clock=clock,
        randomness=randomness,
    )
    try:
        with closed_on_failure(created.vault):
            session = session_on(created.vault, settings=settings, clock=clock, randomness=randomness)
            keep_own_card(session, name=alias, role=Role.MEMBER, serial=1)
    except BaseException:
        empty_folder(path)  # as where making it failed: its recovery code was never shown
        raise
    return FirstRun(session=session, recovery_code=created.recovery_code)


def finish_first_run(session: Session) -> None:
    """A member who has no card gets one: the power went between the vault and the card."""
    vault = session.vault
    with suppress(UnknownIdError):
        vault.directory.contact(vault.member.identity.public.fingerprint)
        return
    keep_own_card(session, name=vault.member.alias, role=Role.MEMBER, serial=1)


def keep_own_card(session: Session, *, name: str, role: Role, serial: int) -> Card:
    """Sign and keep a card of the member's own keys; the keys before them, where there are some, sign it too."""
    identity = session.vault.member.identity
    previous = next(iter(session.vault.member.former), None)
    now = session.now()
    card = Card(
        identity=identity.public,
        name=name,
        role=role,
        issued=now,
        expires=now + CARD_LIFE,
        serial=serial,
        previous=None if previous is None else previous.public.fingerprint,
    )
    session.vault.directory.put_card(card.fingerprint, sign_card(card, identity, previous))
    return card
