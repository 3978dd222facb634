"""``label``: label files under policy files; no vault is needed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from cloison.actions.label_files import (
    Judgement,
    Marked,
    combine_labels,
    judge_label,
    label_from_mark,
    map_marked,
    policies_from,
    read_clearance,
    read_marked,
)
from cloison.actions.policies import named_policy
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.exits import Exit
from cloison.cli.help import command, new_group
from cloison.cli.inputs import nationality as checked_nationality
from cloison.cli.inputs import read_file
from cloison.cli.label_inputs import PolicyFiles, policy_files
from cloison.labels.decision import Decision
from cloison.labels.errors import LabelError, XmlError
from cloison.labels.phrasing import Place
from cloison.labels.rendering import render, render_clearance, strip
from cloison.labels.validity import Reason
from cloison.wording.catalogue import N_
from cloison.wording.label_errors import fault_sentence
from cloison.wording.label_warnings import warning_text
from cloison.wording.reasons import reason_text, refusal_text

label = new_group()

LabelFile = Annotated[Path, typer.Argument(metavar="LABEL.xml", help=N_("The label."))]


@command(label, "show", N_("Shows how a label reads."))
def show(
    context: typer.Context,
    file: LabelFile,
    policy: PolicyFiles = None,
    place: Annotated[
        Place | None,
        typer.Option(
            "--place",
            metavar="PLACE",
            help=N_(
                "page-top, page-bottom, document-start, document-end, portion, watermark or subject; else the whole "
                "marking."
            ),
        ),
    ] = None,
    as_policy: Annotated[
        str | None,
        typer.Option("--as-policy", metavar="ID", help=N_("What it is worth in this policy, by name or identifier.")),
    ] = None,
) -> None:
    """Show a label."""
    call = call_of(context)
    policies = policies_from(policy_files(policy or ()))
    marked = read_marked(policies, read_file(file), now=call.now())
    if as_policy is not None:
        marked = map_marked(policies, marked, named_policy(policies, as_policy))
    _warn(call, marked)
    language = call.words.language
    marking = strip(marked.policy, marked.label, language)
    if place is not None:
        marking = render(marked.policy, marked.label, place, language)
    call.answer.say(marking)
    call.answer.give(marking=marking, policy=marked.policy.name)


@command(label, "check", N_("Says whether a label is valid, and whether somebody may read what bears it."))
def check(
    context: typer.Context,
    file: LabelFile,
    policy: PolicyFiles = None,
    clearance: Annotated[
        Path | None, typer.Option("--clearance", metavar="C.xml", help=N_("The reader’s clearance (ADatP-4774)."))
    ] = None,
    nationality: Annotated[
        str | None, typer.Option("--nationality", metavar="FRA", help=N_("The reader’s nationality, three capitals."))
    ] = None,
) -> int:
    """Check a label."""
    call = call_of(context)
    policies = policies_from(policy_files(policy or ()))
    held = None if clearance is None else read_clearance(policies, read_file(clearance))
    found = judge_label(
        policies,
        read_file(file),
        clearance=None if held is None else held[1],
        nationality=None if nationality is None else checked_nationality(nationality),
        now=call.now(),
    )
    marking = None if found.marked is None else strip(found.marked.policy, found.marked.label, call.words.language)
    holds = None if held is None else render_clearance(*held, call.words.language)
    _tell(call, found, marking=marking, holds=holds)
    call.answer.give(
        valid=found.is_valid,
        reasons=[_reason_object(one, call) for one in found.reasons] + _fault_objects(found.fault, call),
        marking=marking,
        clearance_marking=holds,
        decision=decision_word(found.decision),
        rule=None if found.decision is None or found.decision.rule is None else found.decision.rule.value,
        **({} if found.fault is None else {"error": type(found.fault).__name__}),
    )
    return _code(found)


@command(label, "combine", N_("Says what several labels are worth together."))
def combine(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="LABEL.xml", help=N_("The labels."))],
    policy: PolicyFiles = None,
) -> None:
    """Roll labels up."""
    call = call_of(context)
    policies = policies_from(policy_files(policy or ()))
    used, rolled = combine_labels(policies, [read_file(file) for file in files], now=call.now())
    marking = strip(used, rolled.label, call.words.language)
    call.answer.say(marking)
    for one in rolled.decision_required:
        call.answer.say(call.words.text("A person must decide. {reason}", reason=reason_text(one.reason, call.words)))
    xml = rolled.label.to_xml().decode()
    call.answer.say(xml)
    call.answer.give(marking=marking, decision_required=bool(rolled.decision_required), label_xml=xml)


@command(label, "read", N_("Reads a typed mark as a label."))
def read(
    context: typer.Context,
    mark: Annotated[str, typer.Argument(metavar="MARK", help=N_("The mark, as in [S-SF]."))],
    policy: PolicyFiles = None,
) -> None:
    """Read a typed mark."""
    call = call_of(context)
    first = None if policy else call.settings.policy  # Files are equals; of what ships, the chosen policy comes first.
    marked = label_from_mark(policies_from(policy_files(policy or ())), mark, now=call.now(), first=first)
    marking = strip(marked.policy, marked.label, call.words.language)
    xml = marked.label.to_xml().decode()
    call.answer.say(marking)
    call.answer.say(xml)
    call.answer.give(label_xml=xml, marking=marking)


def decision_word(decision: Decision | None) -> Json:
    """A decision for a program: ``permit``, ``deny`` or null."""
    if decision is None:
        return None
    return "permit" if decision.permitted else "deny"


def _tell(call: Call, found: Judgement, *, marking: str | None, holds: str | None) -> None:
    words = call.words
    if found.marked is not None:
        _warn(call, found.marked)
    if marking is not None:
        call.answer.say(words.text("Marking: {marking}", marking=marking))
    if holds is not None:
        call.answer.say(words.text("Clearance: {clearance}", clearance=holds))
    if found.is_valid:
        call.answer.say(words.text("The label is valid."))
    if found.fault is not None:
        call.answer.say(fault_sentence(found.fault, words))
    for reason in found.reasons:
        call.answer.say(words.text("The label is not valid. {reason}", reason=reason_text(reason, words)))
    if found.decision is not None and found.decision.permitted:
        call.answer.say(words.text("The reader may read what bears it."))
    elif found.decision is not None:
        call.answer.say(
            words.text("The reader may not read what bears it: {reason}.", reason=refusal_text(found.decision, words))
        )


def _warn(call: Call, marked: Marked) -> None:
    for warning in marked.warnings:
        call.answer.warn(warning_text(warning, call.words))
    for ref in marked.discarded:
        call.answer.warn(
            call.words.text(
                "The policies say to leave out “{category}” in {policy}.", category=ref.name, policy=marked.policy.name
            )
        )


def _reason_object(reason: Reason, call: Call) -> Json:
    return {
        "rule": reason.rule.value,
        "element": reason.element,
        "path": reason.path,
        "text": reason_text(reason, call.words),
    }


def _fault_objects(fault: XmlError | LabelError | None, call: Call) -> list[Json]:
    """What is no label, as a reason like the others; its rule is the name of the error, in words."""
    if fault is None:
        return []
    path, element = (fault.path, fault.value) if isinstance(fault, LabelError) else ("", "")
    rule = " ".join(re.findall("[A-Z][a-z]*", type(fault).__name__.removesuffix("Error"))).lower()
    return [{"rule": rule, "element": element, "path": path, "text": fault_sentence(fault, call.words)}]


def _code(found: Judgement) -> int:
    if not found.is_valid:
        return Exit.INVALID
    if found.decision is not None and not found.decision.permitted:
        return Exit.REFUSED
    return Exit.DONE
