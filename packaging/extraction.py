"""Finds the messages in the code: whole literal sentences handed to the catalogue, or marked with `N_`."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

# Only these speak: every layer below returns facts, and `.text("…")` there means something else.
SPEAKING = ("wording", "ui", "cli", "supervisor.py", "__main__.py")
CALLS = {"text": 1, "N_": 1, "plural": 2, "text_in": 2}


class MessagesError(Exception):
    """A message in the code that cannot be extracted; the text names file and line."""


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """One message of the code; `many` is its plural, `context` what tells two equal ones apart."""

    one: str
    many: str = ""
    context: str = ""


def speaking_files(root: Path) -> Iterator[Path]:
    """The Python files whose messages a person reads."""
    for name in SPEAKING:
        place = root / "desktop" / "cloison" / name
        yield from [place] if place.is_file() else sorted(place.rglob("*.py"))


def extract(files: Iterable[Path]) -> frozenset[Message]:
    """Every message of `files`; raises `MessagesError` for one that is put together from pieces."""
    found: set[Message] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), filename=str(file))):
            if isinstance(node, ast.Call):
                found.update(_messages_of(node, file))
    return frozenset(found)


def _messages_of(call: ast.Call, file: Path) -> Iterator[Message]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    wanted = CALLS.get(name, 0)
    if not wanted or len(call.args) < wanted:
        return
    texts = [_texts(argument, file) for argument in call.args[:wanted]]
    if name == "plural":
        yield from (Message(one, many) for one, many in zip(texts[0], texts[1], strict=True))
    elif name == "text_in":
        yield from (Message(one, context=context) for context in texts[0] for one in texts[1])
    else:
        yield from (Message(one) for one in texts[0])


def _texts(node: ast.expr, file: Path) -> list[str]:
    """The literal text of an argument, both of `a if x else b`, none of a variable (marked elsewhere)."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return _texts(node.body, file) + _texts(node.orelse, file)
    if isinstance(node, ast.JoinedStr | ast.BinOp):
        raise MessagesError(
            f"{file}:{node.lineno}: a message is one whole sentence with named places, not put together"
        )
    return []
