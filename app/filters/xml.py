"""The original's filter XML, both ways (reference, 5.2). What came from XML goes back as it was.

Where an element says more than, or says it differently from, what we would write, it is kept on the node (`extra`) and
written again as long as it still means the node's condition. Entities and document types are refused: an entry filter
has no use for them, and they are how XML attacks its reader.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from app.filters.catalog import Catalog
from app.filters.compile import where
from app.filters.prune import check_limits
from app.filters.tree import Condition, Extra, Group, Join, Node
from app.filters.xml_conditions import Element, Terms
from app.filters.xml_losses import fit
from app.filters.xml_reader import Tag, read_tags
from app.kernel.errors import InvalidInput, Problem, UnreadableFile

_SET_NAME = ("ConditionSetName", "Individual Filter Grouping")
_MARKS = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
# No name of XML holds a slash: what is not an attribute of the element itself is kept under such names.
_ROOT = "/root/"
_NO_ATTRIBUTES = ("/form", "no attributes")
_BARE = ("/form", "no ConditionSet")


def from_xml(text: str | bytes, catalog: Catalog, event_key: str = "") -> Group:
    """The filter of a FilterDefinition. `event_key` is the Event Definition Key that its journey data goes by.

    Fields that the catalog does not have stay as they are named, and are diagnosed. Raises UnreadableFile with line
    and column, InvalidInput for a tree beyond the limits.
    """
    root = read_tags(text)
    if root.name != "FilterDefinition":
        raise _unreadable(root, f"The root is {root.name}, and must be FilterDefinition.")
    terms = Terms(catalog, event_key)
    rest: Extra = tuple((f"{_ROOT}{name}", value) for name, value in root.attributes)
    if not root.children:
        return Group(extra=(*rest, _BARE))
    if len(root.children) > 1 or root.children[0].name != "ConditionSet":
        raise _unreadable(root.children[-1], "A FilterDefinition holds one ConditionSet.")
    group = _group(root.children[0], terms)
    if rest:
        # An empty tail would read as an element without attributes of its own.
        own = group.extra or _set_attributes(group.join)
        group = Group(group.join, group.children, extra=(*rest, *own))
    check_limits(group)
    return group


def to_xml(group: Group, catalog: Catalog, event_key: str = "") -> str:
    """The FilterDefinition of a tree that XML can carry.

    Raises InvalidInput with everything that it cannot: `xml_losses.fit` gives a tree that says the same, where there
    is one.
    """
    losses = fit(group, catalog).losses
    if losses:
        problems = tuple(Problem("not_in_xml", loss.message, where(loss.path)) for loss in losses)
        raise InvalidInput("Marketing Cloud's XML cannot carry this filter as it is.", problems)
    terms = Terms(catalog, event_key)
    root = [(name.removeprefix(_ROOT), value) for name, value in group.extra if name.startswith(_ROOT)]
    own: Extra = tuple(pair for pair in group.extra if not pair[0].startswith(_ROOT))
    if own == (_BARE,) and not group.children:
        return f"<FilterDefinition{_attributes(root)}/>"
    inner = _write(Group(group.join, group.children, extra=own), terms)
    return f"<FilterDefinition{_attributes(root)}>{inner}</FilterDefinition>"


def _group(tag: Tag, terms: Terms) -> Group:
    operator = dict(tag.attributes).get("Operator", "AND")
    if operator.upper() not in ("AND", "OR"):
        raise _unreadable(tag, f"A ConditionSet is joined by AND or OR, not by {operator!r}.")
    join = Join.ALL if operator.upper() == "AND" else Join.ANY
    extra = () if tag.attributes == _set_attributes(join) else tag.attributes or (_NO_ATTRIBUTES,)
    children: list[Node] = []
    for child in tag.children:
        if child.name == "ConditionSet":
            children.append(_group(child, terms))
        elif child.name == "Condition":
            children.append(_condition(child, terms))
        else:
            raise _unreadable(child, f"A ConditionSet holds Conditions and ConditionSets, and no {child.name}.")
    return Group(join, tuple(children), extra=extra)


def _condition(tag: Tag, terms: Terms) -> Condition:
    value, path = tag, None
    if tag.children and tag.children[0].name == "AttributePath":
        value = tag.children[0]
        path = value.attributes
    texts = [child for child in value.children if child.name == "Value"]
    if len(texts) != 1 or len(value.children) != 1 or (path is not None and len(tag.children) != 1):
        raise _unreadable(tag, "A Condition holds one Value, by itself or in an AttributePath.")
    names = dict(tag.attributes)
    if "Operator" not in names or not (names.get("Key") or names.get("ID")):
        raise _unreadable(tag, "A Condition needs the attributes Key (or ID) and Operator.")
    return terms.read(Element(tag.attributes, texts[0].text, path))


def _write(node: Node, terms: Terms) -> str:
    if isinstance(node, Condition):
        element = terms.element(node)
        text = "]]]]><![CDATA[>".join(element.value.split("]]>"))
        value = f"<Value><![CDATA[{text}]]></Value>"
        if element.path is not None:
            value = f"<AttributePath{_attributes(element.path)}>{value}</AttributePath>"
        return f"<Condition{_attributes(element.attributes)}>{value}</Condition>"
    kept = tuple(pair for pair in node.extra if not pair[0].startswith("/"))
    if dict(kept).get("Operator", "AND").upper() != _word(node.join):
        kept = (("Operator", _word(node.join)), *(pair for pair in kept if pair[0] != "Operator"))
    attributes = kept if node.extra else _set_attributes(node.join)
    inner = "".join(_write(child, terms) for child in node.children)
    return f"<ConditionSet{_attributes(attributes)}>{inner}</ConditionSet>"


def _set_attributes(join: Join) -> Extra:
    return (("Operator", _word(join)), _SET_NAME)


def _word(join: Join) -> str:
    return "AND" if join is Join.ALL else "OR"


def _attributes(pairs: list[tuple[str, str]] | Extra) -> str:
    return "".join(f' {name}="{escape(value, _MARKS)}"' for name, value in pairs)


def _unreadable(tag: Tag, message: str) -> UnreadableFile:
    return tag.error(message)
