"""Typer's usage errors, said in the chosen language.

Typer makes sentences in English; what they are made of is on the errors themselves, and that is what is worded here.
The classes are known by name, because Typer keeps them in a module of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import typer

from cloison.cli.errors import UsageError
from cloison.wording.catalogue import Catalogue


def usage_sentence(error: typer.TyperException, words: Catalogue) -> str:
    """What to tell of a line that Typer does not understand."""
    # `Any`: the attributes belong to classes that Typer does not publish.
    facts: Any = error
    match type(error).__name__:
        case "NoSuchOption":
            return _unknown_option(words, facts.option_name, facts.possibilities or ())
        case "BadOptionUsage":
            return words.text("The option {name} needs a value.", name=facts.option_name)
        case "MissingParameter":
            return words.text("{name} is missing.", name=_name_of(facts.param))
        case "BadParameter":
            return words.text("“{name}” cannot have this value.", name=_name_of(facts.param))
    return words.text("There is more on the line than this command takes.")


def hint(error: typer.TyperException, words: Catalogue) -> str:
    """Where to read on; empty where Typer does not say for which command."""
    facts: Any = error
    context = getattr(facts, "ctx", None)
    if context is None:
        return ""
    return words.text("See: {command} --help", command=" ".join(context.command_path.split()))


def worded(error: UsageError | Exception, words: Catalogue) -> str:
    """The sentence of an error that carries its own message."""
    carried: Any = error
    return words.text(carried.message, **carried.values)


def _unknown_option(words: Catalogue, name: str, close: Sequence[str]) -> str:
    if not close:
        return words.text("There is no option {name} here.", name=name)
    names = ", ".join(sorted(close))
    return words.text("There is no option {name} here. Is this meant: {names}?", name=name, names=names)


def _name_of(parameter: Any) -> str:
    if parameter.param_type_name == "option":
        return str(parameter.opts[0])
    return str(parameter.metavar or parameter.name.upper())
