"""The original's filter XML: what came from it goes back as it was, what it cannot carry is named."""

from __future__ import annotations

from xml.etree.ElementTree import canonicalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data_extensions.data_extension import DataExtension, Field
from app.filters import paths
from app.filters.catalog import Catalog
from app.filters.compile import compile_filter
from app.filters.diagnose import diagnose
from app.filters.document import from_document, to_document
from app.filters.sentence import sentence
from app.filters.text import parse, to_text
from app.filters.tree import (
    EMPTY,
    Attribute,
    Condition,
    Group,
    Literal,
    Literals,
    OtherAttribute,
    Range,
    RelativeDate,
    Span,
    Unit,
)
from app.filters.xml import from_xml, to_xml
from app.filters.xml_losses import fit
from app.kernel.errors import InvalidInput, UnreadableFile
from tests.filters.simple import (
    CATALOG,
    COUNT,
    COUNTRY,
    MEMBER,
    NOW,
    ORDERED,
    OSLO,
    REGION,
    TIER,
    TOTAL,
    all_of,
    any_of,
    ask,
)
from tests.filters.worlds import trees, worlds

SET = '<ConditionSet Operator="AND" ConditionSetName="Individual Filter Grouping">'
EMAIL = Field("f_mail", "Email", "email")
ITEM = Field("f_item", "ItemID", "text")
DONATION = DataExtension(
    "de_d",
    "d",
    "Donation__c_Salesforce_1",
    fields=(Field("f_dd", "Date__c", "date"), Field("f_ds", "Status__c", "text")),
)
CONTACT = DataExtension(
    "de_c",
    "c",
    "Contact_Salesforce_1",
    fields=(Field("f_m", "MobilePhone", "phone"), Field("f_n", "DoNotCall", "boolean"), Field("f_b", "Born", "date")),
)
STORE = DataExtension("de_s", "s", "Store_Customer_Master", fields=(Field("f_i", "ItemID", "text"),))
ORIGINAL = Catalog(DataExtension("de_e", "e", "Audience", fields=(EMAIL, ITEM)), (CONTACT, DONATION, STORE))

SEEN = {
    "event": f"""<FilterDefinition>{SET}<Condition IsEphemeralAttribute="true" Key="Event.DEAudience-2e3c.Email" """
    """Operator="IsNotNull" UiMetaData="{}"><Value><![CDATA[]]></Value></Condition></ConditionSet></FilterDefinition>""",  # noqa: E501 - as recorded
    "empty": f"<FilterDefinition>{SET}</ConditionSet></FilterDefinition>",
    "contact": f"""<FilterDefinition>{SET}<Condition Key="Contact_Salesforce_1.MobilePhone" Operator="NotContains" """
    """UiMetaData="{&quot;groupToSetRelationshipId&quot;:&quot;2f8a&quot;}"><Value><![CDATA[+886]]></Value></Condition>"""
    """</ConditionSet></FilterDefinition>""",
    "boolean": f"""<FilterDefinition>{SET}<Condition Key="Contact_Salesforce_1.DoNotCall" Operator="Is" UiMetaData="{{}}">"""  # noqa: E501 - as recorded
    """<Value><![CDATA[true]]></Value></Condition></ConditionSet></FilterDefinition>""",
    "path": f"""<FilterDefinition>{SET}<Condition Key="Donation__c_Salesforce_1.Date__c" Operator="AtOrAfter" """
    """UiMetaData="{}"><AttributePath RelationshipID="7f3e"><Value><![CDATA[;-;14;days]]></Value></AttributePath>"""
    """</Condition></ConditionSet></FilterDefinition>""",
    "words": f"""<FilterDefinition>{SET}<Condition Key="Store_Customer_Master_Deduped.StoreKey" """
    """Operator="ExistsInWholeWord"><Value><![CDATA[3001, 3002, 3003]]></Value></Condition></ConditionSet></FilterDefinition>""",  # noqa: E501 - as recorded
    "reference": f"""<FilterDefinition>{SET}<Condition IsEphemeralAttribute="true" Key="Event.DEAudience-2e3c.ItemID" """  # noqa: E501 - as recorded
    """Operator="Equal" UiMetaData="{}" ValueIsReference="true"><Value><![CDATA[Store_Customer_Master.ItemID]]></Value>"""  # noqa: E501 - as recorded
    """</Condition></ConditionSet></FilterDefinition>""",
    "nested": """<FilterDefinition><ConditionSet Operator="OR" ConditionSetName="Individual Filter Grouping">"""
    f"""{SET}<Condition Key="Donation__c_Salesforce_1.Date__c" Operator="AtOrAfter" UiMetaData="{{}}">"""
    """<Value><![CDATA[;-;14;days]]></Value></Condition><Condition Key="Donation__c_Salesforce_1.Status__c" """
    """Operator="Equal" UiMetaData="{}"><Value><![CDATA[ Processed ]]></Value></Condition></ConditionSet>"""
    f"""{SET}<Condition Key="Donation__c_Salesforce_1.Status__c" Operator="Equal" UiMetaData="{{}}"><Value>"""
    """<![CDATA[Pending]]></Value></Condition></ConditionSet></ConditionSet></FilterDefinition>""",
    "by id": """<FilterDefinition><ConditionSet Operator="AND" ConditionSetName="Individual Filter Grouping">"""
    """<Condition ID="0b2c" isParam="false" isPathed="true" pathAttrGroupID="9" Operator="Equal">"""
    """<Value><![CDATA[x]]></Value></Condition></ConditionSet></FilterDefinition>""",
    "data filter": """<FilterDefinition Source="a'b"><ConditionSet Operator="AND" ConditionSetName="Outer Grouping">"""
    """<Condition Key="Audience.Email" Operator="Begins" Source="DataExtension" SourceID="8d"><Value><![CDATA[a]]]]>"""
    """<![CDATA[>b]]></Value></Condition></ConditionSet></FilterDefinition>""",
    "unknown operator": f"""<FilterDefinition>{SET}<Condition Key="Audience.Email" Operator="SoundsLike" UiMetaData="{{}}">"""  # noqa: E501 - as recorded
    """<Value><![CDATA[x]]></Value></Condition></ConditionSet></FilterDefinition>""",
    "is not": f"""<FilterDefinition>{SET}<Condition Key="Contact_Salesforce_1.DoNotCall" Operator="IsNot" UiMetaData="{{}}">"""  # noqa: E501 - as recorded
    """<Value><![CDATA[True]]></Value></Condition></ConditionSet></FilterDefinition>""",
    "boolean equal": f"""<FilterDefinition>{SET}<Condition Key="Contact_Salesforce_1.DoNotCall" Operator="Equal" """
    """UiMetaData="{}"><Value><![CDATA[false]]></Value></Condition></ConditionSet></FilterDefinition>""",
    "boolean nonsense": f"""<FilterDefinition>{SET}<Condition Key="Contact_Salesforce_1.DoNotCall" Operator="Is" """
    """UiMetaData="{}"><Value><![CDATA[maybe]]></Value></Condition></ConditionSet></FilterDefinition>""",
    "date by number": f"""<FilterDefinition>{SET}<Condition Key="Contact_Salesforce_1.Born" Operator="GreaterThan" """
    """UiMetaData="{}"><Value><![CDATA[2026-01-01]]></Value></Condition></ConditionSet></FilterDefinition>""",
    "lower case": """<FilterDefinition><ConditionSet Operator="or"></ConditionSet></FilterDefinition>""",
    "no attributes": """<FilterDefinition><ConditionSet></ConditionSet></FilterDefinition>""",
    "no set": """<FilterDefinition A="1"/>""",
    "no set nor attribute": """<FilterDefinition/>""",
    "plain key": f"""<FilterDefinition>{SET}<Condition Key="Email" Operator="IsNull" UiMetaData="{{}}">"""
    """<Value><![CDATA[left over]]></Value></Condition></ConditionSet></FilterDefinition>""",
}


NESTED = (
    "(Date__c (Donation__c_Salesforce_1) is on or after today minus 14 days and Status__c (Donation__c_Salesforce_1) "
    "equals Processed) or Status__c (Donation__c_Salesforce_1) equals Pending"
)


@pytest.mark.parametrize("name", SEEN)
def test_what_came_from_xml_goes_back_unchanged(name: str) -> None:
    group = from_xml(SEEN[name], ORIGINAL, "DEAudience-2e3c")
    assert to_xml(group, ORIGINAL, "DEAudience-2e3c") == SEEN[name]
    # Also with another event, after a stay in a file, and after a stay in the text mode.
    assert canonicalize(to_xml(from_document(to_document(group)), ORIGINAL, "other")) == canonicalize(SEEN[name]) or (
        "Event." in SEEN[name]
    )
    assert to_xml(parse(to_text(group, ORIGINAL), ORIGINAL), ORIGINAL, "DEAudience-2e3c") == SEEN[name]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("event", "Email has a value"),
        ("empty", "Everyone passes"),
        ("contact", "MobilePhone (Contact_Salesforce_1) does not contain +886"),
        ("boolean", "DoNotCall (Contact_Salesforce_1) is true"),
        ("path", "Date__c (Donation__c_Salesforce_1) is on or after today minus 14 days"),
        ("words", "the missing field StoreKey (Store_Customer_Master_Deduped) has a word of 3001, 3002, 3003"),
        ("reference", "ItemID equals the value of ItemID (Store_Customer_Master)"),
        ("is not", "DoNotCall (Contact_Salesforce_1) is false"),
        ("boolean equal", "DoNotCall (Contact_Salesforce_1) is false"),
        ("date by number", "Born (Contact_Salesforce_1) is after 2026-01-01"),
        (
            "nested",
            NESTED,
        ),
    ],
)
def test_what_xml_means(name: str, said: str) -> None:
    assert sentence(from_xml(SEEN[name], ORIGINAL, "DEAudience-2e3c"), ORIGINAL) == said


def test_a_plain_filter_keeps_nothing_beside_its_terms() -> None:
    group = from_xml(SEEN["event"], ORIGINAL, "DEAudience-2e3c")
    assert group == all_of(Condition(Attribute("f_mail"), "is_not_null"))
    assert from_xml(SEEN["empty"], ORIGINAL) == EMPTY


def test_an_unknown_field_stays_as_it_is_named() -> None:
    group = from_xml(SEEN["words"], ORIGINAL)
    assert [each.code for each in diagnose(group, ORIGINAL, NOW, OSLO)] == ["no_field"]


def test_an_edited_condition_keeps_what_it_does_not_say_itself() -> None:
    group = from_xml(SEEN["contact"], ORIGINAL)
    node = paths.at(group, (0,))
    assert isinstance(node, Condition)
    edited = Condition(node.attribute, "contains", Literal("+47"), extra=node.extra)
    written = to_xml(paths.replace(group, (0,), edited), ORIGINAL)
    assert 'Operator="Contains"' in written
    assert "groupToSetRelationshipId" in written
    assert "<![CDATA[+47]]>" in written
    swapped = to_xml(Group(group.join.ANY, group.children, extra=(("Operator", "AND"), ("X", "1"))), ORIGINAL)
    assert '<ConditionSet Operator="OR" X="1">' in swapped


@pytest.mark.parametrize(
    ("condition", "losses", "written"),
    [
        (ask(TOTAL, "between", Range(Literal("1"), Literal("5"))), 1, ["GreaterThanOrEqual", "LessThanOrEqual"]),
        (
            ask(ORDERED, "between", Range(Literal("2026-01-01"), RelativeDate(0))),
            1,
            ["AtOrAfter", "AtOrBefore", ";+;0;days"],
        ),
        (ask(COUNTRY, "is_one_of", Literals(("NO", "SE"))), 1, ['Operator="OR"', "NO", "SE"]),
        (ask(ORDERED, "in_the_last", Span(2, Unit.WEEKS)), 1, [";-;14;days", ";+;0;days"]),
        (ask(ORDERED, "in_the_next", Span(3)), 1, [";+;0;days", ";+;3;days"]),
        (ask(ORDERED, "on", RelativeDate(-2, Unit.WEEKS)), 1, [";-;14;days"]),
        (all_of(ask(COUNTRY, "equal", "NO"), negated=True), 1, ['Operator="NotEqual"', 'Operator="IsNull"']),
        (all_of(ask(COUNTRY, "is_null"), negated=True), 1, ['Operator="IsNotNull"']),
        (
            any_of(ask(COUNT, "equal", OtherAttribute(Attribute("f_points", "de_loyalty"))), negated=True),
            1,
            ["IsNull"] * 2,
        ),
        (ask(COUNTRY, "equal", "NO", disabled=True), 1, []),
        (all_of(ask(COUNTRY, "equal", "NO"), disabled=True), 1, []),
        (all_of(negated=True), 1, []),
        (all_of(any_of(), ask(COUNTRY, "equal", "NO"), negated=True), 1, ["NotEqual"]),
        (ask(COUNTRY, "equal", "NO"), 0, ["NO"]),
        (ask(COUNTRY, "exists_in", Literals(("a", "b"))), 0, ["<![CDATA[a, b]]>"]),
        (ask(MEMBER, "is_false"), 0, ["<![CDATA[false]]>"]),
    ],
)
def test_what_xml_cannot_carry_has_an_equivalent(condition: Condition | Group, losses: int, written: list[str]) -> None:
    group = all_of(ask(TIER, "is_null"), condition)
    answer = fit(group, CATALOG)
    assert len(answer.losses) == losses
    assert answer.tree is not None
    text = to_xml(answer.tree, CATALOG, "key")
    position = 0
    for word in written:
        position = text.index(word, position) + 1
    if losses:
        with pytest.raises(InvalidInput) as caught:
            to_xml(group, CATALOG, "key")
        assert len(caught.value.problems) == losses


@pytest.mark.parametrize(
    "node",
    [
        ask(ORDERED, "anniversary_of", "2026-01-01"),
        ask(ORDERED, "in_the_last", Span(1, Unit.MONTHS)),
        ask(ORDERED, "on", RelativeDate(1, Unit.MONTHS)),
        ask(COUNTRY, "equal", " NO"),
        ask(COUNTRY, "equal", "\x01"),
        ask(COUNTRY, "equal", ";-;14;days"),
        ask(COUNTRY, "exists_in", Literals(("a,b",))),
        ask(COUNTRY, "is_one_of", Literals(())),
        ask(COUNTRY, "is_one_of", Literals((" a",))),
        ask(COUNTRY, "sounds_like", "a"),
        ask(COUNTRY, "equal"),
        ask(COUNTRY, "is_null", "x"),
        all_of(ask(COUNTRY, "begins_with", "a"), negated=True),
        all_of(ask(COUNTRY, "is_one_of", Literals(("a",))), all_of(ask(COUNTRY, "ends_with", "a")), negated=True),
    ],
)
def test_what_has_no_equivalent_is_named(node: Condition | Group) -> None:
    answer = fit(all_of(node), CATALOG)
    assert answer.tree is None
    assert not all(loss.solved for loss in answer.losses)
    assert all(loss.message for loss in answer.losses)


def test_a_filter_that_is_switched_off() -> None:
    assert fit(all_of(ask(REGION, "is_null"), disabled=True), CATALOG).tree == EMPTY


@given(st.data())
def test_what_is_written_decides_the_same(data: st.DataObject) -> None:
    world = data.draw(worlds())
    group = data.draw(trees(world))
    answer = fit(group, world.catalog)
    if answer.tree is None:
        return
    back = from_xml(to_xml(answer.tree, world.catalog, "key"), world.catalog, "key")
    if not answer.losses:
        assert back == group
    before = compile_filter(group, world.catalog, world.now, world.tz)
    after = compile_filter(back, world.catalog, world.now, world.tz)
    for record in world.records:
        assert before(record) is after(record)


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("", "no element found", (1, 1)),
        ("<FilterDefinition>", "no element found", (1, 19)),
        ("<Filter/>", "must be FilterDefinition", (1, 1)),
        ("<FilterDefinition>\n <X/></FilterDefinition>", "one ConditionSet", (2, 2)),
        ("<FilterDefinition><ConditionSet/><ConditionSet/></FilterDefinition>", "one ConditionSet", (1, 34)),
        ('<FilterDefinition><ConditionSet Operator="XOR"/></FilterDefinition>', "AND or OR", (1, 19)),
        ("<FilterDefinition><ConditionSet><X/></ConditionSet></FilterDefinition>", "no X", (1, 33)),
        (
            f"<FilterDefinition>{SET}<Condition Key='a.b' Operator='Is'/></ConditionSet></FilterDefinition>",
            "one Value",
            (1, 94),
        ),
        (
            f"<FilterDefinition>{SET}<Condition Key='a.b'><Value/></Condition></ConditionSet></FilterDefinition>",
            "attributes Key",
            (1, 94),
        ),
        ("<FilterDefinition\x00/>", "well-formed", (1, 18)),
        ("<FilterDefinition A='\ud800'/>", "surrogate", (1, 1)),
        ("<A>" * 70, "levels", (1, 193)),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><FilterDefinition/>", "document type", (1, 13)),
        ("<!DOCTYPE x SYSTEM 'file:///etc/passwd'><FilterDefinition/>", "document type", (1, 40)),
    ],
)
def test_what_is_no_filter_has_its_place(text: str, words: str, place: tuple[int, int]) -> None:
    with pytest.raises(UnreadableFile, match=words) as caught:
        from_xml(text, CATALOG)
    assert (caught.value.line, caught.value.column) == place


def test_a_huge_text_is_refused_unread() -> None:
    with pytest.raises(UnreadableFile, match="larger"):
        from_xml(b" " * 4_000_001, CATALOG)


def test_bytes_are_taken_in_their_encoding() -> None:
    text = SEEN["boolean"].replace("true", "Ærlig")
    assert from_xml(f'<?xml version="1.0" encoding="utf-8"?>{text}'.encode(), ORIGINAL).children


def test_limits_hold_for_xml() -> None:
    deep = SET * 26 + "</ConditionSet>" * 26
    with pytest.raises(InvalidInput, match="25 levels"):
        from_xml(f"<FilterDefinition>{deep}</FilterDefinition>", CATALOG)
