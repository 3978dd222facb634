"""What a check of the vault found, in words."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cloison.actions.check_vault import VaultCheck
from cloison.actions.health import Grade, HealthLine, Topic
from cloison.vault.backup_list import Backup
from cloison.vault.problems import Problem, ProblemKind
from cloison.vault.restoring import Inspection
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.dates import day, minute

_MEBIBYTE: Final = 1024 * 1024
_GIBIBYTE: Final = 1024 * _MEBIBYTE
_TOPICS: Final[dict[Topic, str]] = {
    Topic.FILES: N_("Files"),
    Topic.BACKUP: N_("Backup"),
    Topic.HEADER: N_("Header"),
    Topic.POLICY: N_("Marking policy"),
    Topic.LIST: N_("Revocation list"),
    Topic.MOVES: N_("Notes on their way"),
    Topic.REKEY: N_("New key needed"),
    Topic.READERS: N_("List of readers"),
    Topic.CLOCK: N_("Clock"),
    Topic.ROOM: N_("Room on the disk"),
}
_LINES: Final[dict[tuple[Topic, Grade], str]] = {
    (Topic.FILES, Grade.GOOD): N_("Nothing amiss was found when the vault was opened."),
    (Topic.BACKUP, Grade.GOOD): N_("Last made on {moment}."),
    (Topic.BACKUP, Grade.BEWARE): N_(
        "Last made on {moment}. Make one now: what was written since is in one place alone."
    ),
    (Topic.BACKUP, Grade.BAD): N_("None was ever made of this vault. Make one now: all of it is in one place alone."),
    (Topic.HEADER, Grade.GOOD): N_("Generation {count}, the latest known here."),
    (Topic.POLICY, Grade.GOOD): N_("{name}, version {count}, in this vault since {day}."),
    (Topic.POLICY, Grade.BEWARE): N_(
        "{name}, version {count}, in this vault since {day}. Ask your authority whether there is a newer one."
    ),
    (Topic.LIST, Grade.GOOD): N_("The next one of {name} is due on {day}."),
    (Topic.LIST, Grade.BEWARE): N_("The next one of {name} is due soon, on {day}. Ask for it."),
    (Topic.LIST, Grade.BAD): N_(
        "The next one of {name} was due on {day}. Ask for it: whom {name} revoked since is not known here."
    ),
    (Topic.MOVES, Grade.BEWARE): N_(
        "{count} on the way between compartments when a session was cut off. Lock and unlock again: they arrive then."
    ),
    (Topic.REKEY, Grade.BAD): N_(
        "{member} is no member any more and still has the key of “{name}”. Read them out: it gets a new key then."
    ),
    (Topic.READERS, Grade.BAD): N_(
        "The list of readers of “{name}” and its register do not agree on {member}. Find out who changed the list, "
        "then read them in or out."
    ),
    (Topic.CLOCK, Grade.GOOD): N_("It stands after every entry of the registers."),
    (Topic.CLOCK, Grade.BAD): N_(
        "It stands before {moment}, when the last entry was made. Set it right, or vouch for it on the calendar."
    ),
    (Topic.ROOM, Grade.GOOD): N_("{size} are free."),
    (Topic.ROOM, Grade.BEWARE): N_("Only {size} are free. Make room before the vault needs it."),
    (Topic.ROOM, Grade.BAD): N_("Only {size} are free. Make room now: soon nothing more can be kept."),
}
_PROBLEMS: Final[dict[ProblemKind, str]] = {
    ProblemKind.HEADER_ROLLED_BACK: N_("{file}: an older copy was put in its place. Ask who did, before going on."),
    ProblemKind.SHARED_ROLLED_BACK: N_("{file}: an older copy was put in its place. Ask who did, before going on."),
    ProblemKind.COMPARTMENT_ROLLED_BACK: N_(
        "{file}: an older copy was put in its place. Ask who did, before going on."
    ),
    ProblemKind.STATE_MISMATCH: N_(
        "{file}: it does not agree with what the vault last knew of it. Ask who changed it."
    ),
    ProblemKind.LOG_LOST: N_(
        "{file}: the log of a session that was cut off is gone, and what was written last with it. Look for it in a "
        "backup."
    ),
    ProblemKind.WRAP_REFUSED: N_("{file}: a key was handed over by somebody not entitled to. It was not used."),
    ProblemKind.KEY_ROLLED_BACK: N_(
        "{file}: an older key of the compartment “{name}” was put back. It was not used. Ask who did, before going on."
    ),
    ProblemKind.KEY_PLANTED: N_(
        "{file}: a key was put in the place of that of the compartment “{name}” by somebody who never had it. It was "
        "not used. Tell your security officer."
    ),
    ProblemKind.KEY_GONE: N_(
        "{file}: your key of the compartment “{name}” is no longer there. Ask its readers whether you were read out; "
        "otherwise somebody removed it."
    ),
    ProblemKind.MEMBER_CHANGED: N_(
        "{file}: the member “{name}” goes by another name or other keys than were known here. Nothing is handed to "
        "them. Compare their fingerprint with them before you confirm it."
    ),
    ProblemKind.ALIAS_OF_SEVERAL: N_(
        "{file}: several members go by the name “{name}”. Compare their fingerprints with them, and remove the one who "
        "is not known, by the identifier that the list of members shows."
    ),
    ProblemKind.MISSING: N_("{file}: the file is missing. Look for it in a backup."),
    ProblemKind.DAMAGED: N_("{file}: the file is damaged. Look for a sound one in a backup."),
    ProblemKind.UNREADABLE: N_("{file}: the system does not let it be read. Check the rights and the medium."),
    ProblemKind.NEWER: N_("{file}: it was written by a later version of Cloison. Open it with that version."),
    ProblemKind.INDEX_DAMAGED: N_("{file}: search does not agree with the notes. The notes themselves are sound."),
}


def problem_text(problem: Problem, words: Catalogue) -> str:
    """One finding, and what to do."""
    return words.text(_PROBLEMS[problem.kind], file=problem.file, name=problem.name)


def health_text(line: HealthLine, words: Catalogue) -> tuple[str, str]:
    """What a line is about, and a sentence with what to do where something is to be done."""
    name = words.text(_TOPICS[line.topic])
    if line.problem is not None:
        return name, problem_text(line.problem, words)
    return name, words.text(
        _LINES[line.topic, line.grade],
        name=line.name,
        member=line.member,
        day="" if line.at is None else day(line.at, words),
        moment="" if line.at is None else minute(line.at, words),
        count=line.count,
        size=_size(line.count, words),
    )


def _size(count: int, words: Catalogue) -> str:
    if count >= _GIBIBYTE:
        return words.text("{size} GiB", size=round(count / _GIBIBYTE))
    return words.text("{size} MiB", size=round(count / _MEBIBYTE))


def register_text(compartment: str, sequence: int, words: Catalogue) -> str:
    """A register that does not hold, and its first bad entry."""
    return words.text(
        "The register of the compartment “{compartment}” was altered: its entry {sequence} is the first that does not "
        "follow. Tell your security officer.",
        compartment=compartment,
        sequence=sequence,
    )


def backup_text(backup: Backup, words: Catalogue) -> str:
    """How much there is, and what nobody has looked into yet."""
    size = max(1, round(backup.size / _MEBIBYTE))
    text = words.plural("{count} file, {size} MiB.", "{count} files, {size} MiB.", len(backup.files), size=size)
    if not backup.unopened:
        return text
    unopened = words.plural(
        "{count} of them is not open here and was copied as it is: whoever opens it looks it through.",
        "{count} of them are not open here and were copied as they are: whoever opens them looks them through.",
        len(backup.unopened),
    )
    return f"{text} {unopened}"


def inspection_text(found: Inspection, words: Catalogue) -> str:
    """Whether every file of a backup is as it was written."""
    if not found.damaged:
        return words.text("Every file is as it was written.")
    return words.text("Damaged: {files}. Take another backup.", files=", ".join(found.damaged))


def restored_text(folder: Path, words: Catalogue) -> str:
    """Which vault is open after a restore, and that its numbers begin anew."""
    return words.text(
        "This is the vault “{name}” now, made of the backup. It begins a new life: its packages are numbered anew, and "
        "your readers are told. What was written after the backup is not in it.",
        name=folder.name.removesuffix(".cloison"),
    )


def check_sentences(found: VaultCheck, words: Catalogue) -> tuple[str, ...]:
    """What a look at every page and register found, a sentence each."""
    problems = (problem_text(problem, words) for problem in found.problems)
    registers = (register_text(verdict.compartment, verdict.first_bad or 0, words) for verdict in found.broken)
    return (*problems, *registers)


def accepted_text(file: str, number: str | None, words: Catalogue) -> str:
    """What was found of a file is taken as it is, and where that is entered."""
    if number is None:
        return words.text("{file} is taken as it is. No register is open to enter it in.", file=file)
    return words.text("{file} is taken as it is; entered as {number}.", file=file, number=number)


def sound_text(found: VaultCheck, words: Catalogue) -> str:
    """That nothing was found, and where nobody looked."""
    said = words.text("The vault is sound: every page and every register was looked through.")
    if not found.closed:
        return said
    return words.text(
        "What is open is sound: every page and every register was looked through. What is closed was not: {names}.",
        names=", ".join(found.closed),
    )
