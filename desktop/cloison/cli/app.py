"""The command line: from arguments to an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from typing import Annotated, Any, Final

import typer
from typer.main import get_command

from cloison.cli import backups, consents, relabel
from cloison.cli import settings as settings_commands
from cloison.cli.age import age
from cloison.cli.answer import Answer
from cloison.cli.arrivals import open_file, quarantine
from cloison.cli.authority import authority
from cloison.cli.calendar import calendar
from cloison.cli.call import Call, call_of
from cloison.cli.cards import card, contact, identity
from cloison.cli.common import asked_language, asks_for_json, split_line
from cloison.cli.compartments import compartment
from cloison.cli.demo import demo
from cloison.cli.environment import Environment, real_environment
from cloison.cli.errors import EndOfRun, KeyFileError, UsageError
from cloison.cli.exits import Exit, exit_code
from cloison.cli.groups import group
from cloison.cli.help import Group, command, new_group
from cloison.cli.inputs import is_file
from cloison.cli.labels import label
from cloison.cli.notes import note
from cloison.cli.paper import copy, print_note
from cloison.cli.policies import policy
from cloison.cli.receipts import HELP as RECEIPT_HELP
from cloison.cli.receipts import LIST_HELP as RECEIPTS_HELP
from cloison.cli.receipts import list_for_note, receipt
from cloison.cli.recovery_contacts import HELP as RECOVERY_HELP
from cloison.cli.recovery_contacts import recovery
from cloison.cli.registers import register
from cloison.cli.requirements import requirement
from cloison.cli.revocations import export_list, revoke_card, take_list
from cloison.cli.sealing import HELP as SEAL_HELP
from cloison.cli.sealing import seal
from cloison.cli.slots import slot
from cloison.cli.streams import OutputError
from cloison.cli.trust import trust
from cloison.cli.usage import hint, usage_sentence, worded
from cloison.cli.vaults import member, vault
from cloison.cli.whole_notes import evaluate, raise_whole, unraise
from cloison.settings.files import load
from cloison.settings.values import Settings
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.errors import sentence_for

PROGRAM: Final = "cloison"


class Root(Group):
    """All commands; a file in the place of a command is a package that somebody wants opened."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: D102 - documented by Typer
        if args[0] not in self.commands and is_file(args[0]):
            raise UsageError(
                N_("No vault is set for the window. To open the package here: cloison open {file} --vault DIR"),
                file=args[0],
            )
        return super().resolve_command(ctx, args)


def main(arguments: Sequence[str], *, environment: Environment | None = None) -> int:
    """Run one command; the exit code. A fault of ours flies."""
    here = environment or real_environment()
    answer = Answer(here.output, here.errors, as_json=asks_for_json(arguments))
    words = Catalogue.load(asked_language(arguments) or Settings().language)
    try:
        settings = load(here.places.person, here.places.machine)
        words = Catalogue.load(asked_language(arguments) or settings.language)
        return _run(arguments, here, answer, replace(settings, language=words.language), words)
    except EndOfRun as end:
        return end.code
    except KeyboardInterrupt:
        answer.warn(words.text("Interrupted. Nothing was left half-done."))
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone: say nothing more.
        _abandon_output()
        return Exit.FAILED
    except Exception as error:
        if isinstance(error, OutputError):
            _abandon_output()
        told, code, name = _told(error, words)
        if told is None:
            raise
        answer.warn(told)
        answer.give(error=name, message=told)
        return code


def _run(arguments: Sequence[str], here: Environment, answer: Answer, settings: Settings, words: Catalogue) -> int:
    options, rest = split_line(arguments)
    call = Call(environment=here, options=options, settings=settings, words=words, answer=answer)
    tree = _tree()
    with tree.make_context(PROGRAM, rest, obj=call) as context:
        return int(tree.invoke(context) or Exit.DONE)


def _told(error: Exception, words: Catalogue) -> tuple[str | None, int, str]:
    """The sentence for an error, the exit code, and the name a program knows it by."""
    if isinstance(error, typer.TyperException):
        return (
            "\n".join(filter(None, (usage_sentence(error, words), hint(error, words)))),
            Exit.USAGE,
            UsageError.__name__,
        )
    told = worded(error, words) if isinstance(error, UsageError | KeyFileError) else sentence_for(error, words)
    return told, exit_code(error), type(error).__name__


def _abandon_output() -> None:
    """Nothing more can be written there, not even at the end of the process."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)


@cache
def _tree() -> Any:
    """Every command; the type is Typer's own and not published."""
    root = new_group(N_("Compartmented documents on stand-alone workstations."), cls=Root)
    root.callback(invoke_without_command=True)(_root)
    command(vault, "backup", backups.BACKUP_HELP)(backups.backup)
    command(vault, "confirm-clock", backups.CLOCK_HELP)(backups.confirm)
    command(vault, "restore", backups.RESTORE_HELP)(backups.restore_vault)
    command(note, "relabel", relabel.HELP, keys=relabel.KEYS)(relabel.relabel_note)
    command(note, "raise", N_("Raises a note as a whole above its paragraphs, with a reason."))(raise_whole)
    command(note, "unraise", N_("Takes the raise of a note back, by a decision of the authority."))(unraise)
    command(note, "evaluate", N_("Evaluates the information of a note: A to F, 1 to 6, under a mark of its own."))(
        evaluate
    )
    command(authority, "revoke", N_("Revokes a card for good, or what this authority has endorsed of it so far."))(
        revoke_card
    )
    command(authority, "list-export", N_("Writes the revocation list to a file, dated today, with the next number."))(
        export_list
    )
    command(contact, "revocations", N_("Takes in the revocation list of an authority that is trusted here."))(take_list)
    command(contact, "recovery", RECOVERY_HELP)(recovery)
    command(note, "consent", consents.RECORD_HELP)(consents.record)
    command(note, "consents", consents.LIST_HELP)(consents.list_all)
    command(note, "withdraw-consent", consents.WITHDRAW_HELP)(consents.withdraw)
    command(note, "receipts", RECEIPTS_HELP)(list_for_note)
    for name, commands in (_BEFORE | _AFTER).items():
        root.add_typer(commands, name=name)
    command(root, "demo", N_("Does the whole main job on a sample dossier, then opens the window on it."))(demo)
    command(root, "seal", SEAL_HELP)(seal)
    command(root, "open", N_("Verifies a package and, with a compartment, keeps it; takes a receipt."))(open_file)
    command(root, "receipt", RECEIPT_HELP)(receipt)
    command(root, "print", N_("Makes one numbered, marked PDF for each holder and enters it in the register."))(
        print_note
    )
    tree: Any = get_command(root)
    # Typer puts single commands before groups; people look for them in the order of the work.
    tree.commands = {
        name: tree.commands[name] for name in ("demo", *_BEFORE, "seal", "open", "receipt", "print", *_AFTER)
    }
    return tree


_BEFORE: Final = {
    "vault": vault,
    "member": member,
    "slot": slot,
    "compartment": compartment,
    "policy": policy,
    "label": label,
    "note": note,
    "identity": identity,
    "card": card,
    "authority": authority,
    "trust": trust,
    "contact": contact,
    "group": group,
}
_AFTER: Final = {
    "quarantine": quarantine,
    "requirement": requirement,
    "calendar": calendar,
    "copy": copy,
    "register": register,
    "age": age,
    "settings": settings_commands.settings,
}


def _root(
    context: typer.Context,
    *,
    is_version: Annotated[bool, typer.Option("--version", help=N_("Shows the version."))] = False,
) -> None:
    """Answer ``--version``; any other line has a command."""
    if is_version:
        call_of(context).answer.say(f"{PROGRAM} {version(PROGRAM)}")
        call_of(context).answer.give(version=version(PROGRAM))
        raise EndOfRun(Exit.DONE)
