"""The command line: from arguments to an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace

import typer

from cloison.cli.answer import Answer
from cloison.cli.call import Call
from cloison.cli.common import asked_language, asks_for_json, split_line
from cloison.cli.environment import Environment, real_environment
from cloison.cli.errors import EndOfRun, KeyFileError, UsageError
from cloison.cli.exits import Exit
from cloison.cli.tree import PROGRAM, tree
from cloison.settings.files import load
from cloison.settings.values import Settings
from cloison.wording.catalogue import Catalogue


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
        from cloison.cli.streams import OutputError

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
    with tree().make_context(PROGRAM, rest, obj=call) as context:
        return int(tree().invoke(context) or Exit.DONE)


def _told(error: Exception, words: Catalogue) -> tuple[str | None, int, str]:
    """The sentence for an error, the exit code, and the name a program knows it by."""
    from cloison.cli.exit_codes import exit_code
    from cloison.cli.usage import hint, usage_sentence, worded
    from cloison.wording.errors import sentence_for

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
