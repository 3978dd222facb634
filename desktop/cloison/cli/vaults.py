"""``vault``: making a vault, looking at it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cloison.actions.check_vault import check_vault
from cloison.actions.compartments import list_compartments
from cloison.actions.first_run import FirstRun, create
from cloison.actions.policies import named_policy
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.common import usable_path
from cloison.cli.errors import UsageError
from cloison.cli.exits import Exit
from cloison.cli.help import command, new_group
from cloison.cli.recovery import tell_of_recovery_code
from cloison.cli.secrets import new_passphrase
from cloison.cli.strength import warn_of_weakness, work_factor
from cloison.labels.library import built_in_policies
from cloison.wording.catalogue import N_
from cloison.wording.dates import minute
from cloison.wording.health import check_sentences, sound_text
from cloison_crypto.identity import fingerprint_text

vault = new_group()


@command(vault, "init", N_("Makes a vault and its first member, and shows the recovery code once."))
def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=N_("A new or empty folder."))],
    member: Annotated[str, typer.Option("--member", metavar="ALIAS", help=N_("The name of the first member."))],
    policy: Annotated[
        str | None, typer.Option("--policy", metavar="ID", help=N_("The marking policy; else the one in the settings."))
    ] = None,
) -> None:
    """Make a vault."""
    call = call_of(context)
    if call.options.recovery_file is not None:
        raise UsageError(N_("A new vault is made with a passphrase: give --passphrase-file, not --recovery-file."))
    chosen = named_policy(built_in_policies(), policy or call.settings.policy)
    with new_passphrase(call.options, call.environment, call.words) as passphrase:
        warn_of_weakness(call, passphrase, known=(member,))
        made = create(
            usable_path(folder),
            alias=member,
            passphrase=passphrase,
            policy_name=chosen.name,
            cost=work_factor(call.environment),
            settings=call.settings,
            clock=call.environment.clock,
            randomness=call.environment.randomness,
        )
    with made.session.vault:
        _tell_of_new_vault(call, folder, made)


@command(vault, "info", N_("Says what the vault is and who has it open."))
def info(context: typer.Context) -> None:
    """Describe the vault."""
    call = call_of(context)
    with call.session() as session:
        fingerprint = fingerprint_text(session.vault.member.identity.public.fingerprint)
        compartments = len(list_compartments(session))
        vault, words = session.vault, call.words
        facts: dict[str, Json] = {
            "vault": str(vault.folder),
            "id": vault.id,
            "life": vault.life,
            "generation": vault.generation,
            "policy": session.policy.name,
            "member": vault.member.alias,
            "fingerprint": fingerprint,
            "compartments": compartments,
            "backed_up_at": None if vault.backed_up_at is None else vault.backed_up_at.isoformat(),
        }
        backed_up = words.text("never") if vault.backed_up_at is None else minute(vault.backed_up_at, words)
        call.answer.table(
            (words.text_in("column", "Vault"), str(vault.folder)),
            (
                (words.text_in("column", "Identifier"), vault.id),
                (words.text_in("column", "Marking policy"), f"{session.policy.name} {session.policy.version}"),
                (words.text_in("column", "Member"), vault.member.alias),
                (words.text_in("column", "Fingerprint"), fingerprint),
                (words.text_in("column", "Compartments"), str(compartments)),
                (words.text_in("column", "Last backup"), backed_up),
            ),
        )
        call.answer.give(**facts)


@command(vault, "check", N_("Looks every page of the vault through and verifies its registers."))
def check(context: typer.Context) -> int:
    """Check the vault."""
    call = call_of(context)
    with call.session() as session:
        found = check_vault(session)
    sentences = check_sentences(found, call.words)
    for sentence in sentences:
        call.answer.say(sentence)
    if found.is_sound:
        call.answer.say(sound_text(found, call.words))
    call.answer.give(ok=found.is_sound, problems=[*sentences])
    return Exit.DONE if found.is_sound else Exit.INVALID


def _tell_of_new_vault(call: Call, folder: Path, made: FirstRun) -> None:
    mine = made.session.vault.member
    fingerprint = fingerprint_text(mine.identity.public.fingerprint)
    words = call.words
    call.answer.say(
        words.text(
            "The vault {folder} was made for {member}, with keys of their own.", folder=folder, member=mine.alias
        )
    )
    call.answer.say(words.text("Fingerprint: {fingerprint}", fingerprint=fingerprint))
    tell_of_recovery_code(call, made.recovery_code)
    call.answer.give(vault=str(folder), member=mine.alias, fingerprint=fingerprint, recovery_code=made.recovery_code)
