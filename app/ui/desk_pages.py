"""Everything that a tab can hold. Dear to import (services, graph, canvas), so it is imported after the first paint
and off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.ui.journey_page import JourneyPage as JourneyPage
from app.ui.pages.contacts import ContactsPage
from app.ui.pages.data_extensions import DataExtensionsPage
from app.ui.pages.entry_sources import EntrySourcesPage
from app.ui.pages.events import EventsPage
from app.ui.pages.home import HomePage
from app.ui.pages.list_page import ListPage
from app.ui.pages.sent import SentPage
from app.ui.panels.equip import equip as equip
from app.ui.session import Session
from app.ui.translation import mark

PAGES: Final[dict[str, tuple[str, str, Callable[[Session], ListPage]]]] = {
    "journeys": (mark("Journeys"), "home", HomePage),
    "entry_sources": (mark("Entry sources"), "api-event", EntrySourcesPage),
    "data_extensions": (mark("Data extensions"), "table", DataExtensionsPage),
    "contacts": (mark("Contacts"), "contacts", ContactsPage),
    "sent": (mark("Sent"), "mail", SentPage),
    "events": (mark("Events"), "list", EventsPage),
}
"""By key: the tab's title, its icon, and what makes the page."""
