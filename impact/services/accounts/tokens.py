"""Secrets that people carry (cookies, links, the setup code), of which the database knows the hash alone."""

import hashlib
import secrets


def new_token() -> str:
    """256 random bits, safe in an address and in a cookie."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """SHA-256, in hexadecimal; enough for a secret that cannot be guessed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
