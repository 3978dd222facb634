"""``vault salvage``: a new vault of what can be read of a damaged one, and a list of the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from cloison.actions.salvage import Salvage, salvage
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.common import usable_path
from cloison.cli.progress import Counted
from cloison.cli.vault_secrets import vault_secret
from cloison.vault.salvage_facts import Loss
from cloison.wording.catalogue import N_
from cloison.wording.health import register_text
from cloison.wording.salvage import loss_text

SALVAGE_HELP: Final = N_(
    "Makes a vault of what can be read of a damaged one, and lists the rest; the damaged one is left as it is."
)


def salvage_vault(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=N_("A new or empty folder."))],
) -> None:
    """Salvage a vault."""
    call = call_of(context)
    damaged, target = call.options.vault_folder(call.environment.variables), usable_path(folder)
    library = call.settings.card_library
    with (
        vault_secret(call.options, call.environment, call.words, damaged, card_library=library) as secret,
        Counted(call.environment) as count,
    ):
        made = salvage(
            damaged,
            target,
            alias=call.options.member,
            secret=secret,
            keyring=call.environment.keystores.keyring,
            settings=call.settings,
            step=count,
            clock=call.environment.clock,
            randomness=call.environment.randomness,
        )
    with made.session.vault as vault:
        _tell(call, target, made)
        call.answer.give(
            vault=str(target),
            life=vault.life,
            lost=[_facts(one) for one in made.losses],
            broken=[{"compartment": one.compartment, "first_bad": one.first_bad} for one in made.broken],
        )


def _tell(call: Call, target: Path, made: Salvage) -> None:
    words = call.words
    call.answer.say(words.text("The vault {path} was made of what could be read.", path=target))
    if not made.losses:
        call.answer.say(words.text("Everything could be read: nothing is missing."))
    for loss in made.losses:
        call.answer.say(loss_text(loss, words))
    for verdict in made.broken:
        call.answer.say(register_text(verdict.compartment, verdict.first_bad or 0, words))
    call.answer.say(
        words.text(
            "Its packages are numbered anew, and your readers are told. Keep the damaged vault until all is found."
        )
    )


def _facts(loss: Loss) -> Json:
    return {
        "kind": loss.kind.name.lower(),
        "file": loss.file,
        "compartment": loss.compartment,
        "count": loss.count,
        "names": [*loss.names],
    }
