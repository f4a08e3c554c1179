"""A calendar in the window's own colours."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget

from app.ui.theme import theme


def calm(calendar: QCalendarWidget) -> QCalendarWidget:
    """The same calendar without week numbers and Qt's bright red weekends: they look like errors."""
    weekend = QTextCharFormat()
    weekend.setForeground(theme().color("ink2"))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, weekend)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    return calendar
