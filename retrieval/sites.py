"""Sites of the web: addresses of one host, be it of its pages for a desktop, a telephone or a reader."""

from urllib.parse import urlsplit

_SAME_SITE = ("www.", "m.", "amp.", "mobile.")


def site_of(url: str) -> str | None:
    """ "https://www.bao.example/x.html" -> "bao.example"; None when it names no host. A port that is stated belongs to it."""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        host, port = parts.hostname or "", parts.port
    except ValueError:  # "http://[" and the like
        return None
    for prefix in _SAME_SITE:
        host = host.removeprefix(prefix)
    return (f"{host}:{port}" if port else host) if host else None
