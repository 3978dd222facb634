"""Which commands there are, in the order of the work, and where each is loaded from."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, Final, TypeAlias

import typer
from typer.main import get_group

from cloison.cli.branches import Branch, Branches, Root
from cloison.cli.call import call_of
from cloison.cli.errors import EndOfRun
from cloison.cli.exits import Exit
from cloison.cli.help import command, new_group
from cloison.wording.catalogue import N_

PROGRAM: Final = "cloison"

Function: TypeAlias = Callable[..., Any]


@cache
def tree() -> Any:
    """Every command; the type is Typer's own and not published."""
    root = new_group(cls=Root)
    root.callback(invoke_without_command=True, help=N_("Compartmented documents on stand-alone workstations."))(_root)
    grown: Any = get_group(root)
    grown.commands = Branches(_BRANCHES)
    return grown


def _root(
    context: typer.Context,
    *,
    is_version: Annotated[bool, typer.Option("--version", help=N_("Shows the version."))] = False,
) -> None:
    """Answer ``--version``; any other line has a command."""
    if is_version:
        from importlib.metadata import version

        call_of(context).answer.say(f"{PROGRAM} {version(PROGRAM)}")
        call_of(context).answer.give(version=version(PROGRAM))
        raise EndOfRun(Exit.DONE)


def _demo() -> Function:
    from cloison.cli.demo import demo

    return demo


def _vault() -> typer.Typer:
    from cloison.cli import backups, salvage
    from cloison.cli.vaults import vault

    command(vault, "accept", backups.ACCEPT_HELP)(backups.accept)
    command(vault, "backup", backups.BACKUP_HELP)(backups.backup)
    command(vault, "confirm-clock", backups.CLOCK_HELP)(backups.confirm)
    command(vault, "restore", backups.RESTORE_HELP)(backups.restore_vault)
    command(vault, "salvage", salvage.SALVAGE_HELP)(salvage.salvage_vault)
    return vault


def _member() -> typer.Typer:
    from cloison.cli.members import member

    return member


def _slot() -> typer.Typer:
    from cloison.cli.slots import slot

    return slot


def _compartment() -> typer.Typer:
    from cloison.cli import moving
    from cloison.cli.compartments import compartment

    command(compartment, "merge", moving.MERGE_HELP)(moving.merge)
    return compartment


def _policy() -> typer.Typer:
    from cloison.cli.policies import policy

    return policy


def _label() -> typer.Typer:
    from cloison.cli.labels import label

    return label


def _note() -> typer.Typer:
    from cloison.cli import attachments, bin, consents, exporting, links, moving, receipts, relabel, templates
    from cloison.cli.notes import note
    from cloison.cli.whole_notes import evaluate, raise_whole, unraise

    command(note, "export", exporting.HELP)(exporting.export)
    command(note, "new", templates.NEW_HELP)(templates.new)
    command(note, "relabel", relabel.HELP, keys=relabel.KEYS)(relabel.relabel_note)
    command(note, "raise", N_("Raises a note as a whole above its paragraphs, with a reason."))(raise_whole)
    command(note, "unraise", N_("Takes the raise of a note back, by a decision of the authority."))(unraise)
    command(note, "evaluate", N_("Evaluates the information of a note: A to F, 1 to 6, under a mark of its own."))(
        evaluate
    )
    command(note, "consent", consents.RECORD_HELP)(consents.record)
    command(note, "consents", consents.LIST_HELP)(consents.list_all)
    command(note, "withdraw-consent", consents.WITHDRAW_HELP)(consents.withdraw)
    command(note, "attach", attachments.ATTACH_HELP)(attachments.attach)
    command(note, "attachments", attachments.LIST_HELP)(attachments.list_attachments)
    command(note, "detach", attachments.DETACH_HELP)(attachments.detach)
    command(note, "mark-attachment", attachments.MARK_HELP)(attachments.mark)
    command(note, "save-attachment", attachments.SAVE_HELP)(attachments.save)
    command(note, "receipts", receipts.LIST_HELP)(receipts.list_for_note)
    command(note, "move", moving.MOVE_HELP)(moving.move)
    command(note, "delete", bin.DELETE_HELP)(bin.delete)
    command(note, "bin", bin.BIN_HELP)(bin.list_all)
    command(note, "destroy", bin.DESTROY_HELP)(bin.destroy)
    command(note, "link", links.LINK_HELP)(links.link)
    command(note, "unlink", links.UNLINK_HELP)(links.unlink)
    command(note, "links", links.LIST_HELP)(links.list_all)
    return note


def _template() -> typer.Typer:
    from cloison.cli.templates import template

    return template


def _search() -> typer.Typer:
    from cloison.cli.searches import search

    return search


def _identity() -> typer.Typer:
    from cloison.cli.cards import identity

    return identity


def _card() -> typer.Typer:
    from cloison.cli.cards import card

    return card


def _authority() -> typer.Typer:
    from cloison.cli.authority import authority
    from cloison.cli.revocations import export_list, revoke_card

    command(authority, "revoke", N_("Revokes a card for good, or what this authority has endorsed of it so far."))(
        revoke_card
    )
    command(authority, "list-export", N_("Writes the revocation list to a file, dated today, with the next number."))(
        export_list
    )
    return authority


def _trust() -> typer.Typer:
    from cloison.cli.trust import trust

    return trust


def _contact() -> typer.Typer:
    from cloison.cli.cards import contact
    from cloison.cli.recovery_contacts import HELP, recovery
    from cloison.cli.revocations import take_list

    command(contact, "revocations", N_("Takes in the revocation list of an authority that is trusted here."))(take_list)
    command(contact, "recovery", HELP)(recovery)
    return contact


def _group() -> typer.Typer:
    from cloison.cli.groups import group

    return group


def _seal() -> Function:
    from cloison.cli.sealing import seal

    return seal


def _open() -> Function:
    from cloison.cli.arrivals import open_file

    return open_file


def _receipt() -> Function:
    from cloison.cli.receipts import receipt

    return receipt


def _print() -> Function:
    from cloison.cli.paper import print_note

    return print_note


def _quarantine() -> typer.Typer:
    from cloison.cli.arrivals import quarantine

    return quarantine


def _requirement() -> typer.Typer:
    from cloison.cli.requirements import requirement

    return requirement


def _calendar() -> typer.Typer:
    from cloison.cli.calendar import calendar

    return calendar


def _copy() -> typer.Typer:
    from cloison.cli.paper import copy

    return copy


def _register() -> typer.Typer:
    from cloison.cli.registers import register

    return register


def _age() -> typer.Typer:
    from cloison.cli.age import age

    return age


def _settings() -> typer.Typer:
    from cloison.cli.settings import settings

    return settings


_BRANCHES: Final = {
    "demo": Branch(message=N_("Does the whole main job on a sample dossier, then opens the window on it."), load=_demo),
    "vault": Branch(message=N_("Makes a vault and looks it through."), load=_vault),
    "member": Branch(message=N_("The members of a vault."), load=_member),
    "slot": Branch(
        message=N_("What opens the vault for you: passphrase, recovery code, key file, keyring, card."), load=_slot
    ),
    "compartment": Branch(message=N_("The compartments of a vault."), load=_compartment),
    "policy": Branch(message=N_("Marking policies: levels, categories, how they read."), load=_policy),
    "label": Branch(
        message=N_("Labels as files (STANAG 4774): showing, checking, combining, reading typed marks."), load=_label
    ),
    "note": Branch(message=N_("The notes of a vault: importing, listing, reading, marking."), load=_note),
    "template": Branch(message=N_("Templates: notes that others are begun with."), load=_template),
    "search": Branch(message=N_("Saved searches: yours alone, asked again by name."), load=_search),
    "identity": Branch(message=N_("Your own identity: the keys made in this vault."), load=_identity),
    "card": Branch(message=N_("Cards: a name and public keys, handed out as a file."), load=_card),
    "authority": Branch(message=N_("The authority that endorses cards, in a vault of its own."), load=_authority),
    "trust": Branch(message=N_("The authorities whose endorsements count here."), load=_trust),
    "contact": Branch(
        message=N_("The directory: whose cards are known here, and how far they are trusted."), load=_contact
    ),
    "group": Branch(
        message=N_("Groups: named lists of people in the directory, to address them together."), load=_group
    ),
    "seal": Branch(
        message=N_("Seals notes: one package of each for each reader, holding what they may read."), load=_seal
    ),
    "open": Branch(message=N_("Verifies a package and, with a compartment, keeps it; takes a receipt."), load=_open),
    "receipt": Branch(
        message=N_("Seals a receipt for a package to its sender: how useful it was, a comment, questions."),
        load=_receipt,
    ),
    "print": Branch(
        message=N_("Makes one numbered, marked PDF for each holder and enters it in the register."), load=_print
    ),
    "quarantine": Branch(message=N_("Packages that wait for a card, a policy or an endorsement."), load=_quarantine),
    "requirement": Branch(
        message=N_("What readers asked in their receipts, until a note answers it or it is closed."), load=_requirement
    ),
    "calendar": Branch(message=N_("The declassification calendar: what falls due, dates, decisions."), load=_calendar),
    "copy": Branch(message=N_("Paper copies: who holds which."), load=_copy),
    "register": Branch(
        message=N_("The registers: arrivals, dispatches, copies, policies, trust, consents."), load=_register
    ),
    "age": Branch(message=N_("Plain age files (age-encryption.org): keys, encrypting, decrypting."), load=_age),
    "settings": Branch(message=N_("Settings: what holds here, and where it comes from."), load=_settings),
}
