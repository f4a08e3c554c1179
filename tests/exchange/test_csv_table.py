"""CSV files as people have them, and those that are none."""

from __future__ import annotations

import codecs
import io

import pytest

from app.exchange.csv_table import CsvTable, look_at_csv
from app.exchange.decimal_comma import comma_columns
from app.exchange.guess_schema import guess_schema
from app.kernel.errors import UnreadableFile


def look(content: bytes, name: str = "people.csv") -> CsvTable:
    return look_at_csv(lambda: io.BytesIO(content), name, len(content))


def cells(table: CsvTable) -> list[dict[str, str]]:
    return [dict(row.cells) for row in table.rows()]


PLAIN = 'SubscriberKey,Name,Total\nN-1,"Bø, Kari",12.50\nN-2,"says ""hi""",3\n'


@pytest.mark.parametrize(
    ("content", "encoding", "separator"),
    [
        (PLAIN.encode(), "utf-8", ","),
        (codecs.BOM_UTF8 + PLAIN.encode(), "utf-8-sig", ","),
        (PLAIN.encode("utf-16"), "utf-16", ","),
        (PLAIN.encode("cp1252"), "cp1252", ","),
        (PLAIN.replace("\n", "\r\n").encode(), "utf-8", ","),
        (b"sep=;\r\n" + 'SubscriberKey;Name;Total\nN-1;"Bø, Kari";12.50\nN-2;"says ""hi""";3\n'.encode(), "utf-8", ";"),
        ('SubscriberKey;Name;Total\nN-1;Bø, Kari;12.50\nN-2;"says ""hi""";3\n'.encode(), "utf-8", ";"),
        ('SubscriberKey\tName\tTotal\nN-1\tBø, Kari\t12.50\nN-2\t"says ""hi"""\t3\n'.encode(), "utf-8", "\t"),
    ],
)
def test_every_usual_way_of_writing_gives_the_same_rows(content: bytes, encoding: str, separator: str) -> None:
    table = look(content)
    assert (table.encoding, table.separator) == (encoding, separator)
    assert table.columns == ("SubscriberKey", "Name", "Total")
    assert cells(table) == [
        {"SubscriberKey": "N-1", "Name": "Bø, Kari", "Total": "12.50"},
        {"SubscriberKey": "N-2", "Name": 'says "hi"', "Total": "3"},
    ]
    assert bool(table.notes) == (encoding == "cp1252"), "what was assumed is said"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (codecs.BOM_UTF8 + b"\r\n", "is empty"),
        (b"PK\x03\x04rest", "Excel workbook"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "no text file"),
        (b",".join(b"c%d" % n for n in range(900)) + b"\n", "900 columns"),
    ],
)
def test_what_is_no_csv_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said) as caught:
        look(content)
    assert caught.value.hint


def test_rows_are_numbered_as_in_a_spreadsheet_and_long_ones_say_so() -> None:
    rows = list(look(b"a,b\n1,2\n\n3,4,5\n6\n").rows())
    assert [(row.number, row.trouble) for row in rows] == [
        (2, ""),
        (4, "The row has 3 values, and the file has 2 columns."),
        (5, ""),
    ]
    assert rows[-1].cells == {"a": "6"}, "what the row does not reach is missing"


def test_a_quote_that_is_not_closed_is_found() -> None:
    content = b"a,b\n" + b'1,"' + b"x" * 200_000 + b"\n"
    with pytest.raises(UnreadableFile, match="a quote is not closed"):
        list(look(content).rows())


def test_bytes_of_another_encoding_far_down_are_found_with_their_row() -> None:
    content = b"a,b\n" + b"1,2\n" * 200_000 + b"1,\xff\xfe\n"
    with pytest.raises(UnreadableFile, match="no UTF-8 text") as caught:
        list(look(content).rows())
    assert caught.value.line > 190_000
    assert "UTF-8" in caught.value.hint


def test_a_large_file_is_read_row_by_row() -> None:
    read = []
    content = b"a,b\n" + b"1,2\n" * 500_000
    rows = look(content).rows(read.append)
    next(rows)
    assert read[-1] < 100_000, "the rest waits"


def test_names_of_columns_are_made_whole_and_unique() -> None:
    assert look(b"Name,,name,Name\nx,y,z,w\n").columns == ("Name", "Column 2", "name 2", "Name 3")


def test_a_first_row_of_data_is_no_head_and_can_be_told_so() -> None:
    table = look(b"kari@example.com,12\nola@example.com,15\n")
    assert not table.has_head
    assert table.columns == ("Column 1", "Column 2")
    assert [row.number for row in table.rows()] == [1, 2]
    told = table.with_head(True)
    assert told.columns == ("kari@example.com", "12")
    assert [row.number for row in told.rows()] == [2]


def test_kinds_are_guessed_from_the_first_rows() -> None:
    content = (
        "Customer ID,Mail,Visits,Total,Since,Newsletter,Zip,Note\n"
        "N-1,kari@example.com,3,12.50,2026-01-02,true,0150,hello\n"
        "N-2,ola@example.com,,7,2025-12-24,false,9008,\n"
    )
    made = guess_schema(look(content.encode()), "People")
    kinds = {each.name: (each.kind, each.length, each.scale) for each in made.fields}
    assert kinds == {
        "Customer ID": ("text", 50, None),
        "Mail": ("email", None, None),
        "Visits": ("number", None, None),
        "Total": ("decimal", 18, 2),
        "Since": ("date", None, None),
        "Newsletter": ("boolean", None, None),
        "Zip": ("text", 50, None),
        "Note": ("text", 50, None),
    }
    assert [each.name for each in made.primary_keys] == ["Customer ID"]
    assert made.link == made.fields[0].id


def test_a_column_with_gaps_or_repeats_is_no_key() -> None:
    made = guess_schema(look(b"id,name\n1,a\n1,b\n,c\n"), "x")
    assert made.primary_keys == ()
    assert made.link is None


@pytest.mark.parametrize("text", ["a\n", "a,b\n", ";;;\n1;2;3;4\n", "x,y\n1,2\n"])
def test_small_files_are_read(text: str) -> None:
    assert look(text.encode()).columns


@pytest.mark.parametrize(
    ("content", "columns"),
    [
        (b"name;total\na;84,5\nb;1250\n", {"total"}),
        (b"name;total\na;1,250\nb;3,000\n", set()),
        (b"name;total\na;84,5\nb;84.5\n", set()),
        (b"name;total\na;\nb;-0,25\n", {"total"}),
        (b"name,total\na,84\n", set()),
        (b"name;total\na;84,5\nb;about 3\n", set()),
    ],
)
def test_a_decimal_comma_is_one_only_where_it_can_be_nothing_else(content: bytes, columns: set[str]) -> None:
    assert comma_columns(look(content)) == columns


def test_a_column_with_decimal_commas_is_guessed_to_be_decimal() -> None:
    made = guess_schema(look(b"name;total\na;84,5\nb;1250,25\n"), "Carts")
    total = next(field for field in made.fields if field.name == "total")
    assert (total.kind, total.scale) == ("decimal", 2)
