"""The first run, and a compartment more."""

import os

from acts.act import Act
from cloison.actions.compartments import add_compartment
from cloison.actions.first_run import create
from cloison.actions.people import myself
from cloison.actions.unlock import unlock
from cloison.settings.values import Settings
from cloison.vault.errors import NotAVaultError
from cloison.vault.unlocking import PassphraseSecret
from cloison_crypto.slots import LOWEST
from stage.place import Desk

MEMBER = "Nouveau"


def _found(desk: Desk, token: str) -> None:
    first = create(
        desk.folder / f"{token}.cloison",
        alias=MEMBER,
        passphrase=bytearray(token.encode()),
        policy_name="FR",
        cost=LOWEST,
        settings=Settings(),
        clock=desk.session.clock,
        randomness=os.urandom,
    )
    first.session.vault.close()


def _is_founded(desk: Desk, token: str) -> int:
    """Whether there is a vault, and its member has a card."""
    secret = PassphraseSecret(passphrase=bytearray(token.encode()))
    try:
        session = unlock(
            desk.folder / f"{token}.cloison",
            alias=None,
            secret=secret,
            settings=Settings(),
            clock=desk.session.clock,
            randomness=os.urandom,
        )
    except NotAVaultError:
        return 0
    with session.vault:
        return int(myself(session).card.name == MEMBER)


def _add(desk: Desk, token: str) -> None:
    add_compartment(desk.session, token, ceiling=None, need_to_know=False)


def _compartments(desk: Desk, token: str) -> int:
    return [one.name for one in desk.session.vault.compartments() if one.is_open].count(token)


FIRST_RUN = Act(name="first run", perform=_found, found=_is_founded, most=4)
ADDING_COMPARTMENT = Act(name="adding a compartment", perform=_add, found=_compartments, most=6)
