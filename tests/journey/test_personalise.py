"""Personalisation: which forms are read, what becomes of missing values, and that HTML stays whole."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data_extensions.data_extension import DataExtension, Field
from app.journey.personalise import Rendered, looks_like_html, render, show_value, token_for, tokens, unknown_names

SCHEMA = DataExtension(
    "d",
    "k",
    "Carts",
    fields=(
        Field("f1", "First name", "text"),
        Field("f2", "Total", "decimal", 18, 2),
        Field("f3", "a|b", "text"),
        Field("f4", "Odd", "from a newer Switchback"),
    ),
)
RECORD = {"f1": "Ann", "f2": Decimal("12.50"), "f3": "bar", "f4": 7}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hi {{First name}}!", "Hi Ann!"),
        ("{{ First name }}{{Total}}", "Ann12.50"),
        ('{{Event.APIEvent-1."First name"}}', "Ann"),
        ("{{Event.APIEvent-1.First name}}", "Ann"),
        ("{{First name | friend}}", "Ann"),
        ("{{a|b}}", "bar"),
        ("{{a|b | x}}", "bar"),
        ("{{Odd}}", "7"),
        ("{{Contact.Key}}", "NTO-1"),
        ("{First name} {{}} { {", "{First name}  { {"),
        ("", ""),
    ],
)
def test_forms(text: str, shown: str) -> None:
    assert render(text, SCHEMA, RECORD, contact_key="NTO-1").text == shown


def test_missing_and_unknown_values_are_reported() -> None:
    text = "Hi {{First name}} {{First name}} {{Total | nothing}} {{Nope}} {{Gone | there}}"
    assert render(text, SCHEMA, {"f1": ""}) == Rendered("Hi   nothing  there", ("First name",), ("Nope", "Gone"))
    assert unknown_names(text, SCHEMA) == ("Nope", "Gone")
    assert unknown_names("{{Contact.Key}} {{x}}", None) == ("x",)
    assert render("{{x}}", None, {}).unknown == ("x",)
    assert show_value(None, SCHEMA.fields[0], UTC) == ""
    assert show_value(datetime(2026, 1, 1, tzinfo=UTC), Field("f", "D", "date"), UTC).startswith("2026-01-01")


def test_values_cannot_break_html() -> None:
    record = {"f1": "<script>&"}
    assert render("<b>{{First name}}</b>", SCHEMA, record).text == "<b>&lt;script&gt;&amp;</b>"
    assert render("{{First name}} < 3", SCHEMA, record).text == "<script>& < 3"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b > c", False),
        ("<p>x", True),
        ("x</P>", True),
        ("<!doctype html>", True),
        ("<!-- x -->", True),
        ("", False),
    ],
)
def test_what_is_html(text: str, html: bool) -> None:
    assert looks_like_html(text) is html


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    rendered = render(text, SCHEMA, RECORD)
    if not tokens(text):
        assert rendered == Rendered(text)


def test_a_token_reads_as_its_field() -> None:
    for field in SCHEMA.fields:
        assert [each.name for each in tokens(token_for(field.name), SCHEMA)] == [field.name]
