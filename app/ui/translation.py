"""Every word of ours that a person reads in the window goes through here, and nothing else translates.

    tr("Nothing to undo")
    tr("{tile} goes here", tile=name)                        # a whole sentence; values by name, never joined pieces
    trn("{n} tile", "{n} tiles", count)                      # a number decides the words; {n} is written as number(n)
    number(12500)                                            # 12,500: as the language writes it
    _TITLES = {"ok": mark("All is well")} … tr(_TITLES[key]) # a constant: marked where it stands, translated when shown
    shown(problem.message)                                   # a sentence of another room, where it was made with `said`

Texts of the rooms without Qt (names of activities, labels of operators) are plain data there and go through `tr` where
they are shown. `packaging/translations.py` reads the calls above and those rooms, and writes the list for translators.
Sentences with values in them that those rooms make with `app.kernel.said` are English text there, in the API and on the
command line; `shown` says them in the window's language, also where they are a value of `tr` or `trn`. An error of ours
may be such a value too: its message is said. Lists are made with `listed` there and here.
What users wrote (names, keys, values) is never translated.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from PySide6.QtCore import QCoreApplication, QLocale

from app.kernel.errors import SwitchbackError
from app.kernel.said import Said

CONTEXT = "Switchback"
"""The one context of our texts in a translation file."""
_QT_ENDS = 2**63


def tr(text: str, /, **values: object) -> str:
    """`text` in the language of the window, its `{name}`s filled in; text nobody translated stays as it is."""
    found = QCoreApplication.translate(CONTEXT, text)
    return found.format(**_shown(values)) if values else found


def trn(one: str, many: str, n: int, /, **values: object) -> str:
    """The text for `n` things: `one` or `many` in English, and as many forms as another language has."""
    found = QCoreApplication.translate(CONTEXT, many, None, n)
    if found == many and n == 1:
        found = one
    return found.format(n=_Count(n), **_shown(values))


def shown(text: str, /) -> str:
    """A sentence that `said` made, in the language of the window, its values too; other text as it is."""
    if not isinstance(text, Said):
        return text
    if text.members:
        return between(text.template).join(shown(each) for each in text.members)
    if text.one:
        values = {name: value for name, value in text.values.items() if name != "n"}
        return trn(text.one, text.template, int(str(text.values["n"])), **values)
    found = tr(text.template)
    if not text.values:
        return str(text) if found == text.template else found  # a label in small letters within an English sentence
    made = found.format(**_shown(text.values))
    is_small = found == text.template and text != text.template.format(**text.values)
    return made[:1].lower() + made[1:] if is_small else made


def between(template: str, /) -> str:
    """What stands between the parts of a list that `joined` made with this template."""
    return tr(template, first="", rest="")


def mark(text: str, /) -> str:
    """The same text, marked for translators; translate it with `tr` where it is shown."""
    return text


def number(value: float, digits: int = 0) -> str:
    """A number for people, with the language's separators and that many digits after the point."""
    return locale().toString(float(value), "f", digits) if digits else _whole(locale(), int(value))


def locale() -> QLocale:
    """How numbers and dates are written. A computer without any language writes as English does."""
    found = QLocale()
    return QLocale(QLocale.Language.English) if found.language() == QLocale.Language.C else found


def _whole(found: QLocale, value: int) -> str:
    """A number that somebody typed may be longer than Qt's longest."""
    return found.toString(value) if abs(value) < _QT_ENDS else str(value)


class _Number(int):
    """A whole number within a sentence, with the digits of the language; `{n:,}` has its separators too."""

    def __format__(self, how: str) -> str:
        if how == ",":
            return number(int(self))
        if how:
            return format(int(self), how)
        found = locale()
        found.setNumberOptions(found.numberOptions() | QLocale.NumberOption.OmitGroupSeparator)
        return _whole(found, int(self))


class _Count(_Number):
    """The number that decides the words: always with separators."""

    def __format__(self, how: str) -> str:
        return super().__format__(how or ",")


def _shown(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _value(value) for name, value in values.items()}


def _value(value: object) -> object:
    if isinstance(value, SwitchbackError):
        return shown(value.message)
    if isinstance(value, Said):
        return shown(value)
    return _Number(value) if isinstance(value, int) and not isinstance(value, bool | Enum) else value
