"""`switchback serve`: the local API until it is told to stop."""

from __future__ import annotations

import argparse
import os

from app.cli.output import Output
from app.cli.tools import ServeRequest, Tools
from app.cli.verb import Verb
from app.kernel.errors import InvalidInput

CLIENT_ID = "SWITCHBACK_CLIENT_ID"
CLIENT_SECRET = "SWITCHBACK_CLIENT_SECRET"

_WHICH_PAIR = (
    "The client pairs of the workspace may ask for tokens. To see the one of this computer run, with the same "
    "--workspace: switchback credentials show-default"
)

_EXPOSED = (
    "Exposed: whoever reaches this address and has a client pair can send events, and read and change journeys, data "
    "extensions and contacts. Calls, secrets and tokens go over the network unencrypted, and the Host header is not "
    "checked."
)


class Serve(Verb):
    """Answers POST /v2/token, POST /interaction/v1/events and the rest."""

    key = "serve"
    help = "run the local API"
    description = (
        "Prints one line, Listening on http://127.0.0.1:PORT, when it is ready. SIGTERM and Ctrl+C end it after it has "
        "finished what it accepted. The workspace's client pairs may ask for tokens (see switchback credentials), and "
        "the pair that is given here."
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Address and client pair."""
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        parser.add_argument("--port", type=_port, default=8025, help="port, 0 for a free one (default: %(default)s)")
        parser.add_argument("--client-id", help=f"client id that may ask for tokens; also as {CLIENT_ID}")
        parser.add_argument("--client-secret", help=f"its secret; also as {CLIENT_SECRET}, which no other user sees")
        parser.add_argument(
            "--expose", action="store_true", help="allow an address that other computers on the network can reach"
        )
        parser.add_argument(
            "--rate-limit",
            type=_rate,
            metavar="N",
            help="calls a second that each client may make; more get 429 with Retry-After (default: no limit)",
        )
        parser.add_argument(
            "--until-stdin-ends", action="store_true", help="also stop when the standard input ends, as a child does"
        )

    def run(self, arguments: argparse.Namespace, tools: Tools, out: Output) -> int:
        """Serve."""
        request = ServeRequest(
            arguments.host,
            arguments.port,
            _credentials(arguments),
            arguments.expose,
            arguments.until_stdin_ends,
            arguments.rate_limit,
        )
        workspace = tools.open_workspace(arguments.workspace, background=True)
        if request.credentials is None and not request.ends_with_stdin:
            out.aside(_WHICH_PAIR)
        if request.expose:
            out.aside(_EXPOSED)
        try:
            return tools.serve(workspace, request, lambda line: _say(out, line))
        finally:
            workspace.close()


def _say(out: Output, line: str) -> None:
    out.say(line)
    out.value({"listening": line.rpartition(" ")[2]})


def _credentials(arguments: argparse.Namespace) -> tuple[str, str] | None:
    # The command line wins over the environment. An empty variable counts as none.
    client = arguments.client_id or os.environ.get(CLIENT_ID) or None
    secret = arguments.client_secret or os.environ.get(CLIENT_SECRET) or None
    if client is None and secret is None:
        return None
    if client is None or secret is None:
        missing = "--client-id" if client is None else "--client-secret"
        raise InvalidInput(
            f"{missing} is missing: a client id and a client secret go together.",
            where=missing,
            hint="Give both, or neither for the workspace's own local pair.",
        )
    return client, secret


def _rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if 0 < rate <= 1_000_000:
        return rate
    raise argparse.ArgumentTypeError(f"{text!r} is no rate: take a number of calls a second, for example 50")


def _port(text: str) -> int:
    if text.isascii() and text.isdecimal() and int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no port: take a number from 0 to 65535")
