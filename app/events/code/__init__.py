"""Ready-made code that fires an event, in the order in which people see it: one file and one line here for each."""

from __future__ import annotations

from app.events.code.curl_cmd import CurlCmd
from app.events.code.curl_posix import CurlPosix
from app.events.code.curl_powershell import CurlPowershell
from app.events.code.javascript import JavaScript
from app.events.code.python import Python
from app.events.code.snippet import Snippet
from app.kernel.registry import Registry

__all__ = ["SNIPPETS", "Snippet"]

SNIPPETS: Registry[Snippet] = Registry(
    "form of code", (CurlPosix(), CurlPowershell(), CurlCmd(), Python(), JavaScript())
)
