"""`POST /v2/token`: a token for a client pair (reference, section 1)."""

from __future__ import annotations

from app.api.answer import INVALID_CLIENT, Answer
from app.api.call import Call, Route
from app.api.clients import Clients
from app.api.tokens import LIFETIME_SECONDS, Tokens

SCOPE = (
    "data_extensions_read data_extensions_write journeys_execute journeys_read journeys_write "
    "list_and_subscribers_read list_and_subscribers_write"
)
"""What a token of this server opens."""

_BODY = {
    "type": "object",
    "required": ["grant_type", "client_id", "client_secret"],
    "properties": {
        "grant_type": {"type": "string", "enum": ["client_credentials"]},
        "client_id": {"type": "string"},
        "client_secret": {"type": "string"},
        "scope": {"type": "string"},
        "account_id": {"type": ["string", "integer"]},
    },
}


def token_route(tokens: Tokens, clients: Clients) -> Route:
    """The route, with what it needs to know."""

    def handle(call: Call) -> Answer:
        body = call.body if isinstance(call.body, dict) else {}
        grant = body.get("grant_type")
        if grant != "client_credentials":
            return Answer(400, _grant_error(grant))
        client_id, secret = body.get("client_id"), body.get("client_secret")
        if not isinstance(client_id, str) or not isinstance(secret, str) or not clients.are(client_id, secret):
            return INVALID_CLIENT
        return Answer(
            200,
            {
                "access_token": tokens.issue(client_id),
                "token_type": "Bearer",
                "expires_in": LIFETIME_SECONDS,
                "scope": body["scope"] if isinstance(body.get("scope"), str) and body["scope"] else SCOPE,
                "soap_instance_url": call.base_url,
                "rest_instance_url": call.base_url,
            },
        )

    return Route(
        "POST",
        "/v2/token",
        "A token for a client pair",
        handle,
        answers={200: "The token.", 400: "Not a client_credentials request.", 401: "The pair is not known."},
        body=_BODY,
        open=True,
        tag="Token",
    )


def _grant_error(grant: object) -> dict[str, str]:
    missing = grant is None
    return {
        "error": "invalid_request" if missing else "unsupported_grant_type",
        "error_description": "Send a JSON object with grant_type client_credentials, client_id and client_secret.",
        "error_uri": "https://developer.salesforce.com/docs",
    }
