"""New passphrases: what they cost to guess here, and a word where that is little."""

from __future__ import annotations

import time
from collections.abc import Sequence

from cloison.actions.passphrase import is_weak
from cloison.cli.call import Call
from cloison.cli.environment import Environment
from cloison_crypto.argon2 import Argon2Cost, calibrate


def work_factor(here: Environment) -> Argon2Cost:
    """The cost of a new passphrase slot: the one given, or as much as takes about a second on this machine."""
    return here.cost or calibrate(time.monotonic)


def warn_of_weakness(call: Call, passphrase: bytearray, *, known: Sequence[str]) -> None:
    """Say that a passphrase is weak; a batch may have its reasons, so it is not refused."""
    if is_weak(passphrase, known=known):
        call.answer.warn(
            call.words.text(
                "This passphrase is weak: whoever copies the vault may guess it. Five words drawn at random are better."
            )
        )
