"""Which calls open the window."""

from __future__ import annotations

import pytest

from app.cli.window import WindowRequest, window_request


@pytest.mark.parametrize(
    ("words", "request_"),
    [
        ([], WindowRequest()),
        (["cart.journey"], WindowRequest(files=("cart.journey",))),
        (["a.journey", "B.JOURNEY"], WindowRequest(files=("a.journey", "B.JOURNEY"))),
        (["--workspace", "nto.switchback"], WindowRequest("nto.switchback")),
        (["--workspace=x", "a.journey"], WindowRequest("x", ("a.journey",))),
        (["serve"], None),
        (["check", "a.journey"], None),
        (["--help"], None),
        (["--workspace"], None),
        (["--nonsense.journey"], None),
        (["nonsense"], None),
    ],
)
def test_which_calls_open_the_window(words: list[str], request_: WindowRequest | None) -> None:
    assert window_request(words) == request_
