"""The OpenAPI 3.1 document of every route, made from the same table that answers them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from app import __version__
from app.api.call import Route

_ERROR = {"$ref": "#/components/schemas/Error"}
_WHOLE_NUMBERS = {"$page": 1, "$pageSize": 1, "versionNumber": 0, "limit": 1}
"""Parameters that are whole numbers wherever they are taken, with the lowest."""
_FLAGS = frozenset({"allVersions", "mostRecentVersionOnly", "mostRecentVersionOrRunningOnly"})
_GENERAL = {
    401: "No token, or one that is wrong or too old.",
    403: "The request came under a foreign host name or from a foreign page.",
    413: "The body is larger than 1 MB.",
    429: "Too many calls at once; Retry-After says when to come back.",
    500: "A fault of the server; its log says more.",
    503: "The workspace cannot be written; Retry-After says when to come back.",
}


def openapi_document(routes: Iterable[Route]) -> dict[str, Any]:
    """The document as JSON values."""
    paths: dict[str, Any] = {}
    for route in sorted(routes, key=lambda route: route.path):
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Switchback",
            "version": __version__,
            "description": "The part of Marketing Cloud's REST API that a journey's API Event needs, on this computer.",
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Error": _ERROR_SCHEMA},
        },
    }


_ERROR_SCHEMA = {
    "type": "object",
    "properties": {
        "message": {"type": "string"},
        "errorcode": {"type": "integer"},
        "documentation": {"type": "string"},
    },
}


def _operation(route: Route) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "tags": [route.tag],
        "summary": route.summary,
        "operationId": _name(route),
        "parameters": [*_in_path(route), *_in_query(route)],
        "responses": {str(status): _response(status, words, route) for status, words in _answers(route).items()},
    }
    if route.body is not None:
        shown["requestBody"] = {"required": True, "content": {"application/json": {"schema": dict(route.body)}}}
    if route.open:
        shown["security"] = []
    return shown


def _answers(route: Route) -> dict[int, str]:
    general = {status: words for status, words in _GENERAL.items() if not (route.open and status == 401)}
    if route.body is not None:
        general[400] = "The body is not what this route takes."
        general[415] = "The body is not JSON."
    return dict(sorted((general | dict(route.answers)).items()))


def _response(status: int, words: str, route: Route) -> dict[str, Any]:
    if status < 400:
        return {"description": words, "content": {route.gives: {"schema": {}}}}
    return {"description": words, "content": {"application/json": {"schema": _ERROR}}}


def _in_path(route: Route) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in re.findall(r"\{(\w+)\}", route.path)
    ]


def _in_query(route: Route) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "query", "required": False, "description": words, "schema": _kind(name)}
        for name, words in route.query.items()
    ]


def _kind(name: str) -> dict[str, Any]:
    if name in _WHOLE_NUMBERS:
        return {"type": "integer", "minimum": _WHOLE_NUMBERS[name], "maximum": 999_999_999}
    return {"type": "boolean" if name in _FLAGS else "string"}


def _name(route: Route) -> str:
    words = re.findall(r"[A-Za-z0-9]+", route.path)
    return "_".join([route.method.lower(), *words])
