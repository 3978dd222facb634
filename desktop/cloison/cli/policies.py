"""``policy``: the policies at hand, and checking a policy file; no vault is needed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from cloison.actions.label_files import policies_from
from cloison.actions.policies import PolicyCheck, check_policy, list_policies, named_policy
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.exits import Exit
from cloison.cli.help import command, new_group
from cloison.cli.inputs import read_file
from cloison.labels.elements import Category, TagSet
from cloison.labels.policy import Policy
from cloison.wording.catalogue import N_
from cloison.wording.label_warnings import warning_text
from cloison.wording.policy_errors import fault

_MOST_VALUES: Final = 12

policy = new_group(N_("Marking policies: levels, categories, how they read."))


@command(policy, "list", N_("Lists the policies at hand."))
def list_all(context: typer.Context) -> None:
    """List the policies."""
    call = call_of(context)
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


@command(policy, "show", N_("Shows the levels and categories of a policy."))
def show(
    context: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help=N_("The policy, by name or identifier."))],
) -> None:
    """Show a policy."""
    call = call_of(context)
    found = named_policy(policies_from(()), id)
    words = call.words
    call.answer.say(
        words.text("Policy {name}, version {version} ({id})", name=found.name, version=found.version, id=found.id)
    )
    rows = [(words.text_in("cell", "level"), level.name) for level in found.levels]
    rows += [(tag_set.name, _values(call, tag_set)) for tag_set in found.tag_sets]
    call.answer.table((words.text_in("column", "Kind"), words.text_in("column", "Name")), rows)
    call.answer.give(
        **_object(found),
        levels=[level.name for level in found.levels],
        categories=[one.category.name for one in found.categories],
    )


@command(policy, "check", N_("Says what is wrong with a policy file, every fault at once."))
def check(
    context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("An XML SPIF file."))]
) -> int:
    """Check a policy file."""
    call = call_of(context)
    found = check_policy(read_file(file), source=file.name)
    errors = [fault(error, call.words) or error.path for error in found.errors]
    warnings = [warning_text(warning, call.words) for warning in found.warnings]
    _tell(call, found, (*errors, *warnings))
    call.answer.give(ok=not errors, errors=[*errors], warnings=[*warnings])
    return Exit.INVALID if errors else Exit.DONE


def _values(call: Call, tag_set: TagSet) -> str:
    """The values of a tag set, with the nationalities that alone may hold one; only the first of a long list."""
    texts = [_value(one) for tag in tag_set.tags for one in tag.categories]
    if len(texts) <= _MOST_VALUES:
        return ", ".join(texts)
    return call.words.text("{values}… ({count} in all)", values=", ".join(texts[:_MOST_VALUES]), count=len(texts))


def _value(category: Category) -> str:
    held_by = " ".join(sorted(category.held_by or ()))
    return f"{category.name} ({held_by})" if held_by else category.name


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
