"""Every kind reads what people and programs write, refuses the rest, and stores without loss."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import app.data_extensions.kinds as kinds_package
from app.data_extensions.data_extension import Field
from app.data_extensions.fold import fold
from app.data_extensions.kinds import KINDS, ValueProblem, kind_of_mc_type

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
OSLO = ZoneInfo("Europe/Oslo")


def field(kind: str, **more: object) -> Field:
    return Field("f_1", "Column", kind, **more)  # type: ignore[arg-type]


def parse(kind: str, raw: object, **more: object) -> object:
    return KINDS[kind].parse(raw, field(kind, **more), NOW, OSLO)


def test_the_tuple_and_the_folder_agree() -> None:
    folder = Path(kinds_package.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "kind"}
    assert {type(kind).__module__.rsplit(".", 1)[1] for kind in KINDS} == files
    assert [kind.mc_type for kind in KINDS] == [
        "Text", "Number", "Decimal", "Date", "Boolean", "EmailAddress", "Phone", "Locale",
    ]  # fmt: skip


def test_a_kind_is_found_by_the_name_of_marketing_cloud() -> None:
    kind = kind_of_mc_type("emailaddress")
    assert kind is not None
    assert kind.key == "email"
    assert kind_of_mc_type("Blob") is None


@pytest.mark.parametrize(
    ("kind", "raw", "more", "value"),
    [
        ("text", "Åse $`\"'", {}, "Åse $`\"'"),
        ("text", "abcde", {"length": 5}, "abcde"),
        ("text", 42, {}, "42"),
        ("text", True, {}, "true"),
        ("number", "-12", {}, -12),
        ("number", 3.0, {}, 3),
        ("number", "3.0", {}, 3),
        ("number", Decimal("7"), {}, 7),
        ("number", 2**63 - 1, {}, 2**63 - 1),
        ("decimal", 59.9, {"length": 10, "scale": 2}, Decimal("59.90")),
        ("decimal", "59.900", {"length": 10, "scale": 2}, Decimal("59.90")),
        ("decimal", -0.0, {"length": 10, "scale": 2}, Decimal("0.00")),
        ("decimal", 7, {"length": 3, "scale": 0}, Decimal("7")),
        ("decimal", Decimal("1E+3"), {}, Decimal("1000.00")),
        ("date", "2026-01-31", {}, datetime(2026, 1, 30, 23, tzinfo=UTC)),
        ("date", "2026-07-31T13:05:00", {}, datetime(2026, 7, 31, 11, 5, tzinfo=UTC)),
        ("date", "2026-01-31 13:05:00.25Z", {}, datetime(2026, 1, 31, 13, 5, 0, 250000, tzinfo=UTC)),
        ("date", "2026-01-31T13:05+02:00", {}, datetime(2026, 1, 31, 11, 5, tzinfo=UTC)),
        ("date", "1/31/2026", {}, datetime(2026, 1, 30, 23, tzinfo=UTC)),
        ("date", "01/31/2026 1:05 PM", {}, datetime(2026, 1, 31, 12, 5, tzinfo=UTC)),
        ("date", "01/31/2026 12:05:09 am", {}, datetime(2026, 1, 30, 23, 5, 9, tzinfo=UTC)),
        ("date", "GetDate()", {}, NOW),
        ("boolean", "Yes", {}, True),
        ("boolean", 0, {}, False),
        ("boolean", " n ", {}, False),
        ("email", " astrid+cart@northern-trails.example.com ", {}, "astrid+cart@northern-trails.example.com"),
        ("phone", "+47 22 00 00 00", {}, "+4722000000"),
        ("phone", 4722000000, {}, "4722000000"),
        ("locale", "EN_us", {}, "en-US"),
    ],
)
def test_accepted(kind: str, raw: object, more: dict[str, object], value: object) -> None:
    read = parse(kind, raw, **more)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("kind", "raw", "more", "says"),
    [
        ("text", "abcdef", {"length": 5}, "6 characters; at most 5"),
        ("text", "x" * 4001, {}, "at most 4000"),
        ("text", "a\0b", {}, "NUL"),
        ("text", "a\ud800b", {}, "surrogate"),
        ("text", ["a"], {}, "A list is no single value"),
        ("text", {"a": 1}, {}, "An object is no single value"),
        ("number", "3.5", {}, '"3.5" is not a whole number'),
        ("number", True, {}, "true is not a whole number"),
        ("number", float("nan"), {}, "not a whole number"),
        ("number", float("inf"), {}, "not a whole number"),
        ("number", Decimal("1E+1000000"), {}, "not a whole number"),
        ("number", "1_000", {}, "not a whole number"),
        ("number", "٣", {}, "not a whole number"),
        ("number", 2**63, {}, "too large"),
        ("number", "9" * 5000, {}, "not a whole number"),
        ("decimal", "1,50", {}, "not a decimal number"),
        ("decimal", 59.905, {"length": 10, "scale": 2}, "more digits after the point"),
        ("decimal", 1000, {"length": 5, "scale": 2}, "at most 3 before the point"),
        ("decimal", "1e999", {}, "too many digits"),
        ("decimal", Decimal("0." + "1" * 900), {}, "more digits after the point"),
        ("decimal", float("inf"), {}, "not a decimal number"),
        ("decimal", False, {}, "not a decimal number"),
        ("date", "31/01/2026", {}, "month/day/year"),
        ("date", "2026-02-30", {}, "not a date"),
        ("date", "tomorrow", {}, "not a date"),
        ("date", 1767225600, {}, "not a date"),
        ("date", "1752-12-31T00:00:00Z", {}, "1753"),
        ("date", "9999-12-31T23:59:59-05:00", {}, "9999"),
        ("date", "13/31/2026 13:05 PM", {}, "not a date"),
        ("boolean", "maybe", {}, "neither true nor false"),
        ("boolean", 2, {}, "neither true nor false"),
        ("email", "astrid@", {}, "not an email address"),
        ("email", "astrid@localhost", {}, "not an email address"),
        ("email", "a..b@example.com", {}, "not an email address"),
        ("email", "x" * 65 + "@example.com", {}, "not an email address"),
        ("email", "x@" + "example." * 40 + "com", {}, "at most 254"),
        ("phone", "1234567890123456", {}, "15 digits"),
        ("phone", "call me", {}, "not a telephone number"),
        ("locale", "english", {}, "not a locale"),
    ],
)
def test_refused(kind: str, raw: object, more: dict[str, object], says: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        parse(kind, raw, **more)
    assert says in caught.value.message
    assert caught.value.rule.startswith(("is", "exceeds", "contains"))
    # The example that the error gives would pass.
    parse(kind, caught.value.example, **more)


FIELDS = [
    field("text"), field("text", length=3), field("text", length=5, primary_key=True), field("number"),
    field("decimal"), field("decimal", length=1, scale=0), field("decimal", length=4, scale=4),
    field("decimal", length=18, scale=0), field("decimal", length=19, scale=3), field("decimal", length=38, scale=10),
    field("date"), field("boolean"), field("email"), field("phone"), field("locale"),
]  # fmt: skip


@pytest.mark.parametrize("each", FIELDS, ids=lambda f: f"{f.kind}-{f.length}-{f.scale}")
@given(n=st.integers(0, 300))
def test_samples_pass_and_survive_text_storage_and_json(each: Field, n: int) -> None:
    kind = KINDS[each.kind]
    value = kind.sample(each, n)
    assert kind.parse(value, each, NOW, OSLO) == value
    assert kind.parse(kind.to_text(value, each), each, NOW, ZoneInfo("Asia/Tokyo")) == value
    assert kind.parse(kind.to_json(value, each), each, NOW, OSLO) == value
    stored = kind.store(value, each)
    assert isinstance(stored, int if kind.storage(each) == "integer" else str)
    assert kind.load(stored, each) == value
    assert kind.show(value, each, OSLO)
    assert kind.store(None, each) is None
    assert kind.load(None, each) is None
    kind.parse(kind.example(each), each, NOW, OSLO)


@given(
    a=st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**14), max_value=10**14),
    data=st.data(),
)
def test_stored_decimals_sort_as_the_values(a: Decimal, data: st.DataObject) -> None:
    b = data.draw(st.decimals(places=3, min_value=a - 5, max_value=a + 5))
    for length in (18, 25):
        each = field("decimal", length=length, scale=3)
        kind = KINDS["decimal"]
        x, y = (kind.parse(v, each, NOW, OSLO) for v in (a, b))
        stored_x, stored_y = kind.store(x, each), kind.store(y, each)
        assert (stored_x < stored_y) == (x < y)  # type: ignore[operator]
        assert kind.load(stored_x, each) == x


@given(st.datetimes(min_value=datetime(1753, 1, 2), max_value=datetime(9999, 12, 30)))  # noqa: DTZ001 - naive on purpose
def test_dates_survive_to_the_microsecond(naive: datetime) -> None:
    each = field("date")
    kind = KINDS["date"]
    value = kind.parse(naive.isoformat(), each, NOW, OSLO)
    assert kind.load(kind.store(value, each), each) == value
    assert kind.parse(kind.to_text(value, each), each, NOW, OSLO) == value
    kind.show(value, each, OSLO)


def test_dates_for_people() -> None:
    kind = KINDS["date"]
    assert kind.show(parse("date", "2026-01-31"), field("date"), OSLO) == "2026-01-31"
    assert kind.show(parse("date", "2026-01-31T09:05"), field("date"), OSLO) == "2026-01-31 09:05"
    assert kind.show(parse("date", "2026-01-31T09:05:07"), field("date"), OSLO) == "2026-01-31 09:05:07"
    last = parse("date", "9999-12-31T23:59:59Z")
    assert kind.show(last, field("date"), ZoneInfo("Asia/Tokyo")) == "9999-12-31 23:59:59"


@given(st.text(max_size=8))
def test_folding_twice_changes_nothing_and_case_does_not_count(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_folding() -> None:
    assert fold("STRASSE") == fold("straße")
    assert fold("A\u030asa") == fold("Åsa")
