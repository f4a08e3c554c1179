"""Every word that the window shows goes through `tr`: a literal that people could read, and that is not, is named."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "app" / "ui").rglob("*.py"))
WRAPS = {"tr", "trn", "mark", "said", "counted"}
"""The last two for what is kept in English, and shown later with `shown`: labels of edits."""

SHOWS = {
    *("setText", "setToolTip", "setStatusTip", "setWhatsThis", "setWindowTitle", "setTitle", "setPlaceholderText"),
    *("setAccessibleName", "setAccessibleDescription", "setHtml", "setPlainText", "setSuffix", "setPrefix"),
    *("setSpecialValueText", "addAction", "addMenu", "addItem", "drawText", "setTabText", "addTab", "setLabelText"),
    *("QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QAction", "QMenu", "QGroupBox", "QListWidgetItem"),
    *("label", "Button", "FormField", "EmptyState", "SearchField", "Column", "Pill", "Chip", "Choice", "CheckBox"),
    *("toast", "ask", "tell", "say", "set_error", "set_warning", "set_hint", "set_aside", "show_text", "fact"),
}
"""What shows its words: here even a single small letter is a word."""

HIDDEN = {
    *("setObjectName", "setProperty", "set_style_property", "getattr", "QKeySequence", "setStyleSheet"),
    *("setDefaultStyleSheet", "compile", "ZoneInfo", "TypeVar", "Formatter", "getLogger", "setDisplayFormat"),
    *("RuntimeError", "ValueError", "TypeError", "KeyError", "AssertionError", "FileNotFoundError"),
    *("hasFamily", "setFamily", "setCreator", "setApplicationDisplayName", "startswith", "removeprefix"),
    *("debug", "info", "warning", "error", "exception", "color", "font", "icon", "insert"),
}
"""What people never read: names for the program, formats, faults of the program."""

ROLES = {
    *(
        "body",
        "strong",
        "title",
        "heading",
        "secondary",
        "small",
        "hint",
        "label",
        "category",
        "error",
        "warning",
        "ok",
    ),
    *(
        "info",
        "plain",
        "primary",
        "ghost",
        "danger",
        "link",
        "number",
        "mono",
        "accent",
        "amber",
        "blue",
        "red",
        "null",
    ),
    *("violet", "quiet", "ink2", "ink3", "live", "create", "choose", "count", "step", "status", "segment"),
    *(icon.stem for icon in (ROOT / "resources" / "icons").glob("*.svg")),
}
"""Names of our type scale, tones, icons: for the program, not for people."""

NAMES = {
    *(
        "Switchback",
        "Inter",
        "UTC",
        "XML",
        "JSON",
        "API",
        "Title",
        "Fusion",
        "SubscriberKey",
        "EmailAddress",
        "NTO-1001",
    ),
    *("File", "Edit", "View", "Journey", "Test", "Data", "Window", "Help"),
    *("Ctrl", "Shift", "Alt", "Meta", "Menu"),
    "postgresql://user:password@host/database",
}
"""Names of products and formats, of keys, and keys of menus."""

ALLOWED = {
    "app/ui/crash.py": "the report of a fault is for engineers, in English as the log is",
    "app/ui/server.py": "lines of the server's log, in English as the others are",
    "app/ui/pseudo.py": "it makes the pretended languages",
}


def test_every_readable_literal_is_wrapped() -> None:
    found = [line for path in MODULES for line in unwrapped(path)]
    assert not found, "wrap these in tr(), trn() or mark():\n" + "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        'self.setText("saved")',
        'label(f"{n} tiles")',
        'title = "Data extension"',
        'QLabel("a" if on else "b")',
        'Button("Done", "primary")',
        'toast(self, f"{name} was saved.")',
    ],
)
def test_a_literal_that_is_not_wrapped_is_found(source: str, tmp_path: Path) -> None:
    file = tmp_path / "some.py"
    file.write_text(source)
    assert list(unwrapped(file))


@pytest.mark.parametrize(
    "source",
    [
        'self.setText(tr("saved"))',
        'label(trn("{n} tile", "{n} tiles", n), "hint")',
        'title = mark("Data extension")',
        'self.setObjectName("data extension")',
        '"""A docstring of words."""',
        'Action("Ctrl+Shift+P")',
        'self.setText(f"{a} · {b}")',
    ],
)
def test_what_is_wrapped_or_unseen_passes(source: str, tmp_path: Path) -> None:
    file = tmp_path / "some.py"
    file.write_text(source)
    assert not list(unwrapped(file))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_what_is_translated_is_one_whole_text(path: Path) -> None:
    """No f-string goes into `tr` (nobody could translate it), and none is the tail of another sentence."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and called(node) in WRAPS:
            for text in node.args[:2]:
                assert not isinstance(text, ast.JoinedStr | ast.BinOp), f"line {node.lineno}"
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    assert not text.value.startswith((" ", ",")), f"line {node.lineno}: {text.value!r}"


SAID = ROOT / "app" / "kernel" / "said.py"
SPEAKERS = sorted((ROOT / "app").rglob("*.py"))


@pytest.mark.parametrize("path", SPEAKERS, ids=lambda p: str(p.relative_to(ROOT)))
def test_what_is_said_is_one_whole_text_with_its_values(path: Path) -> None:
    """The first of `said` is a literal (translators get it), and its places are the names of its values."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and called(node) in ("said", "joined") and node.args and path != SAID:
            text = node.args[0]
            assert isinstance(text, ast.Constant), f"line {node.lineno}: not a literal"
            if node.keywords:
                places = {name for _, name, _, _ in Formatter().parse(str(text.value)) if name is not None}
                assert places == {each.arg for each in node.keywords}, f"line {node.lineno}"


@pytest.mark.parametrize("path", SPEAKERS, ids=lambda p: str(p.relative_to(ROOT)))
def test_what_is_counted_is_two_whole_texts_with_their_values(path: Path) -> None:
    """Both texts of `counted` are literals, and their places are the names of its values, the number among them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "counted":
            for text in node.args[:2]:
                assert isinstance(text, ast.Constant), f"line {node.lineno}: not a literal"
                places = {name for _, name, _, _ in Formatter().parse(str(text.value)) if name is not None}
                assert places - {"n"} <= {each.arg for each in node.keywords}, f"line {node.lineno}"


SAY = sorted(path for room in ("rules", "activities") for path in (ROOT / "app" / "journey" / room).glob("*.py"))


@pytest.mark.parametrize("path", SAY, ids=lambda p: str(p.relative_to(ROOT)))
def test_problems_of_journeys_can_be_translated(path: Path) -> None:
    """Neither what is wrong nor what to do is a bare literal."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and called(node) == "Problem":
            for text in (*node.args[1:2], *node.args[3:4]):
                assert not isinstance(text, ast.JoinedStr | ast.BinOp | ast.Constant), f"line {text.lineno}: use said()"


def unwrapped(path: Path) -> Iterator[str]:
    """Each literal of the file that a person could read and that no wrapper holds, as "file:line text"."""
    name = str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
    if name in ALLOWED:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and not isinstance(parents.get(node), ast.JoinedStr):
            words = _words(node)
            shown = _shown(node, parents)
            if words and shown is not None and (_is_prose(words) or (shown and _has_letters(words))):
                yield f"{name}:{node.lineno} {words!r}"


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _words(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "{}".join(v.value for v in node.values if isinstance(v, ast.Constant) and isinstance(v.value, str))
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _shown(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool | None:
    """True where it is handed to what shows words, None where it is wrapped or people never read it, else False."""
    child, parent = node, parents[node]
    first = True
    shown = False
    while not isinstance(parent, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        if isinstance(parent, ast.Call) and child is not parent.func:
            word = called(parent)
            if word in WRAPS or (first and word in HIDDEN):
                return None
            shown = shown or (first and word in SHOWS)
            first = False
        if isinstance(parent, ast.Compare | ast.Subscript | ast.Assert | ast.Dict) and child is not _value(
            parent, child
        ):
            return None
        if isinstance(parent, ast.Assign) and any(
            isinstance(t, ast.Name) and t.id == "__all__" for t in parent.targets
        ):
            return None
        child, parent = parent, parents[parent]
    if isinstance(child, ast.Expr) and child.value is node:
        return None  # a docstring
    return None if child in getattr(parent, "decorator_list", ()) else shown


def _value(parent: ast.AST, child: ast.AST) -> ast.AST | None:
    """The child where it is a value that could be shown: not a key, an index or a side of a comparison."""
    if isinstance(parent, ast.Dict):
        return child if child in parent.values else None
    return child if isinstance(parent, ast.Subscript) and child is parent.value else None


def _has_letters(words: str) -> bool:
    bare = words.strip()
    return bool(re.search("[A-Za-z]", bare)) and bare not in ROLES | NAMES and not _is_code(bare)


def _is_prose(words: str) -> bool:
    """Whether it reads as words of people: more than one, or one with a capital."""
    bare = words.strip()
    if not _has_letters(words):
        return False
    several = re.search(r"[A-Za-z…,.:%]\s+\S|\S\s+[A-Za-z]", bare)
    return bool(several or re.match("&?[A-Z][a-z]", bare) or bare.endswith("…"))


_KEY = "[A-Z0-9+=/?,-]|F[0-9]+|Up|Down|Left|Right|Tab|Del|Return|Enter|Insert|Home|End|Backspace|Esc|Space"
_KEYS = rf"(?:(?:Ctrl|Shift|Alt|Meta)\+)*(?:{_KEY})"


def _is_code(bare: str) -> bool:
    """Keys of the keyboard, markup, style sheets, formats, and the short commands of the filter builder."""
    return bool(
        re.fullmatch(_KEYS, bare)
        or re.match(r'\{"', bare)
        or re.search(r"</?[a-z]+|style=|[a-z-]+:[^ ]*;|\{ *[a-z-]+:|%[a-zA-Z]", bare)
        or re.fullmatch(r"(move|go|extend|part) (up|down|in|out|-?1|first|last)", bare)
    )
