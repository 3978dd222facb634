"""What mutmut found, counted by module, and each change that no test noticed, with its place."""

from __future__ import annotations

import ast
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fnmatch import fnmatchcase
from pathlib import Path

AS_IT_IS = "as-it-is"
"""The folder of the copy that holds the code unchanged."""

CONTEXT = 40
"""How many characters of the line are shown on either side of a change."""

_CLASS_MARK = "ǁ"


class Outcome(Enum):
    """What became of a change."""

    FAILED = "a test failed"
    ENDLESS = "took too long"
    PASSED = "every test passed"
    UNREACHED = "no test reaches it"
    UNTRIED = "not tried"

    @property
    def is_noticed(self) -> bool:
        """Whether the tests told the change from the code as it is."""
        return self in (Outcome.FAILED, Outcome.ENDLESS)


# By the exit code of the process that ran the tests; -24 and 152 are the signal for too much time, 255 stands for tests
# that could not be started at all.
_OUTCOMES = {
    None: Outcome.UNTRIED,
    0: Outcome.PASSED,
    1: Outcome.FAILED,
    3: Outcome.FAILED,
    255: Outcome.FAILED,
    -24: Outcome.ENDLESS,
    24: Outcome.ENDLESS,
    152: Outcome.ENDLESS,
    -9: Outcome.ENDLESS,
    5: Outcome.UNREACHED,
    33: Outcome.UNREACHED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One change: in which module, at which line, what it was, what became of it."""

    module: str
    line: int
    change: str
    outcome: Outcome


def read_results(copy: Path, package: Path, *, chosen: str) -> tuple[Result, ...]:
    """The changes mutmut was to try in `copy` on the modules of `package`: those whose name is like `chosen`."""
    found: list[Result] = []
    for meta in sorted((copy / "mutants" / "src" / package).glob("*.py.meta")):
        module = meta.name.removesuffix(".py.meta")
        mutated = meta.with_name(f"{module}.py")
        codes: dict[str, int | None] = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        codes = {name: code for name, code in codes.items() if fnmatchcase(name, chosen)}
        found += _of_module(module, codes, mutated, copy / AS_IT_IS / package / f"{module}.py")
    return tuple(found)


def score(results: Sequence[Result]) -> float:
    """How many of a hundred changes are noticed."""
    return 100.0 * sum(one.outcome.is_noticed for one in results) / len(results) if results else 100.0


def table(results: Sequence[Result]) -> str:
    """The score of each module and of all, and the changes nobody noticed."""
    lines = [f"{'module':20} {'score':>7} {'changes':>8} " + " ".join(f"{one.value:>18}" for one in Outcome)]
    for module in dict.fromkeys(one.module for one in results):
        lines.append(_row(module, [one for one in results if one.module == module]))
    lines.append(_row("all", results))
    unnoticed = [one for one in results if not one.outcome.is_noticed]
    if unnoticed:
        lines += ["", "Not noticed:"]
        lines += [f"  {one.module}.py:{one.line}  {one.change}  ({one.outcome.value})" for one in unnoticed]
    return "\n".join(lines)


def _row(name: str, results: Sequence[Result]) -> str:
    counts = Counter(one.outcome for one in results)
    columns = " ".join(f"{counts[one]:>18}" for one in Outcome)
    return f"{name:20} {score(results):>6.1f}% {len(results):>8} {columns}"


def _of_module(module: str, codes: Mapping[str, int | None], mutated: Path, source: Path) -> Iterator[Result]:
    spans: dict[str, list[int]] = json.loads(mutated.with_name(f"{mutated.name}.spans").read_text("utf-8"))["spans"]
    text = mutated.read_text(encoding="utf-8").splitlines()
    functions = dict(_functions(ast.parse(source.read_text(encoding="utf-8"))))
    for key, code in codes.items():
        name = key.rpartition(".")[2]
        function = name.partition("__mutmut_")[0]
        before, after = (text[spans[one][0] - 1 : spans[one][1]] for one in (f"{function}__mutmut_orig", name))
        line, change = _change(before, after, functions[function])
        yield Result(module=module, line=line, change=change, outcome=_OUTCOMES.get(code, Outcome.FAILED))


def _functions(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """mutmut's name of each function and method, and the line of its `def`."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield f"x_{node.name}", node.lineno
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    yield f"x{_CLASS_MARK}{node.name}{_CLASS_MARK}{inner.name}", inner.lineno


def _change(before: Sequence[str], after: Sequence[str], first_line: int) -> tuple[int, str]:
    """The line of the source file where two forms of a function part, and what stands there before and after."""
    head = next(index for index, line in enumerate(before) if line.lstrip().startswith("def "))
    old, new = ("\n".join(_without_name(one[head:])) for one in (before, after))
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    line_start = old.rfind("\n", 0, start) + 1
    lead = old[max(line_start, start - CONTEXT) : start].lstrip()
    trail = old[len(old) - end :].partition("\n")[0][:CONTEXT]
    parted = f"{lead}⟦{_on_one_line(old[start : len(old) - end])} → {_on_one_line(new[start : len(new) - end])}⟧{trail}"
    return first_line + old.count("\n", 0, start), parted


def _without_name(lines: Sequence[str]) -> list[str]:
    """The lines of a function, without the name that mutmut gave it."""
    head, separator, rest = lines[0].partition("(")
    return [f"{head.partition('def ')[0]}def {separator}{rest}", *lines[1:]]


def _alike(first: str, second: str) -> int:
    """How many characters two texts begin with in common."""
    pairs = zip(first, second, strict=False)
    return next((index for index, (one, other) in enumerate(pairs) if one != other), min(len(first), len(second)))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
