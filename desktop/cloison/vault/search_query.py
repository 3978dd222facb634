"""What a person types to search, as an FTS5 expression: words, "phrases" and prefix*, all of which must be found.

Everything is quoted, so that no typed character is ever an operator to FTS5. Case and diacritics are folded by the
tokenizer of the index.
"""

from __future__ import annotations

import re

MOST_TERMS = 64
_TERM = re.compile(r'"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+)')


def match_expression(typed: str) -> str | None:
    """The expression for ``typed``, or None where there is nothing to search for. Terms beyond 64 are left out."""
    # A zero byte ends the expression for FTS5, and half a surrogate pair is no text at all.
    searchable = typed.replace("\0", " ").encode(errors="replace").decode()
    terms = [term for found in _TERM.finditer(searchable) if (term := _quoted(found))]
    return " AND ".join(terms[:MOST_TERMS]) or None


def _quoted(found: re.Match[str]) -> str | None:
    words = found["phrase"] if found["phrase"] is not None else found["word"]
    if not any(character.isalnum() for character in words):
        return None
    is_prefix = found["phrase"] is None and words.endswith("*")
    return f'"{words.rstrip("*")}" *' if is_prefix else f'"{words}"'
