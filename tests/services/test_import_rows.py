"""Rows of a CSV file into a data extension: what is bad is listed, what is good is written, and it can be ended."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import open_workspace
from app.data_extensions.data_extension import DataExtension, Field
from app.exchange.csv_table import CsvTable, look_at_csv
from app.kernel.errors import UnreadableFile
from app.services.import_rows import MOST_LISTED, check_import, import_rows, match_columns
from app.services.page_rows import page_rows
from app.services.save_data_extension import save_data_extension
from app.services.workspace import Workspace

PEOPLE = DataExtension(
    "11111111-1111-1111-1111-111111111111",
    "People",
    "People",
    fields=(
        Field("f_key", "SubscriberKey", "text", 20, required=True, primary_key=True),
        Field("f_mail", "EmailAddress", "email"),
        Field("f_total", "Cart total", "decimal", 10, 2, required=True),
        Field("f_from", "Country", "text", 2, default="NO"),
    ),
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(str(tmp_path / "rows.switchback"))
    save_data_extension(opened, PEOPLE)
    yield opened
    opened.close()


def table(text: str) -> CsvTable:
    content = text.encode()
    return look_at_csv(lambda: io.BytesIO(content), "people.csv", len(content))


def never() -> bool:
    return False


def deaf(_read: int) -> None:
    return None


def stored(workspace: Workspace) -> list[tuple[object, ...]]:
    return [tuple(str(value) for value in row) for row in page_rows(workspace, PEOPLE.id, 0, 50).rows]


GOOD_AND_BAD = (
    "subscriber_key,EmailAddress,Cart Total,Shoe\n"
    "N-1,kari@example.com,12.50,42\n"
    "N-2,nobody,a lot,43\n"
    ",ola@example.com,7,44\n"
    "N-4,,3,45,46,47\n"
    "N-5,,9.99,\n"
)


def test_columns_meet_fields_by_name_capitals_and_gaps_aside() -> None:
    found = match_columns(PEOPLE, ("subscriber_key", "Cart Total", "Shoe"))
    assert found.to_field == {"subscriber_key": "SubscriberKey", "Cart Total": "Cart total"}
    assert found.ignored == ("Shoe",)
    assert found.missing == ()
    assert match_columns(PEOPLE, ("EmailAddress",)).missing == ("SubscriberKey", "Cart total")


def test_every_bad_row_is_listed_with_number_column_value_and_rule(workspace: Workspace) -> None:
    report = check_import(workspace, "people", table(GOOD_AND_BAD), never, deaf)
    assert (report.good, report.bad_rows) == (2, 3)
    said = [(bad.number, bad.column, bad.value) for bad in report.bad]
    assert said == [
        (3, "EmailAddress", "nobody"),
        (3, "Cart total", "a lot"),
        (4, "SubscriberKey", ""),
        (5, "", ""),
    ]
    assert all(bad.message for bad in report.bad)
    assert "6 values" in report.bad[-1].message
    assert page_rows(workspace, PEOPLE.id, 0, 1).total == 0, "a check writes nothing"


def test_the_good_rows_are_written_and_known_keys_updated(workspace: Workspace) -> None:
    report = import_rows(workspace, "people", table(GOOD_AND_BAD), never, deaf)
    assert (report.written, report.bad_rows) == (2, 3)
    assert stored(workspace) == [("N-1", "kari@example.com", "12.50", "NO"), ("N-5", "None", "9.99", "NO")]
    again = "SubscriberKey,EmailAddress,Cart total\nN-1,,20\nN-6,per@example.com,1\n"
    assert import_rows(workspace, "People", table(again), never, deaf).written == 2
    assert stored(workspace)[0] == ("N-1", "kari@example.com", "20.00", "NO"), "an empty cell leaves what is there"
    assert page_rows(workspace, PEOPLE.id, 0, 1).total == 3


def many(count: int, *, bad: bool = False) -> CsvTable:
    lines = "".join(f"N-{n},{'no' if bad else n}\n" for n in range(count))
    return table(f"SubscriberKey,Cart total\n{lines}")


def test_the_person_can_end_it_and_what_was_written_stays(workspace: Workspace) -> None:
    asked = iter([False, True])
    report = import_rows(workspace, "People", many(2000), lambda: next(asked), deaf)
    assert report.stopped
    assert report.written == 500
    assert page_rows(workspace, PEOPLE.id, 0, 1).total == 500
    assert check_import(workspace, "People", many(2000), lambda: True, deaf).stopped


def test_of_very_many_bad_rows_the_first_are_listed_and_all_counted(workspace: Workspace) -> None:
    report = check_import(workspace, "People", many(MOST_LISTED + 50, bad=True), never, deaf)
    assert report.bad_rows == MOST_LISTED + 50
    assert len(report.bad) == MOST_LISTED


def test_how_far_the_file_was_read_is_told(workspace: Workspace) -> None:
    heard: list[int] = []
    source = many(20_000)
    check_import(workspace, "People", source, never, heard.append)
    assert heard == sorted(heard)
    assert heard[0] < source.size
    assert heard[-1] == source.size


def test_a_file_that_breaks_off_keeps_what_was_read_before(workspace: Workspace) -> None:
    lines = "".join(f"N-{n},{n}\n" for n in range(1200))
    content = f"SubscriberKey,Cart total\n{lines}".encode() + b"x" * 300_000 + b"\xff,1\n"
    source = look_at_csv(lambda: io.BytesIO(content), "people.csv", len(content))
    with pytest.raises(UnreadableFile, match="row 1202"):
        import_rows(workspace, "People", source, never, deaf)
    assert page_rows(workspace, PEOPLE.id, 0, 1).total == 1000


def test_decimal_commas_become_numbers_and_stay_as_they_are_in_texts(workspace: Workspace) -> None:
    found = import_rows(workspace, "People", table("SubscriberKey;Cart total\n7,5;84,5\n8,5;1250\n"), never, deaf)
    assert found.bad == []
    assert [(row[0], row[2]) for row in stored(workspace)] == [("7,5", "84.50"), ("8,5", "1250.00")]
