"""Pages saved as .mhtml: a mail whose first HTML part is the page."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from ingest.encoding import Decoded, declared_charset, read_bytes
from retrieval.errors import ReadError

_WEB = re.compile(r"https?://")


def page_of(data: bytes) -> tuple[Decoded, str | None]:
    """The HTML of the page and the address that it was saved from. Raises ReadError.

    The mail's date is the day of saving: it is never the article's.
    """
    message = message_from_bytes(data, policy=policy.default)
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise ReadError("it holds no web page: save the page again, or as .html")
    page = pages[0]
    content = page.get_payload(decode=True)
    if not isinstance(content, bytes) or not content.strip():
        raise ReadError("its page is empty: save the page again")
    said = page.get_content_charset() or declared_charset(content)
    return read_bytes(content, said), _address(message, page)


def _address(message: EmailMessage, page: EmailMessage) -> str | None:
    named = (message.get("Snapshot-Content-Location"), page.get("Content-Location"), message.get("Content-Location"))
    return next((str(url).strip() for url in named if url and _WEB.match(str(url).strip())), None)
