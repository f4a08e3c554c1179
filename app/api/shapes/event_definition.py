"""An event definition in the original's JSON (reference, section 3)."""

from __future__ import annotations

from typing import Any

from app.data_extensions.data_extension import DataExtension, Field
from app.data_extensions.kinds import KINDS
from app.exchange.interaction_writer import moment
from app.services.views import EventCard

NO_ID = "00000000-0000-0000-0000-000000000000"
API_EVENT_APPLICATION = "7db1f972-f8b7-49b6-91b5-fa218e13953d"


def event_definition_json(card: EventCard, *, fresh: bool = False) -> dict[str, Any]:
    """The whole object. A `fresh` one, as POST gives it back, bears no dates yet (reference, section 9)."""
    event, extra = card.definition, card.definition.extra
    shown: dict[str, Any] = {
        "id": event.id,
        "type": extra.get("type", "APIEvent"),
        "name": event.name,
        "description": event.description,
        "createdDate": moment(None if fresh else card.created_at),
        "createdBy": 0,
        "modifiedDate": moment(None if fresh else card.modified_at),
        "modifiedBy": 0,
        "mode": extra.get("mode", "Production"),
        "eventDefinitionKey": event.key,
        "iconUrl": extra.get("iconUrl", "/images/icon_journeyBuilder-event-api-blue.svg"),
        "sourceApplicationExtensionId": extra.get("sourceApplicationExtensionId", API_EVENT_APPLICATION),
        "filterDefinitionId": extra.get("filterDefinitionId", NO_ID),
        "arguments": {
            "serializedObjectType": 11,
            **extra.get("arguments", {}),
            "eventDefinitionKey": event.key,
            "eventDefinitionId": event.id,
            "dataExtensionId": event.data_extension_id or NO_ID,
            "criteria": event.criteria,
        },
        "metaData": extra.get("metaData", {}),
        "interactionCount": len(card.journeys),
        "isVisibleInPicker": extra.get("isVisibleInPicker", True),
        "category": extra.get("category", "Event"),
        "publishedInteractionCount": card.running,
        "automationId": NO_ID,
        "disableDEDataLogging": extra.get("disableDEDataLogging", False),
        "isPlatformObject": False,
        "filterDefinitionTemplate": extra.get("filterDefinitionTemplate", ""),
        "configurationArguments": extra.get("configurationArguments", {"unconfigured": False}),
        **{name: extra[name] for name in ("schedule", "entrySourceGroupConfigUrl") if name in extra},
    }
    if card.data_extension is not None:
        shown["dataExtensionId"] = card.data_extension.id
        shown["dataExtensionName"] = card.data_extension.name
        shown["schema"] = schema_json(card.data_extension)
    return shown


def schema_json(schema: DataExtension) -> dict[str, Any]:
    """The schema of an event; its words for kinds differ from the data extension API's (`Email`)."""
    link = schema.field(schema.link) if schema.link else None
    return {
        "id": schema.id,
        "name": schema.name,
        "fields": [_field(field) for field in schema.fields],
        "sendableCustomObjectField": link.name if link else "",
        "sendableSubscriberField": "_SubscriberKey",
        "isPlatformObject": False,
    }


def _field(field: Field) -> dict[str, Any]:
    kind = KINDS[field.kind]
    return {
        "name": field.name,
        "dataType": "Email" if field.kind == "email" else kind.mc_type,
        "maxLength": str(field.length) if field.length is not None else "",
        "isNullable": not (field.required or field.primary_key),
        "defaultValue": field.default or "",
        "isPrimaryKey": field.primary_key,
        "isDevicePreference": False,
    }
