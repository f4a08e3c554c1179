"""`switchback filter`: three forms in, a sentence, diagnostics and a verdict out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.bootstrap import open_workspace
from app.data_extensions.data_extension import DataExtension, Field
from app.services.list_events import list_events
from app.services.save_data_extension import save_data_extension
from tests.cli.conftest import EXAMPLES, KEY, Call

DATA = '{"Cart total": 84.5, "Country": "NO"}'
TEXT = '"Cart total" is greater than 50 and (Country equals "NO" or Country equals "SE")'
SENTENCE = "Cart total is greater than 50 and (Country equals NO or Country equals SE)"
JSON = (
    '{"join": "and", "children": [{"attribute": {"field": "Cart total"}, "operator": "greater_than",'
    ' "operand": {"value": "50"}}]}'
)


def filter_file(folder: Path, text: str) -> Path:
    path = folder / "filter.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_filter_of_a_journey_file(call: Call) -> None:
    answer = call("filter", EXAMPLES / "abandoned-cart.journey", "--data", DATA, "--json")
    assert answer.status == 0
    assert answer.json["form"] == "journey"
    assert answer.json["sentence"] == SENTENCE
    assert answer.json["passes"] is True
    assert answer.json["explanation"]["children"][0]["values"] == [["Cart total", "84.50"]]


def test_json_with_a_verdict_for_people(call: Call, tmp_path: Path) -> None:
    answer = call("filter", filter_file(tmp_path, JSON), "--data", '{"Cart total": 20}')
    assert answer.status == 1
    assert "Does not pass. Not met: Cart total is greater than 50" in answer.out
    assert "  no  Cart total is greater than 50" in answer.out


def test_text_and_xml_written_by_us_are_read_again(call: Call, running: Path, tmp_path: Path) -> None:
    said = call("filter", EXAMPLES / "abandoned-cart.journey", "--json").json
    path = filter_file(tmp_path, said["text"])
    with_event = call("filter", path, "--event", KEY, "--workspace", running, "--data", DATA, "--json")
    assert with_event.status == 0
    assert (with_event.json["form"], with_event.json["sentence"]) == ("text", SENTENCE)
    guessed = call("filter", path, "--data", DATA)
    assert guessed.status == 0
    assert guessed.out.startswith(SENTENCE)
    xml = (
        '<FilterDefinition><ConditionSet Operator="AND" ConditionSetName="Individual Filter Grouping">'
        f'<Condition Key="Event.{KEY}.Cart total" Operator="GreaterThan"><Value><![CDATA[50]]></Value></Condition>'
        "</ConditionSet></FilterDefinition>"
    )
    answer = call("filter", filter_file(tmp_path, xml), "--event", KEY, "--workspace", running, "--json")
    assert answer.json["form"] == "xml"
    assert answer.json["sentence"] == "Cart total is greater than 50"
    assert answer.json["passes"] is None


@pytest.mark.parametrize(
    "text", ["<FilterDefinition><Nope/>", '{"join": "and", "children": 5}', "Cart total is is 5", "{"]
)
def test_what_is_no_filter_is_refused_with_its_place(call: Call, tmp_path: Path, text: str) -> None:
    answer = call("filter", filter_file(tmp_path, text), "--data", DATA)
    assert answer.status == 2
    assert "line 1, column" in answer.err


def test_a_filter_that_cannot_be_asked(call: Call, tmp_path: Path) -> None:
    answer = call("filter", filter_file(tmp_path, JSON.replace('"50"', '"lots"')), "--data", DATA, "--json")
    assert answer.status == 1
    assert answer.json["diagnostics"][0]["severity"] == "error"


def test_an_unknown_event_and_data_that_does_not_fit(call: Call, running: Path, tmp_path: Path) -> None:
    path = filter_file(tmp_path, JSON)
    unknown = call("filter", path, "--event", "nope", "--workspace", running)
    assert unknown.status == 2
    assert KEY in unknown.err
    wrong = call("filter", path, "--event", KEY, "--workspace", running, "--data", '{"Cart total": "lots"}')
    assert wrong.status == 2
    assert "Cart total" in wrong.err


def test_contact_data_of_the_contact_that_the_data_names(call: Call, running: Path, tmp_path: Path) -> None:
    opened = open_workspace(str(running))
    fields = (Field("f_member", "Member", "text", 50), Field("f_tier", "Rank", "text", 20))
    tiers = save_data_extension(opened, DataExtension("", "tiers", "Tiers", fields=fields))
    tiers = save_data_extension(opened, replace(tiers, link=tiers.fields[0].id))
    with opened.unit_of_work() as work:
        for contact in ("NTO-1", "kari@example.com"):
            for tier in ("Silver", "Gold"):
                work.data_extensions.write(tiers, {tiers.fields[0].id: contact, tiers.fields[1].id: tier})
        work.commit()
    opened.close()
    path = filter_file(tmp_path, 'Tiers.Rank = "Gold"')
    asked = ("filter", path, "--event", KEY, "--workspace", running, "--data")
    data = json.dumps({"Country": "NO"})
    assert call(*asked, data, "--contact", "NTO-1").status == 0
    for words in ((), ("--contact", "NTO-2")):
        unknown = call(*asked, data, *words)
        assert unknown.status == 1
        assert "Rank" in unknown.out
    _name_the_contact_in("Email", running)
    assert call(*asked, json.dumps({"Email": "kari@example.com"})).status == 0


def _name_the_contact_in(column: str, place: Path) -> None:
    opened = open_workspace(str(place))
    card = next(each for each in list_events(opened) if each.definition.key == KEY)
    assert card.data_extension is not None
    field = card.data_extension.named(column)
    assert field is not None
    save_data_extension(opened, replace(card.data_extension, link=field.id))
    opened.close()
