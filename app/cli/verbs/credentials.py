"""`switchback credentials`: the client pairs that may ask the local API for tokens."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.cli.output import Output
from app.cli.tools import Tools, open_existing
from app.cli.verb import NO, YES, Verb
from app.kernel.errors import Conflict, InvalidInput

if TYPE_CHECKING:
    from app.services.views import ClientPair
    from app.services.workspace import Workspace

_NEEDS_CLIENT = ("rename", "rotate", "revoke")
_NEEDS_NAME = ("create", "rename")


class Credentials(Verb):
    """Lists, makes, renames, rotates and revokes pairs; a secret is shown once, when it is made."""

    key = "credentials"
    help = "list, make, rotate and revoke the API's client pairs"
    description = (
        "list: all pairs without their secrets. create --name NAME: a new pair. rename CLIENT --name NAME. "
        "rotate CLIENT: a new secret; the old one gives no more tokens, tokens given before end by themselves within "
        "1079 s. revoke CLIENT: no more tokens, and those given before are refused within two seconds. show-default: "
        "the pair of this computer, whose secret alone can be shown again. Exit status: 0 done, 1 the pair was revoked "
        "before, 2 the call was wrong."
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """What to do, and to which pair."""
        parser.add_argument("action", metavar="ACTION", choices=tuple(_ACTIONS), help=", ".join(_ACTIONS))
        parser.add_argument("client", metavar="CLIENT", nargs="?", help="client id, as list shows it")
        parser.add_argument("--name", help="what the pair is for, for example: Web shop")

    def run(self, arguments: argparse.Namespace, tools: Tools, out: Output) -> int:
        """Do it."""
        _check(arguments)
        workspace = open_existing(tools, arguments.workspace)
        try:
            return _ACTIONS[arguments.action](workspace, arguments, out)
        finally:
            workspace.close()


def _check(arguments: argparse.Namespace) -> None:
    action: str = arguments.action
    if (arguments.client is not None) != (action in _NEEDS_CLIENT):
        if arguments.client is None:
            hint = f"For example: switchback credentials {action} 6f9619ff-8b86-d011-b42d-00cf4fc964ff"
            raise InvalidInput(f"{action} needs the client id of a pair.", where="CLIENT", hint=hint)
        raise InvalidInput(f"{action} takes no client id.", where="CLIENT", hint="Leave it out.")
    if (arguments.name is not None) != (action in _NEEDS_NAME):
        if arguments.name is None:
            raise InvalidInput(f"{action} needs a name.", where="--name", hint="For example: --name 'Web shop'")
        raise InvalidInput(f"{action} takes no name.", where="--name", hint="Leave it out.")


def _list(workspace: Workspace, _arguments: argparse.Namespace, out: Output) -> int:
    from app.services.list_credentials import list_credentials

    pairs = list_credentials(workspace)
    out.value({"clients": pairs})
    if not pairs:
        out.say("No client pair yet. Make one: switchback credentials create --name NAME")
    for pair in pairs:
        out.say(_line(pair))
    return YES


def _create(workspace: Workspace, arguments: argparse.Namespace, out: Output) -> int:
    from app.services.create_credential import create_credential

    client_id, secret = create_credential(workspace, arguments.name)
    _say_pair(out, client_id, secret, "The secret is shown this once: keep it now.")
    return YES


def _rename(workspace: Workspace, arguments: argparse.Namespace, out: Output) -> int:
    from app.services.rename_credential import rename_credential

    rename_credential(workspace, arguments.client, arguments.name)
    out.value({"clientId": arguments.client, "name": arguments.name.strip()})
    out.say(f"{arguments.client} is now called {arguments.name.strip()}.")
    return YES


def _rotate(workspace: Workspace, arguments: argparse.Namespace, out: Output) -> int:
    from app.services.rotate_credential import rotate_credential

    try:
        secret = rotate_credential(workspace, arguments.client)
    except Conflict as revoked:
        out.error(revoked)
        return NO
    _say_pair(out, arguments.client, secret, "The old secret gives no more tokens. The new one is shown this once.")
    return YES


def _revoke(workspace: Workspace, arguments: argparse.Namespace, out: Output) -> int:
    from app.services.revoke_credential import revoke_credential

    was_good = revoke_credential(workspace, arguments.client)
    out.value({"clientId": arguments.client, "revoked": was_good})
    out.say(f"{arguments.client} {'is revoked.' if was_good else 'was revoked before.'}")
    return YES if was_good else NO


def _show_default(workspace: Workspace, _arguments: argparse.Namespace, out: Output) -> int:
    from app.services.default_credentials import default_credentials

    client_id, secret = default_credentials(workspace)
    _say_pair(out, client_id, secret, "")
    return YES


def _say_pair(out: Output, client_id: str, secret: str, note: str) -> None:
    out.value({"clientId": client_id, "clientSecret": secret})
    out.say(f"client id      {client_id}")
    out.say(f"client secret  {secret}")
    if note:
        out.say(note)


def _line(pair: ClientPair) -> str:
    parts = [f"{pair.client_id}  {pair.name}", f"made {pair.created_at:%Y-%m-%d %H:%M} UTC"]
    if pair.rotated_at is not None:
        parts.append(f"rotated {pair.rotated_at:%Y-%m-%d %H:%M} UTC")
    if pair.revoked_at is not None:
        parts.append(f"revoked {pair.revoked_at:%Y-%m-%d %H:%M} UTC")
    elif pair.is_default:
        parts.append("this computer's default")
    return ", ".join(parts)


_ACTIONS: dict[str, Callable[[Workspace, argparse.Namespace, Output], int]] = {
    "list": _list,
    "create": _create,
    "rename": _rename,
    "rotate": _rotate,
    "revoke": _revoke,
    "show-default": _show_default,
}
