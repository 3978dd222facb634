"""``demo``: the whole main job on the sample dossier, then the window on the officer's vault."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from cloison.actions.demo import DemoReport, demonstrate
from cloison.actions.demo_people import Surroundings
from cloison.cli.call import Call, call_of
from cloison.cli.errors import UsageError
from cloison.cli.inputs import read_file
from cloison.cli.strength import work_factor
from cloison.vault.errors import FolderNotEmptyError
from cloison.wording.catalogue import N_
from cloison.wording.paper import paper_words

_FOLDER: Final = Path("cloison-demo")
_DISPLAYS: Final = ("DISPLAY", "WAYLAND_DISPLAY")


def demo(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=N_("The folder everything goes to; ./cloison-demo without it."))
    ] = _FOLDER,
    *,
    text: Annotated[
        Path | None,
        typer.Option("--text", metavar="FILE", help=N_("A text of yours that is imported, marked and sealed besides.")),
    ] = None,
    no_window: Annotated[bool, typer.Option("--no-window", help=N_("Does not open the window at the end."))] = False,
) -> int:
    """Do the whole main job."""
    call = call_of(context)
    here = call.environment
    around = Surroundings(
        cost=work_factor(here),
        settings=call.settings,
        clock=here.clock,
        randomness=here.randomness,
        words_for=paper_words,
    )
    real_text = None if text is None else read_file(text)
    try:
        report = demonstrate(folder, around, real_text=real_text)
    except FolderNotEmptyError as error:
        raise UsageError(
            N_("The folder {folder} is not empty, and no demonstration made it. It was left as it is: name another."),
            folder=folder,
        ) from error
    _tell(call, report, folder)
    if no_window:
        return 0
    if sys.platform == "linux" and not any(here.variables.get(name) for name in _DISPLAYS):
        call.answer.say(call.words.text("There is no display here, so the window is not opened."))
        return 0
    return here.open_window(report.officer.path)


def _tell(call: Call, report: DemoReport, folder: Path) -> None:
    words, answer = call.words, call.answer
    answer.say(words.text("The whole job was done in {folder}, for real:", folder=folder.absolute()))
    answer.say(
        words.text(
            "{notes} notes were written and marked, {packages} packages sealed, {accepted} opened and accepted by "
            "their readers, {pdfs} copies printed.",
            notes=report.notes,
            packages=len(report.packages),
            accepted=report.accepted,
            pdfs=len(report.pdfs),
        )
    )
    sound = all(verdict.first_bad is None for verdict in report.register)
    answer.say(
        words.text("Every register was verified and holds.") if sound else words.text("A register does not hold.")
    )
    answer.say(words.text("Packages: {folder}", folder=_folder_of(report.packages[0].path)))
    answer.say(words.text("Printed copies: {folder}", folder=_folder_of(report.pdfs[0])))
    answer.say(words.text("The vaults, and their invented passphrases:"))
    answer.table(
        (words.text_in("column", "Member"), words.text_in("column", "Passphrase"), words.text_in("column", "Vault")),
        [(one.name, one.passphrase, str(one.path.absolute())) for one in report.vaults],
    )
    answer.give(
        vaults=[{"name": one.name, "path": str(one.path), "passphrase": one.passphrase} for one in report.vaults],
        packages=[str(one.path) for one in report.packages],
        pdfs=[str(path) for path in report.pdfs],
        register=[
            {"compartment": one.compartment, "entries": one.entries, "ok": one.first_bad is None}
            for one in report.register
        ],
    )


def _folder_of(file: Path) -> Path:
    return file.absolute().parent
