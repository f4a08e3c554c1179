"""A row that comes in: every bad column is named, with what would pass."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from app.data_extensions.check_row import Nulls, RowChecker, RowFidelity, UnknownColumns, check_row
from app.data_extensions.data_extension import DataExtension, Field
from app.kernel.errors import Severity

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
OSLO = ZoneInfo("Europe/Oslo")
CARTS = DataExtension(
    "id-1",
    "abandoned_carts",
    "Abandoned carts",
    fields=(
        Field("f_key", "SubscriberKey", "text", length=50, required=True, primary_key=True),
        Field("f_total", "Cart total", "decimal", length=10, scale=2, required=True),
        Field("f_country", "Country", "text", length=2),
        Field("f_email", "Email", "email", required=True),
        Field("f_at", "Abandoned at", "date", default="GetDate()"),
        Field("f_loyalty", "Loyalty", "text", length=10, default="None"),
    ),
)
GOOD = {"SubscriberKey": "NTO-1001", "Cart total": 59.9, "Country": "NO", "Email": "astrid@example.com"}


def test_a_good_row_gets_its_defaults() -> None:
    row = check_row(CARTS, GOOD, NOW, OSLO)
    assert row.ok
    assert row.warnings == ()
    assert row.values == {
        "f_key": "NTO-1001",
        "f_total": Decimal("59.90"),
        "f_country": "NO",
        "f_email": "astrid@example.com",
        "f_at": NOW,
        "f_loyalty": "None",
    }
    assert row.given == {"f_key", "f_total", "f_country", "f_email"}


def test_every_bad_column_is_reported_in_the_words_of_the_original() -> None:
    row = check_row(CARTS, {"Cart total": "lots", "Country": "NORWAY", "Email": "nobody"}, NOW, OSLO)
    assert not row.ok
    assert [p.where for p in row.problems] == ["SubscriberKey", "Cart total", "Country", "Email"]
    messages = [p.message for p in row.problems]
    assert messages == [
        "The value for column [SubscriberKey] is required and was not given.",
        "The value for column [Cart total] is not a valid decimal.",
        "The value for column [Country] exceeds the column's maximum length.",
        "The value for column [Email] is not a valid email address. Parse error [InvalidEmailAddress]",
    ]
    assert '"lots" is not a decimal number. For example: 59.90' in row.problems[1].hint
    assert all("For example: " in p.hint for p in row.problems)


def test_an_unknown_column_is_ignored_with_a_warning_that_names_the_nearest() -> None:
    row = check_row(CARTS, {**GOOD, "cart total": 1, "Contry": "NO", "Zzz": 1}, NOW, OSLO)
    assert row.ok
    assert [w.hint.split("?")[0] for w in row.warnings[:2]] == ["Did you mean [Cart total]", "Did you mean [Country]"]
    assert "Its columns are SubscriberKey, Cart total" in row.warnings[2].hint
    assert all(w.severity is Severity.WARNING for w in row.warnings)


def test_an_unknown_column_can_be_refused() -> None:
    fidelity = RowFidelity(unknown_columns=UnknownColumns.REFUSE)
    row = check_row(CARTS, {**GOOD, "Contry": "NO"}, NOW, OSLO, fidelity)
    assert [(p.code, p.where, p.severity) for p in row.problems] == [("unknown_column", "Contry", Severity.ERROR)]


def test_null_is_no_value() -> None:
    row = check_row(CARTS, {**GOOD, "Country": None, "Loyalty": None, "Email": None}, NOW, OSLO)
    assert [p.where for p in row.problems] == ["Email"]
    assert row.values["f_country"] is None
    # A null empties an optional column: its default fills gaps only.
    assert row.values["f_loyalty"] is None
    assert "f_loyalty" in row.given
    refused = check_row(CARTS, {**GOOD, "Country": None}, NOW, OSLO, RowFidelity(nulls=Nulls.REFUSE))
    assert [p.code for p in refused.problems] == ["null"]


def test_blank_is_no_value_but_for_an_optional_text() -> None:
    row = check_row(
        CARTS, {**GOOD, "SubscriberKey": "", "Country": "", "Abandoned at": "", "Cart total": ""}, NOW, OSLO
    )
    assert [p.where for p in row.problems] == ["SubscriberKey", "Cart total"]
    assert row.values["f_country"] == ""
    assert row.values["f_at"] is None


def test_names_may_ignore_case_where_that_is_set_and_the_exact_name_wins() -> None:
    data = {"subscriberkey": "K", "CART TOTAL": 1, "Cart total": 2, "email": "a@example.com"}
    strict = check_row(CARTS, data, NOW, OSLO)
    assert [p.where for p in strict.problems] == ["SubscriberKey", "Email"]
    row = check_row(CARTS, data, NOW, OSLO, RowFidelity(names_ignore_case=True))
    assert row.ok
    assert row.values["f_key"] == "K"
    assert row.values["f_total"] == Decimal("2.00")


def test_reserved_names_are_dropped_without_a_word() -> None:
    checker = RowChecker(CARTS, OSLO, reserved=("eventInstanceId",))
    assert checker.check({**GOOD, "eventInstanceId": "x"}, NOW).warnings == ()


def test_a_default_that_does_not_fit_fills_nothing() -> None:
    schema = DataExtension("i", "k", "n", fields=(Field("f", "F", "number", required=True, default="many"),))
    assert [p.code for p in check_row(schema, {}, NOW, OSLO).problems] == ["required"]
