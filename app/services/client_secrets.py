"""Secrets of client pairs: long random texts, known to the workspace as their hash.

The hash is scrypt (RFC 7914) with a salt for each, N = 4096, r = 8, p = 1: 4 MB of memory and some ten milliseconds
for a try. Ours have 256 random bits, which nobody guesses under any hash; the cost is for a copied database whose
secrets somebody chose, and it stays small because no event waits for it. Events come with a signed token; only
`POST /v2/token` compares secrets, and a server remembers the last good comparison of each client (`app.api.clients`).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets


def new_secret() -> str:
    """A new secret of 256 random bits, as text that needs no quoting in a shell or a URL."""
    return secrets.token_hex(32)


def hash_secret(secret: str) -> str:
    """What is stored: the scheme, the salt and the hash, so that a later scheme can stand beside this one."""
    salt = secrets.token_bytes(16)
    return f"scrypt${salt.hex()}${_scrypt(secret, salt).hex()}"


def same_secret(secret: str, stored: str) -> bool:
    """Whether it is the secret behind a stored hash, in a time that does not depend on how much of it is right."""
    kind, _, rest = stored.partition("$")
    salt, _, known = rest.partition("$")
    if kind != "scrypt":
        return False
    return hmac.compare_digest(_scrypt(secret, bytes.fromhex(salt)), bytes.fromhex(known))


def _scrypt(secret: str, salt: bytes) -> bytes:
    return hashlib.scrypt(secret.encode("utf-8", "surrogatepass"), salt=salt, n=2**12, r=8, p=1, dklen=32)
