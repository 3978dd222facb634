"""The first run, and a compartment more."""

import os
from collections.abc import Iterator

from acts.act import Act
from cloison.actions.compartments import add_compartment
from cloison.actions.first_run import create
from cloison.settings.values import Settings
from cloison.vault.errors import NotAVaultError
from cloison.vault.opening import open_vault
from cloison.vault.unlocking import PassphraseSecret
from cloison_crypto.slots import LOWEST
from stage.place import Desk


def _found(desk: Desk, token: str) -> None:
    first = create(
        desk.folder / f"{token}.cloison",
        alias="Nouveau",
        passphrase=bytearray(token.encode()),
        policy_name="FR",
        cost=LOWEST,
        settings=Settings(),
        clock=desk.session.clock,
        randomness=os.urandom,
    )
    first.session.vault.close()


def _is_founded(desk: Desk, token: str) -> int:
    secret = PassphraseSecret(passphrase=bytearray(token.encode()))
    try:
        vault = open_vault(
            desk.folder / f"{token}.cloison",
            alias=None,
            secret=secret,
            clock=desk.session.clock,
            randomness=os.urandom,
        )
    except NotAVaultError:
        return 0
    with vault:
        return 1


def _faults(desk: Desk, token: str) -> Iterator[str]:
    """What has a header opens; a vault without a card for its member can still be given one."""
    _is_founded(desk, token)
    yield from ()


def _add(desk: Desk, token: str) -> None:
    add_compartment(desk.session, token, ceiling=None, need_to_know=False)


def _compartments(desk: Desk, token: str) -> int:
    return [one.name for one in desk.session.vault.compartments() if one.is_open].count(token)


FIRST_RUN = Act(name="first run", perform=_found, found=_is_founded, faults=_faults, most=4)
ADDING_COMPARTMENT = Act(name="adding a compartment", perform=_add, found=_compartments, most=6)
