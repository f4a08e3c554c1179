"""The panels of a journey's page and the news of its workspace: heard while the page is there, not after it went."""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from app.kernel.bus import Bus
from app.services.news import EventsArrived
from app.services.workspace import Workspace
from app.ui.bridge import Bridge
from app.ui.document import JourneyDocument
from app.ui.journey_page import JourneyPage
from app.ui.panels.equip import equip
from tests.support.workspace import Cart


def test_news_reach_the_log_until_its_page_goes(
    qtbot: QtBot, workspace: Workspace, cart: Cart, document_of: Callable[[Cart], JourneyDocument]
) -> None:
    bus = Bus()
    bridge = Bridge(bus)
    page = JourneyPage(document_of(cart))
    panels = equip(page, bridge)
    log = panels.log
    log.refresh()
    qtbot.waitUntil(lambda: page.document.work.idle)
    log._stale = False
    del panels
    gc.collect()
    with qtbot.waitSignal(bridge.events_arrived):
        bus.publish(EventsArrived("1"))
    assert log._stale
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    with qtbot.waitSignal(bridge.events_arrived):
        bus.publish(EventsArrived("2"))  # an exception in a slot fails the test
    bridge.close()
