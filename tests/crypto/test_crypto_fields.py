"""Reading the fields of an object, one type at a time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from cloison_crypto.canonical import Fields, Json, base64_text, time_text
from cloison_crypto.errors import CanonicalError

MOMENT = datetime(2026, 3, 1, 7, 5, 9, tzinfo=UTC)


def sample() -> dict[str, Json]:
    return {
        "at": "2026-03-01T07:05:09Z",
        "bytes": "AAEC",
        "count": 3,
        "empty": None,
        "flag": True,
        "list": [{"name": "a"}, {"name": "b"}],
        "name": "Durand",
        "names": ["x", "y"],
        "nested": {"inner": 1},
        "uid": "0a" * 16,
        "version": "cloison/test/v1",
    }


def test_every_type_is_read() -> None:
    fields = Fields(sample())

    assert fields.time("at") == MOMENT
    assert fields.base64("bytes", 3) == b"\0\1\2"
    assert fields.base64("bytes") == b"\0\1\2"
    assert fields.integer("count", low=3, high=3) == 3
    assert not fields.has("empty")
    assert fields.flag("flag")
    assert [item.text("name") for item in fields.items("list")] == ["a", "b"]
    assert fields.optional_text("name") == "Durand"
    assert fields.optional_text("nickname") is None
    assert fields.texts("names") == ["x", "y"]
    assert fields.object("nested").integer("inner") == 1
    assert fields.hex("uid", 32) == "0a" * 16
    fields.literal("version", "cloison/test/v1")
    fields.finish()


@pytest.mark.parametrize(
    ("read", "path"),
    [
        pytest.param(lambda f: f.text("missing"), "missing", id="missing"),
        pytest.param(lambda f: f.text("count"), "count", id="text that is a number"),
        pytest.param(lambda f: f.text("name", limit=5), "name", id="text too long"),
        pytest.param(lambda f: f.literal("version", "cloison/test/v2"), "version", id="another version"),
        pytest.param(lambda f: f.integer("name"), "name", id="integer that is text"),
        pytest.param(lambda f: f.integer("flag"), "flag", id="integer that is a flag"),
        pytest.param(lambda f: f.integer("count", low=4), "count", id="integer too low"),
        pytest.param(lambda f: f.integer("count", high=2), "count", id="integer too high"),
        pytest.param(lambda f: f.flag("count"), "count", id="flag that is a number"),
        pytest.param(lambda f: f.items("name"), "name", id="list that is text"),
        pytest.param(lambda f: f.items("names"), "names[0]", id="items that are text"),
        pytest.param(lambda f: f.texts("list"), "list[0]", id="texts that are objects"),
        pytest.param(lambda f: f.items("list")[1].text("other"), "list[1].other", id="missing in an item"),
        pytest.param(lambda f: f.object("names"), "names", id="object that is a list"),
        pytest.param(lambda f: f.object("nested").finish(), "nested.inner", id="unknown in a nested object"),
        pytest.param(lambda f: f.hex("uid", 30), "uid", id="hexadecimal of another length"),
        pytest.param(lambda f: f.hex("name", 6), "name", id="not hexadecimal"),
        pytest.param(lambda f: f.base64("bytes", 4), "bytes", id="bytes of another length"),
        pytest.param(lambda f: f.base64("at"), "at", id="not base64"),
        pytest.param(lambda f: f.time("name"), "name", id="not a time"),
    ],
)
def test_the_path_of_a_fault_is_named(read: Callable[[Fields], object], path: str) -> None:
    with pytest.raises(CanonicalError) as caught:
        read(Fields(sample()))

    assert caught.value.path == path
    assert str(caught.value).startswith(f"in {path}: ")


def test_a_list_is_no_object() -> None:
    with pytest.raises(CanonicalError, match="not an object"):
        Fields([])


@pytest.mark.parametrize("text", ["AAEC\n", "AAE", "AAF=", "é", "AA=C"])
def test_only_one_spelling_of_base64_is_read(text: str) -> None:
    with pytest.raises(CanonicalError):
        Fields({"bytes": text}).base64("bytes")


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01",
        "2026-03-01T07:05:09",
        "2026-03-01T07:05:09+00:00",
        "2026-03-01T07:05:09.5Z",
        "2026-02-30T07:05:09Z",
    ],
)
def test_only_one_spelling_of_a_time_is_read(text: str) -> None:
    with pytest.raises(CanonicalError):
        Fields({"at": text}).time("at")


def test_a_time_is_written_in_utc_to_the_second() -> None:
    moment = MOMENT.replace(microsecond=999_999).astimezone(timezone(timedelta(hours=2)))

    assert time_text(moment) == "2026-03-01T07:05:09Z"


def test_a_time_without_zone_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="time zone"):
        time_text(MOMENT.replace(tzinfo=None))


def test_fields_of_fields_keep_their_path() -> None:
    nested = Fields(sample()).object("nested")

    assert Fields.of(nested) is nested
    assert Fields.of({"inner": 1}).integer("inner") == 1


def test_base64_is_padded() -> None:
    assert base64_text(b"\0") == "AA=="
