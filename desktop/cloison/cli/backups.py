"""``vault backup``, ``vault restore`` and ``vault confirm-clock``: what keeps a vault whole and its dates true."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from cloison.actions.backup import make_backup, restore
from cloison.actions.findings import accept_finding, finding_of
from cloison.actions.registers import confirm_clock
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.common import usable_path
from cloison.cli.inputs import free_text
from cloison.cli.progress import Counted
from cloison.cli.vault_secrets import vault_secret
from cloison.vault.backup_list import Backup
from cloison.vault.restoring import inspect_backup
from cloison.wording.catalogue import N_
from cloison.wording.dates import minute
from cloison.wording.health import accepted_text, backup_text

BACKUP_HELP: Final = N_("Copies the whole vault, as it is now, to another place, and looks the copy through.")
ACCEPT_HELP: Final = N_("Takes an older or diverging file that was found for good, with a reason; it is entered.")
CLOCK_HELP: Final = N_("Vouches for a clock that stands before the last register entry, with a reason.")
RESTORE_HELP: Final = N_("Makes a vault of a backup, in a new folder; the old vault is left as it is.")


def backup(
    context: typer.Context,
    destination: Annotated[
        Path, typer.Argument(metavar="DEST", help=N_("A folder on another medium; each backup is a folder in it."))
    ],
) -> None:
    """Back the vault up."""
    call = call_of(context)
    with call.session() as session, Counted(call.environment) as count:
        path, made = make_backup(session, usable_path(destination), step=count)
        kept = session.settings.backups_kept
    call.answer.say(call.words.text("The backup {path} was written and looked through.", path=path))
    call.answer.say(backup_text(made, call.words))
    call.answer.say(
        call.words.plural("The latest backup there is kept.", "The {count} latest backups there are kept.", kept)
    )
    call.answer.give(backup=str(path), **_facts(made))


def restore_vault(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="SRC", help=N_("The backup: a folder that “vault backup” wrote."))],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=N_("A new or empty folder."))],
) -> None:
    """Restore a backup."""
    call = call_of(context)
    backup_folder, target = usable_path(source), usable_path(folder)
    found = inspect_backup(backup_folder)
    call.answer.say(call.words.text("Backup of {moment}.", moment=minute(found.backup.at, call.words)))
    call.answer.say(backup_text(found.backup, call.words))
    with (
        vault_secret(
            call.options, call.environment, call.words, backup_folder, card_library=call.settings.card_library
        ) as secret,
        Counted(call.environment) as count,
    ):
        session, made = restore(
            backup_folder,
            target,
            alias=call.options.member,
            secret=secret,
            keyring=call.environment.keystores.keyring,
            settings=call.settings,
            step=count,
            clock=call.environment.clock,
            randomness=call.environment.randomness,
        )
    with session.vault:
        life = session.vault.life
    _tell_of_restored(call, target)
    call.answer.give(vault=str(target), life=life, **_facts(made))


def confirm(
    context: typer.Context,
    reason: Annotated[
        str, typer.Option("--reason", metavar="R", help=N_("Why it stood ahead before; entered. - or @FILE."))
    ],
) -> None:
    """Vouch for the clock."""
    call = call_of(context)
    why = free_text(reason, call.environment) or ""
    with call.session() as session:
        number = confirm_clock(session, why)
    if number is None:
        call.answer.say(call.words.text("The clock stands after every entry: there is nothing to vouch for."))
    else:
        call.answer.say(call.words.text("The clock is vouched for, and entered as {number}.", number=number))
    call.answer.give(register=number)


def accept(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("The file, as “vault check” names it."))],
    reason: Annotated[str, typer.Option("--reason", metavar="R", help=N_("Why it is as it is; entered. - or @FILE."))],
) -> None:
    """Take what was found as it is."""
    call = call_of(context)
    why = free_text(reason, call.environment) or ""
    with call.session() as session:
        number = accept_finding(session, finding_of(session, file), why)
    call.answer.say(accepted_text(file, number, call.words))
    call.answer.give(register=number)


def _tell_of_restored(call: Call, target: Path) -> None:
    call.answer.say(call.words.text("The vault {path} was made of it.", path=target))
    call.answer.say(
        call.words.text(
            "What was written after the backup is not in it. Its packages are numbered anew, and your readers are told."
        )
    )


def _facts(made: Backup) -> dict[str, Json]:
    return {
        "at": made.at.isoformat(),
        "size": made.size,
        "files": len(made.files),
        "unopened": [one.name for one in made.unopened],
    }
