"""Security headers of every answer."""

from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

from impact.settings import Settings

PAGE_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""Policy of the server's own plain pages: no script at all."""

_FIXED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not « no-referrer »: browsers would then send « Origin: null » with our own forms.
    "referrer-policy": "same-origin",
    "permissions-policy": "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def streamlit_csp(script_hashes: Iterable[str]) -> str:
    """Policy of Streamlit's document; data: in connect-src is for the map's empty topology."""
    hashes = " ".join(f"'sha256-{one}'" for one in script_hashes)
    return (
        f"default-src 'self'; script-src 'self' 'wasm-unsafe-eval' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss: data:; "
        "worker-src 'self' blob:; frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'"
    )


def secured(send: Send, cacheable: bool) -> Send:
    """`send` with the headers added. cacheable: public files only; everything else is never stored by a browser."""

    async def send_secured(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _FIXED.items():
                headers[name] = value
            headers.setdefault("content-security-policy", PAGE_CSP)
            if not cacheable or message["status"] >= 400:
                headers["cache-control"] = "no-store"
            if Settings.from_env().behind_tls:
                headers["strict-transport-security"] = "max-age=31536000"
        await send(message)

    return send_secured
