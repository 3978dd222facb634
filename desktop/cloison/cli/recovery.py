"""Showing a recovery code, once."""

from __future__ import annotations

from cloison.cli.call import Call


def tell_of_recovery_code(call: Call, code: str) -> None:
    """Say the code, and what to do with it."""
    call.answer.say(call.words.text("Recovery code: {code}", code=code))
    call.answer.say(
        call.words.text(
            "Write it down now and lock it away: it opens the vault without the passphrase, and is not shown again."
        )
    )
