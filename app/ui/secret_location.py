"""Where a workspace is, without the password that its address may hold."""

from __future__ import annotations

import re
from urllib.parse import unquote

_ADDRESS = re.compile(r"^([a-z0-9+.-]+://[^:@/?#]*):([^/?#]*)@", re.IGNORECASE)


def without_password(location: str) -> tuple[str, str]:
    """A URL without its password, and the password; a path as it is. An address that is no URL is cut as well."""
    found = _ADDRESS.match(location)
    if found is None:
        return location, ""
    return f"{found[1]}@{location[found.end() :]}", unquote(found[2])
