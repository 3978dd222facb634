"""Extracts the messages of the code and keeps both catalogues: `messages.py update | prune | check | compile`.

`update` adds what is missing and keeps every translation; a message no longer used stays until `prune`, so that one
person's update does not delete what another has translated ahead of the code. The files are sorted and carry neither
dates nor line numbers: two people adding messages change different lines.
"""

import io
import re
import string
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as BabelMessage
from babel.messages.pofile import read_po, write_po

from build_hook import LANGUAGES, compile_catalogues, po_file
from extraction import Message, MessagesError, extract, speaking_files

ROOT = Path(__file__).resolve().parent.parent
PLURALS = {"fr": "(n > 1)", "en": "(n != 1)"}
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural={plural};\\n"

"""
NO_BREAK = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"


def read(root: Path, language: str) -> Catalog:
    """The catalogue people write for `language`; an empty one where there is none yet."""
    file = po_file(root, language)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as opened:
        return read_po(opened, locale=language, abort_invalid=True)


def key_of(entry: BabelMessage) -> Message:
    """What a catalogue's entry is called in the code."""
    one, many = entry.id if isinstance(entry.id, list | tuple) else (entry.id, "")
    return Message(one, many, entry.context or "")


def entries(catalogue: Catalog) -> dict[Message, BabelMessage]:
    """The entries of a catalogue without its header, by what the code calls them."""
    return {key_of(entry): entry for entry in catalogue if entry.id}


def forms(entry: BabelMessage) -> tuple[str, ...]:
    """The translations of an entry: one, or one for each plural form."""
    return tuple(entry.string) if isinstance(entry.string, list | tuple) else (entry.string or "",)


def text_of(language: str, wanted: Iterable[Message], known: dict[Message, BabelMessage]) -> str:
    """The file of `language` for these messages, with the translations that are known."""
    fresh = Catalog(locale=language)
    for message in sorted(wanted):
        entry = known.get(message)
        translated = tuple(tidy(language, form) for form in forms(entry)) if entry else ()
        fresh.add(
            (message.one, message.many) if message.many else message.one,
            (translated or ("", "")) if message.many else "".join(translated),
            auto_comments=entry.auto_comments if entry else (),
            user_comments=entry.user_comments if entry else (),
            flags=entry.flags - {"python-brace-format", "python-format"} if entry else (),
            context=message.context or None,
        )
    written = io.BytesIO()
    write_po(written, fresh, no_location=True, omit_header=True, sort_output=True, width=100)
    return HEADER.format(language=language, plural=PLURALS[language]) + written.getvalue().decode("utf-8")


def tidy(language: str, text: str) -> str:
    """French with the typographer's apostrophe and the no-break spaces that its punctuation wants."""
    if language != "fr":
        return text
    text = re.sub(r"(?<=\w)'(?=[\w«{])", "\N{RIGHT SINGLE QUOTATION MARK}", text)
    text = re.sub(r" (?=[;!?])", NARROW, text)
    return re.sub(r" (?=[:»%])|(?<=«) ", NO_BREAK, text)


def update(root: Path, *, prune: bool = False) -> None:
    """Write both catalogues anew: the messages of the code, and unless pruning those it no longer has."""
    used = extract(speaking_files(root))
    for language in LANGUAGES:
        known = entries(read(root, language))
        file = po_file(root, language)
        file.parent.mkdir(parents=True, exist_ok=True)
        wanted = used if prune else used | known.keys()
        file.write_text(text_of(language, wanted, known), encoding="utf-8", newline="\n")


def faults(root: Path) -> list[str]:
    """One line for each thing wrong with the catalogues; none when they say everything the code says."""
    used = extract(speaking_files(root))
    found: list[str] = []
    for language in LANGUAGES:
        known = entries(read(root, language))
        found += [f"{language}: not in the catalogue: {message.one!r}" for message in sorted(used - known.keys())]
        found += [f"{language}: not used any more: {message.one!r}" for message in sorted(known.keys() - used)]
        for message, entry in sorted(known.items()):
            found += [f"{language}: {fault}: {message.one!r}" for fault in _entry_faults(language, message, entry)]
        if not found and po_file(root, language).read_text(encoding="utf-8") != text_of(language, known, known):
            found.append(f"{language}: not in its written form")
    return found


def _entry_faults(language: str, message: Message, entry: BabelMessage) -> Iterator[str]:
    translated = forms(entry)
    if entry.fuzzy:
        yield "fuzzy"
    if language != "en" and not all(translated):
        yield "no translation"
        return
    try:
        yield from _place_faults(message, [form for form in translated if form])
    except ValueError:
        yield "braces that do not pair"
    if any(tidy(language, form) != form for form in translated):
        yield "spaces or apostrophes that are not French"


def _place_faults(message: Message, translated: list[str]) -> Iterator[str]:
    places = _places(message.one) | _places(message.many)
    if any(not place.isidentifier() for place in places):
        yield "a place that is not a plain name"
    # The form for one may say "one" in words, so `{count}` may be missing from it.
    if any(_places(form) | {"count"} != places | {"count"} for form in translated):
        yield "other places than in English"


def _places(text: str) -> set[str]:
    return {
        name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
        for _, name, spec, conversion in string.Formatter().parse(text)
        if name is not None
    }


def main(arguments: list[str]) -> int:
    """Run one verb; `check` gives 1 when something is wrong."""
    verb = arguments[0] if arguments else "update"
    if verb not in ("update", "prune", "check", "compile") or len(arguments) > 1:
        print("messages.py update | prune | check | compile", file=sys.stderr)
        return 2
    if verb == "compile":
        compile_catalogues(ROOT)
        return 0
    try:
        if verb in ("update", "prune"):
            update(ROOT, prune=verb == "prune")
        found = faults(ROOT)
    except MessagesError as error:
        found = [str(error)]
    for fault in found:
        print(fault)
    return 1 if found and verb == "check" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
