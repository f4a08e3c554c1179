"""The admin routes, one file each; this tuple is the one place that names them."""

from __future__ import annotations

from app.api.call import Route
from app.api.routes.async_events import ROUTE as ASYNC_EVENTS
from app.api.routes.change_event_definition import ROUTES as CHANGE_EVENT_DEFINITION
from app.api.routes.contacts_in_journeys import ROUTES as CONTACTS_IN_JOURNEYS
from app.api.routes.create_event_definition import ROUTE as CREATE_EVENT_DEFINITION
from app.api.routes.data_extension_rows import ROUTES as DATA_EXTENSION_ROWS
from app.api.routes.event_definition import BY_ID as EVENT_DEFINITION_BY_ID
from app.api.routes.event_definition import BY_KEY as EVENT_DEFINITION_BY_KEY
from app.api.routes.event_definitions import ROUTE as EVENT_DEFINITIONS
from app.api.routes.events import ROUTE as EVENTS
from app.api.routes.history import ROUTES as HISTORY
from app.api.routes.history_download import ROUTES as HISTORY_DOWNLOAD
from app.api.routes.history_search import ROUTES as HISTORY_SEARCH
from app.api.routes.interaction import ROUTES as INTERACTION
from app.api.routes.interactions import ROUTE as INTERACTIONS
from app.api.routes.own import ROUTES as OWN
from app.api.routes.publishing import ROUTES as PUBLISHING
from app.api.routes.running import ROUTES as RUNNING
from app.api.streams import ROUTE as STREAM_ROUTE

ROUTES: tuple[Route, ...] = (
    EVENTS,
    ASYNC_EVENTS,
    EVENT_DEFINITIONS,
    CREATE_EVENT_DEFINITION,
    EVENT_DEFINITION_BY_ID,
    EVENT_DEFINITION_BY_KEY,
    *CHANGE_EVENT_DEFINITION,
    INTERACTIONS,
    *INTERACTION,
    *PUBLISHING,
    *RUNNING,
    *CONTACTS_IN_JOURNEYS,
    *HISTORY,
    *HISTORY_SEARCH,
    *HISTORY_DOWNLOAD,
    *DATA_EXTENSION_ROWS,
    *OWN,
    STREAM_ROUTE,
)
