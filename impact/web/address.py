"""Where a request comes from, and where it may be sent on to."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from impact.settings import Settings

_FORWARDING = ("x-forwarded-for", "forwarded", "x-real-ip", "via")


def is_loopback(host: str | None) -> bool:
    if not host:
        return False
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def client_address(scope: Scope) -> str:
    """Who connected. X-Forwarded-For counts only when a proxy on this machine says so: its last foreign entry."""
    peer = str((scope.get("client") or ("",))[0])
    if not is_loopback(peer):
        return peer
    said = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
    foreign = [entry.strip() for entry in said if _is_address(entry.strip()) and not is_loopback(entry.strip())]
    return foreign[-1] if foreign else peer


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def is_local(scope: Scope) -> bool:
    """True when person and server share one machine: peer, socket and Host are loopback, without a proxy between."""
    headers = Headers(scope=scope)
    return (
        is_loopback(str((scope.get("client") or ("",))[0]))
        and is_loopback(str((scope.get("server") or ("",))[0]))
        and is_loopback(urlsplit(f"//{headers.get('host', '')}").hostname)
        and not any(name in headers for name in _FORWARDING)
    )


def is_same_origin(scope: Scope) -> bool:
    """False when a browser says that another site made this request. Programs without Origin are not browsers."""
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site", "none") in ("none", "same-origin")
    if origin.lower() == Settings.from_env().public_url.lower():
        return True
    parts = urlsplit(origin)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and parts.netloc == headers.get("host")


def local_path(text: str) -> str:
    """`text` if it is a path of this site, otherwise the home page: nobody is sent elsewhere by a link."""
    plain = text.isprintable() and text.isascii() and "\\" not in text and len(text) <= 2_000
    parts = urlsplit(text) if plain else None
    if parts is None or parts.scheme or parts.netloc or not text.startswith("/") or text.startswith("//"):
        return "/"
    return text
