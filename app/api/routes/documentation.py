"""The OpenAPI document, and a page to read it and try the routes in a browser."""

from __future__ import annotations

from functools import cache

from app.api.answer import Answer, Page
from app.api.call import Call, Route
from app.api.openapi import openapi_document
from app.kernel.resources import resource_text


def documentation_routes(others: tuple[Route, ...]) -> tuple[Route, ...]:
    """The two routes, which describe `others` and themselves."""
    own: list[Route] = []

    def document(_call: Call) -> Answer:
        return Answer(200, openapi_document((*others, *own)))

    own.append(
        Route(
            "GET",
            "/switchback/v1/openapi.json",
            "This document",
            document,
            answers={200: "OpenAPI 3.1."},
            open=True,
            tag="Switchback",
        )
    )
    own.append(
        Route(
            "GET",
            "/switchback/v1/docs",
            "A page to read about the routes and to try them",
            lambda _call: Answer(200, Page(_page())),
            answers={200: "HTML."},
            open=True,
            gives="text/html",
            tag="Switchback",
        )
    )
    return tuple(own)


@cache
def _page() -> bytes:
    return resource_text("api", "page.html").encode()
