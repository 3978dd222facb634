"""Rules no linter knows: what the code never calls, how long it may grow, and what the project never says."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCT = ("desktop", "crypto", "resources")
FOLDERS = (*PRODUCT, "tests", "packaging", ".ci")
BINARY = {".mo", ".pyc", ".png", ".ttf", ".otf", ".pdf", ".docx", ".pli", ".carte", ".age", ".zip"}
BANNED_CALLS = {
    "extractall": "unpacks wherever the archive says",
    "setHtml": "opens file:// addresses found in the text",
    "setMarkdown": "opens file:// addresses found in the text",
    "openUrl": "hands an address to another program",
    "eval": "runs what it reads",
    "exec": "runs what it reads",
}
# Qt's event loop and a dialog's own loop are called `exec` too; only the builtin is banned.
BANNED_MODULES = {"pickle", "shelve", "marshal", "dill"}
SILENCED_WITHOUT_REASON = r"#\s*no" + r"qa(?!:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*\s+\S)"
LONGEST_FILE = 400
LONGEST_FUNCTION = 40


def python_files(*folders: str) -> list[Path]:
    return [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]


def text_files() -> Iterator[Path]:
    # In a working tree of its own, `.git` is a file of git's and no part of the project.
    loose = (file for file in ROOT.iterdir() if file.is_file() and file.name != ".git")
    yield from (file for file in loose if not file.name.startswith(".coverage"))
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.is_file() and file.suffix not in BINARY and "__pycache__" not in file.parts:
                yield file


def place(file: Path, node: ast.AST) -> str:
    return f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def banned_in(source: str, file: Path) -> list[str]:
    return [f"{place(file, node)}: {fault}" for node in ast.walk(ast.parse(source)) for fault in banned_at(node)]


def banned_at(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in BANNED_CALLS:
            if name not in ("eval", "exec") or isinstance(node.func, ast.Name):
                yield f"{name} {BANNED_CALLS[name]}"
        case ast.Import(names=names) if BANNED_MODULES & {each.name.split(".")[0] for each in names}:
            yield "unpickling runs what it reads"
        case ast.ImportFrom(module=str(module)) if module.split(".")[0] in BANNED_MODULES:
            yield "unpickling runs what it reads"
        case ast.keyword(arg="shell", value=ast.Constant(value=True)):
            yield "shell=True reads names as commands"
        case ast.ExceptHandler(type=None):
            yield "a bare except hides our own bugs"
        case ast.Assert():
            yield "an assert is gone under python -O"


@pytest.mark.parametrize("file", python_files(*PRODUCT), ids=lambda file: str(file.relative_to(ROOT)))
def test_product_code_calls_nothing_banned(file: Path) -> None:
    assert banned_in(file.read_text(encoding="utf-8"), file) == []


@pytest.mark.parametrize(
    "code",
    [
        "archive.extractall(folder)",
        "label.setHtml(text)",
        "edit.setMarkdown(text)",
        "QDesktopServices.openUrl(address)",
        "import pickle",
        "from pickle import loads",
        "import os, shelve",
        "eval(text)",
        "exec(text)",
        "run(command, shell=True)",
        "try:\n    pass\nexcept:\n    pass",
        "assert x",
    ],
)
def test_each_banned_thing_is_seen(code: str) -> None:
    assert len(banned_in(code, ROOT / "x.py")) == 1


@pytest.mark.parametrize("code", ["application.exec()", "archive.extract(name)", "run(command, shell=False)"])
def test_what_is_not_banned_passes(code: str) -> None:
    assert banned_in(code, ROOT / "x.py") == []


@pytest.mark.parametrize("folder", [*PRODUCT, "packaging"])
def test_no_file_is_beyond_the_wall(folder: str) -> None:
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in python_files(folder)}

    assert {str(file): length for file, length in lengths.items() if length > LONGEST_FILE} == {}


@pytest.mark.parametrize("folder", [*PRODUCT, "packaging"])
def test_no_function_is_longer_than_forty_lines(folder: str) -> None:
    long = [
        f"{place(file, node)} {node.name}"
        for file in python_files(folder)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]

    assert long == []


def lines_with(pattern: str, files: Iterator[Path]) -> list[str]:
    return [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if re.search(pattern, line)
    ]


def test_every_linter_silenced_is_silenced_for_a_reason() -> None:
    assert lines_with(SILENCED_WITHOUT_REASON, iter(python_files(*PRODUCT, "tests", "packaging"))) == []


@pytest.mark.parametrize(
    ("comment", "is_silent"),
    [("# no" + "qa", True), ("# no" + "qa: S603", True), ("# no" + "qa: S603 - our own module", False)],
)
def test_a_reason_is_words_after_the_code(comment: str, is_silent: bool) -> None:
    assert bool(re.search(SILENCED_WITHOUT_REASON, comment)) is is_silent


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"(?<![\w.])/(wo" + r"rk|ro" + r"ot|opt/pypi)/", id="a path of one machine"),
        pytest.param(
            r"https?://[a-z.-]*(py" + r"pi|python" + r"hosted|np" + r"mjs|deb" + r"ian)\.", id="a package index"
        ),
    ],
)
def test_the_project_names_no_machine(pattern: str) -> None:
    assert lines_with(pattern, text_files()) == []


def test_every_tool_the_tests_ask_for_is_installed_before_they_run() -> None:
    asked = {
        package
        for file in python_files("tests")
        for named in re.findall(r'tool\(\s*"[^"]+",\s*"apt install ([^"]+)"', file.read_text(encoding="utf-8"))
        for package in named.split()
    }

    assert asked - set((ROOT / ".ci" / "run").read_text(encoding="utf-8").split()) == set()


def test_packaging_is_no_package() -> None:
    # As one it would shadow PyPI's `packaging`, which pytest and hatchling import.
    assert not (ROOT / "packaging" / "__init__.py").exists()
