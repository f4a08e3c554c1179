"""Write the list of the window's texts for translators: `python packaging/translations.py de`.

Makes resources/translations/switchback_de.ts, or brings it up to date: new texts come in, translations stay, what is
gone goes. Where PySide6's `pyside6-lrelease` is there, the .qm that the window loads is made beside it. Translate with
Qt Linguist (`pyside6-linguist`) or any other editor of .ts files. Run it with the environment that run.py makes.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONTEXT = "Switchback"
_TEXT_AT = {"tr": 0, "mark": 0, "said": 0, "joined": 0, "trn": 1, "counted": 1}
"""Which argument of a call is the text; a plural is known by the words for many."""


@dataclass
class Text:
    """One text: `plural` where a number decides its form; `places` are where it is said, for the translator."""

    source: str
    plural: bool = False
    places: list[str] = field(default_factory=list)


def texts() -> dict[str, Text]:
    """Every text of the window by its source: from the calls of tr, trn, mark and said, then from fixed words."""
    found: dict[str, Text] = {}
    for path in sorted((ROOT / "app").rglob("*.py")):
        for source, plural, line in _calls(ast.parse(path.read_text("utf-8"))):
            text = found.setdefault(source, Text(source))
            text.plural = text.plural or plural
            text.places.append(f"{path.relative_to(ROOT)}:{line}")
    for place, source in _labels():
        if source:
            found.setdefault(source, Text(source)).places.append(place)
    return found


def write(file: Path, language: str) -> int:
    """Write or update a .ts file; how many texts are not translated yet."""
    known = _translations(file)
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    missing = 0
    for text in texts().values():
        message = ET.SubElement(context, "message", {"numerus": "yes"} if text.plural else {})
        for place in text.places:
            name, _, line = place.rpartition(":")
            ET.SubElement(message, "location", filename=f"../../{name}", line=line)
        ET.SubElement(message, "source").text = text.source
        old = known.get(text.source)
        if old is not None and (old.find("numerusform") is not None) == text.plural:
            message.append(old)
            missing += old.get("type") == "unfinished"
            continue
        missing += 1
        empty = ET.SubElement(message, "translation", type="unfinished")
        if text.plural:
            ET.SubElement(empty, "numerusform")
    ET.indent(root, "    ")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n' + ET.tostring(root, "unicode") + "\n")
    return missing


def release(file: Path) -> Path | None:
    """Make the .qm beside a .ts; None where the program for it is missing."""
    beside = Path(sys.executable).with_name("pyside6-lrelease")
    program = str(beside) if beside.exists() else shutil.which("pyside6-lrelease")
    if program is None:
        return None
    made = file.with_suffix(".qm")
    subprocess.run([program, "-silent", str(file), "-qm", str(made)], check=True)
    return made


def _calls(tree: ast.AST) -> Iterator[tuple[str, bool, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            name = node.func.id
            at = _TEXT_AT.get(name)
            text = node.args[at] if at is not None and at < len(node.args) else None
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield text.value, name in ("trn", "counted"), node.lineno


def _labels() -> Iterator[tuple[str, str]]:
    """Place and text of what the rooms without Qt say under fixed words."""
    from app.data_extensions.kinds import KINDS
    from app.engine import trace
    from app.events.code import SNIPPETS
    from app.filters.operators import OPERATORS
    from app.filters.tree import Unit
    from app.journey.activities import ACTIVITIES
    from app.journey.durations import UNITS
    from app.journey.journey import EntryMode
    from app.kernel.said import LIST, SENTENCES
    from app.services.set_contact_status import STATUSES

    for activity in ACTIVITIES:
        place = f"app/journey/activities/{activity.key}:1"
        yield from ((place, activity.label), (place, activity.help))
        for setting in activity.settings:
            yield from ((place, setting.label), (place, setting.help))
            yield from ((place, words) for _value, words in setting.choices)
    for operator in OPERATORS:
        place = f"app/filters/operators/{operator.key}.py:1"
        yield from ((place, words) for words in (operator.label, operator.phrase, operator.negative))
    for kind in KINDS:
        yield from (("app/data_extensions/kinds:1", words) for words in (kind.label, kind.help))
    for snippet in SNIPPETS:
        yield from (("app/events/code:1", words) for words in (snippet.label, snippet.note))
    yield from (("app/journey/journey.py:1", mode.label) for mode in EntryMode)
    yield from (("app/filters/tree.py:1", words) for words in dict.fromkeys((*(u.value for u in Unit), *UNITS)))
    yield from (("app/services/set_contact_status.py:1", status) for status in STATUSES)
    yield from (("app/kernel/said.py:1", pattern) for pattern in (LIST, SENTENCES))
    yield from (("app/engine/trace.py:1", name) for name in (trace.JOURNEY, trace.FILTER, trace.MODE, *trace.MONTHS))


def _translations(file: Path) -> dict[str, ET.Element]:
    """The <translation> of each source in a .ts file; none where there is no file."""
    if not file.exists():
        return {}
    found = {}
    for message in ET.parse(file).getroot().iter("message"):
        source, translation = message.findtext("source"), message.find("translation")
        if source and translation is not None and (translation.get("type") not in ("vanished", "obsolete")):
            found[source] = translation
    return found


def main(words: list[str]) -> int:
    """Run; the process's exit status."""
    if len(words) != 1 or words[0].startswith("-"):
        print(__doc__)
        return 2
    sys.path.insert(0, str(ROOT))
    file = ROOT / "resources" / "translations" / f"switchback_{words[0]}.ts"
    missing = write(file, words[0])
    print(f"{file.relative_to(ROOT)}: {missing} texts are not translated yet")
    made = release(file)
    print(f"{made.relative_to(ROOT)} was made" if made else "pyside6-lrelease is not here: no .qm was made")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
