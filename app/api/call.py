"""What a route is told about a request, and how a route is declared."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.api.answer import Answer, refuse
from app.services.workspace import Workspace

MOST_ON_A_PAGE = 2500
USUAL_PAGE = 50


@dataclass(frozen=True, slots=True)
class Call:
    """One request to an admin route. `path` has the parts that the route's template names, `query` the parameters by
    lower-case name without `$`; `body` is the JSON value (None: there was none); `base_url` ends in `/`."""

    workspace: Workspace
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    base_url: str
    client_id: str = ""

    def object(self) -> dict[str, Any]:
        """The body as an object. Raises Refusal."""
        if not isinstance(self.body, dict):
            raise refuse(400, 10003, "The body must be a JSON object, for example {}.")
        return self.body

    def text(self, name: str, default: str = "") -> str:
        """A query parameter, whatever the case of its name."""
        return self.query.get(name.lower().lstrip("$"), default)

    def flag(self, name: str) -> bool:
        """A query parameter that is true or not."""
        return self.text(name).lower() in ("true", "1", "yes")

    def number(self, name: str, default: int, lowest: int = 1) -> int:
        """A query parameter that is a whole number. Raises Refusal."""
        text = self.text(name)
        if not text:
            return default
        if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < lowest:
            raise refuse(400, 10005, f"{name} is {text[:40]!r}; it must be a whole number from {lowest} up.")
        return int(text)

    def page(self) -> tuple[int, int]:
        """Page number (from 1) and page size."""
        return self.number("$page", 1), min(self.number("$pageSize", USUAL_PAGE), MOST_ON_A_PAGE)


@dataclass(frozen=True, slots=True)
class Route:
    """A route: one file of `routes`. `path` is a template; `{name}` takes one part of a path, in any case.

    `handle` runs in a thread of its own and may block. `answers` gives the statuses with what they mean; `body` is the
    JSON Schema of the request. A route that is `open` asks for no token; `gives` is the media type of what it answers
    when all is well.
    """

    method: str
    path: str
    summary: str
    handle: Callable[[Call], Answer]
    answers: Mapping[int, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    open: bool = False
    tag: str = "Journeys"
    gives: str = "application/json"

    @property
    def key(self) -> str:
        """The method and the template."""
        return f"{self.method} {self.path}"


class Table:
    """Finds the route for a method and a path, whatever the path's case."""

    def __init__(self, routes: tuple[Route, ...]) -> None:
        self.routes = routes
        by_path: dict[str, dict[str, Route]] = {}
        for route in routes:
            by_path.setdefault(route.path, {})[route.method] = route
        # Longer literal text first: `key:{key}` before `{id}`.
        ordered = sorted(by_path, key=lambda path: (path.count("{"), -len(path)))
        self._places = [(_pattern(path), by_path[path]) for path in ordered]

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """The route with the values of its template; None when there is none. `HEAD` is `GET` without the body
        (RFC 9110, 9.3.2), as load balancers and link checkers ask it."""
        for pattern, routes in self._places:
            found = pattern.fullmatch(path)
            if found:
                route = routes.get("GET" if method == "HEAD" else method)
                return (route, found.groupdict()) if route else None
        return None

    def methods(self, path: str) -> list[str]:
        """The methods that the path has; none where nothing answers."""
        routes = next((routes for pattern, routes in self._places if pattern.fullmatch(path)), {})
        return sorted({*routes, "HEAD"} if "GET" in routes else routes)


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    text = "".join(re.escape(part) if index % 2 == 0 else f"(?P<{part}>[^/]+)" for index, part in enumerate(parts))
    return re.compile(text, re.IGNORECASE)
