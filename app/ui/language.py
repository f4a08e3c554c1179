"""The language of the window: the computer's where there is a translation into it, else English.

Translations are `resources/translations/switchback_<language>.qm`, made from what `packaging/translations.py` lists.
`SWITCHBACK_LANGUAGE` asks for another language ("de", "pt_BR"), or for a pretended one to look at (app/ui/pseudo.py).
"""

from __future__ import annotations

import os

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from app.kernel.resources import resource
from app.ui.pseudo import PSEUDO, PseudoTranslator

VARIABLE = "SWITCHBACK_LANGUAGE"
_ENGLISH = QLocale.Language.English


def use_language(app: QApplication, wanted: str | None = None) -> str:
    """Translate into `wanted` (None: what the environment or the computer says); the language's code, "en" for none.

    Called before the first text is shown. Numbers and dates follow the words: a window in English on a German computer
    writes English names of months, with Germany's separators where English has them.
    """
    asked = os.environ.get(VARIABLE, "") if wanted is None else wanted
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    if asked in PSEUDO:
        app.installTranslator(PseudoTranslator(asked, app))
        _follow(app, QLocale(_ENGLISH), PSEUDO[asked])
        return asked
    locale = QLocale(asked) if asked else QLocale.system()
    ours = QTranslator(app)
    if locale.language() == _ENGLISH or not ours.load(locale, "switchback", "_", str(resource("translations"))):
        ours.deleteLater()
        _follow(app, QLocale(_ENGLISH, locale.territory()), Qt.LayoutDirection.LeftToRight)
        return "en"
    app.installTranslator(ours)
    qts = QTranslator(app)  # standard dialogs; only with ours, for a window in two languages helps nobody
    if qts.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(qts)
    _follow(app, locale, locale.textDirection())
    return locale.bcp47Name()


def _follow(app: QApplication, locale: QLocale, direction: Qt.LayoutDirection) -> None:
    QLocale.setDefault(locale)
    app.setLayoutDirection(direction)
