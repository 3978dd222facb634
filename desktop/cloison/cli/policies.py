"""``policy``: the policies at hand and those of a vault; checking, showing and taking in a policy file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from cloison.actions.files import write_part
from cloison.actions.label_files import policies_from
from cloison.actions.policies import (
    PolicyCheck,
    check_policy,
    list_policies,
    named_policy,
    policy_from_file,
    with_policy,
)
from cloison.actions.policy_import import KnownVersion, import_policy, known_versions
from cloison.actions.quarantine import ready
from cloison.cli.answer import Json
from cloison.cli.arrivals import tell_of_ready
from cloison.cli.call import Call, call_of
from cloison.cli.errors import UsageError
from cloison.cli.exits import Exit
from cloison.cli.help import command, new_group
from cloison.cli.inputs import is_file, read_file
from cloison.cli.label_inputs import PolicyFiles, policy_files
from cloison.cli.marks import NOTHING
from cloison.cli.policy_pages import policy_object, tell_policy
from cloison.labels.errors import UnknownPolicyError
from cloison.labels.library import PolicySet
from cloison.labels.policy import Policy
from cloison.labels.specimen import policy_specimen
from cloison.rendering.pdf import draw_policy
from cloison.wording.catalogue import N_
from cloison.wording.dates import minute
from cloison.wording.label_warnings import warning_text
from cloison.wording.policy_errors import fault_text
from cloison.wording.policy_page import MOST_PAGES, policy_document
from cloison_crypto.fields import time_text

policy = new_group()


@command(
    policy,
    "list",
    N_("Lists the policies at hand; with --vault every version its vault knows, which is in force, and since when."),
)
def list_all(context: typer.Context) -> None:
    """List the policies."""
    call = call_of(context)
    if call.options.vault is None:
        _list_shipped(call)
        return
    with call.session() as session:
        _list_known(call, known_versions(session))


@command(
    policy,
    "show",
    N_("Shows a policy whole, with --vault also one it took in: every level and category as it looks on paper."),
    keys=N_(
        "With --json: id, name, version, digest; levels[] and categories[]: names; level_pages[] and category_pages[]: "
        "name, obsolete, example, places (page-top, page-bottom, document-start, document-end, portion, watermark, "
        "subject: empty for nothing), stamps (text, colour, boxed), equivalents[] (policy, applied, source, date), "
        "goes_with[]; of a level also stamp, requires[], blank_page_text, declassify_within, review_within (years), "
        "open_without_clearance, trust, overdue_list, minimum_suite, recovery, handled_as; of a category also tag_set, "
        "type, held_by[], only_with_level, never_with_levels[], never_with[], selection, not_before, not_after, "
        "user_input; privacy_marks[]."
    ),
)
def show(
    context: typer.Context,
    id: Annotated[
        str | None, typer.Argument(metavar="ID", help=N_("The policy, by name or identifier, or its file."))
    ] = None,
    policy: PolicyFiles = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.pdf", help=N_("Draws it as a PDF, with its very stamps."))
    ] = None,
    *,
    shows_all: Annotated[bool, typer.Option("--all", help=N_("Shows the whole of long lists."))] = False,
) -> None:
    """Show a policy."""
    call = call_of(context)
    at_hand = _at_hand(call, policy or ())
    found = _chosen(id, at_hand, has_files=bool(policy))
    policies = with_policy(at_hand, found)
    shown = policy_specimen(found, call.words.language)
    document = policy_document(policies, shown, call.words, created=call.now())
    if out is None:
        tell_policy(call, document, entries=None if shows_all else MOST_PAGES)
    else:
        write_part(out, draw_policy(document)).publish()
        call.answer.say(call.words.text("The policy {name} was drawn in {file}.", name=found.name, file=out))
    call.answer.give(**_object(found), **policy_object(policies, shown), **({} if out is None else {"file": str(out)}))


@command(policy, "import", N_("Takes in a policy signed by an authority that is trusted here."))
def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The signed policy, as sign-policy writes it."))],
) -> None:
    """Import a signed policy."""
    call = call_of(context)
    content = read_file(file)
    with call.session() as session:
        imported = import_policy(session, content, name=file.name)
        waiting = ready(session)
    named = {"name": imported.policy.name, "version": imported.policy.version}
    if imported.number is None:
        call.answer.say(call.words.text("The policy {name}, version {version}, was known already.", **named))
    else:
        call.answer.say(
            call.words.text(
                "The policy {name}, version {version}, was taken in on the word of “{authority}” and entered in the "
                "register under {number}. Notes keep their marks; “note relabel” shows what would change.",
                **named,
                authority=imported.authority,
                number=imported.number,
            )
        )
    tell_of_ready(call, waiting)
    call.answer.give(**_object(imported.policy), authority=imported.authority, register=imported.number)


@command(policy, "check", N_("Says what is wrong with a policy file, every fault at once."))
def check(
    context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("An XML SPIF file."))]
) -> int:
    """Check a policy file."""
    call = call_of(context)
    found = check_policy(read_file(file), source=file.name)
    errors = [fault_text(error, call.words) for error in found.errors]
    warnings = [warning_text(warning, call.words) for warning in found.warnings]
    _tell(call, found, (*errors, *warnings))
    call.answer.give(ok=not errors, errors=[*errors], warnings=[*warnings])
    return Exit.INVALID if errors else Exit.DONE


def _list_shipped(call: Call) -> None:
    found = list_policies(policies_from(()))
    words = call.words
    call.answer.table(
        (
            words.text_in("column", "Name"),
            words.text_in("column", "Identifier"),
            words.text_in("column", "Version"),
            words.text_in("column", "Levels"),
        ),
        [(one.name, one.id, str(one.version), ", ".join(level.name for level in one.levels)) for one in found],
    )
    call.answer.give(policies=[_object(one) for one in found])


def _list_known(call: Call, found: tuple[KnownVersion, ...]) -> None:
    words = call.words
    call.answer.table(
        (
            words.text_in("column", "Name"),
            words.text_in("column", "Version"),
            words.text_in("column", "In force"),
            words.text_in("column", "Since"),
            words.text_in("column", "Signed by"),
            words.text_in("column", "Identifier"),
        ),
        [
            (
                one.policy.name,
                str(one.policy.version),
                words.text_in("cell", "yes") if one.is_in_force else words.text_in("cell", "no"),
                NOTHING if one.since is None else minute(one.since, words),
                one.authority or NOTHING,
                one.policy.id,
            )
            for one in found
        ],
    )
    call.answer.give(
        policies=[
            {
                **_object(one.policy),
                "in_force": one.is_in_force,
                "since": None if one.since is None else time_text(one.since),
                "authority": one.authority,
            }
            for one in found
        ]
    )


def _at_hand(call: Call, files: Sequence[Path]) -> PolicySet:
    """The policies in files, else those of the vault that was named, else those that ship."""
    if files or call.options.vault is None:
        return policies_from(policy_files(files))
    with call.session() as session:
        return session.policies


def _chosen(name: str | None, at_hand: PolicySet, *, has_files: bool) -> Policy:
    """The policy meant: by name or identifier, by its own file, or the only one that was given."""
    if name is None:
        given = list_policies(at_hand)
        if not has_files or len(given) != 1:
            raise UsageError(N_("Say which policy: its name, its identifier, or its file."))
        return given[0]
    try:
        return named_policy(at_hand, name)
    except UnknownPolicyError:
        if not is_file(name):
            raise
    return policy_from_file(read_file(Path(name)), name=Path(name).name)


def _tell(call: Call, found: PolicyCheck, findings: tuple[str, ...]) -> None:
    words = call.words
    for finding in findings:
        call.answer.say(f"– {finding}")
    if found.policy is None:
        call.answer.say(words.text("The policy is refused whole."))
    else:
        call.answer.say(
            words.text(
                "The policy {name}, version {version}, is sound.", name=found.policy.name, version=found.policy.version
            )
        )


def _object(one: Policy) -> dict[str, Json]:
    return {"id": one.id, "name": one.name, "version": one.version, "digest": one.digest}
