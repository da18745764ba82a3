"""Which addresses of the web may be fetched. What a feed or a redirect names must not reach into the operator's network."""

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import httpx

from retrieval.errors import ReadError

Resolve = Callable[[str, int], list[str]]
"""From a host's name and a port to its IP addresses. Raises OSError when there are none."""

_IP = ipaddress.IPv4Address | ipaddress.IPv6Address
_METADATA = frozenset({"168.63.129.16", "100.100.100.200", "fd00:ec2::254"})
"""Where Azure, Alibaba and AWS tell a machine its secrets; other clouds do so at link-local addresses (169.254.169.254)."""

_PRIVATE = tuple(
    map(
        ipaddress.ip_network,
        (
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "fc00::/7",
            "fec0::/10",
            "::1/128",
        ),
    )
)
"""Networks of homes and offices, and this machine."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the IPv4 address is in the last 32 bits
_SPECIAL = tuple(
    map(ipaddress.ip_network, ("192.0.0.0/24", "2001::/23", "2002::/16", "64:ff9b:1::/48", "3fff::/20", "5f00::/16"))
)
"""For protocols, tunnels and documents: older versions of Python take some of them for public."""

_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)\.?$", re.IGNORECASE)  # the last label, as browsers tell an IPv4 address
_HOST = re.compile(r"[a-z0-9_.-]+|[0-9a-f:.]+", re.IGNORECASE)
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|zarsrc|_ga|_gl|mc_[ce]id)$")
_USERINFO = re.compile(r"//[^/?#]*@")


def normal(url: str) -> str:
    """The address by which a page is known: host in lower case, no default port, fragment or marks of campaigns.

    Raises ReadError for what may not be fetched, by its form alone.
    """
    try:
        parsed = httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError) as error:  # half a character is no letter of an address
        raise ReadError(f"it is no address of a page ({error}): check it") from error
    if parsed.scheme not in ("http", "https"):
        raise ReadError(f"only http and https are fetched, not {parsed.scheme or 'an address without either'}")
    if parsed.userinfo:
        raise ReadError("an address must not carry a name or password: give it without what stands before the @")
    host = parsed.raw_host.decode("ascii")
    if not _HOST.fullmatch(host) or not 0 < (parsed.port or 80) < 65536:
        raise ReadError("its host or port is not one: check it")
    _literal(host)
    kept = [(name, value) for name, value in parsed.params.multi_items() if not _TRACKING.match(name)]
    if len(kept) < len(parsed.params.multi_items()):
        parsed = parsed.copy_with(params=kept) if kept else parsed.copy_with(query=None)
    return str(parsed.copy_with(raw_path=parsed.raw_path, fragment=None))


def shown(url: str) -> str:
    """An address as it may be printed: without a name and password in it."""
    return _USERINFO.sub("//…@", url)


def by_system(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, slots=True)
class Guard:
    """Turns hosts into IP addresses that may be connected to. Who connects uses these and asks no resolver again."""

    allow_private: bool = False
    resolve: Resolve = by_system

    def addresses(self, host: str, port: int) -> list[str]:
        """Every address of ``host``. Raises ReadError when it has none, or one that may not be fetched from."""
        literal = _literal(host)
        try:
            found = [str(literal)] if literal else self.resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise ReadError(f"there is no host {host}: check the spelling, and that the network is up") from error
        for address in found:
            if is_private(address):
                if not self.allow_private:
                    raise ReadError(
                        f"{host} is in a private network ({address}), which is not fetched from: "
                        "set TINHSO_ALLOW_PRIVATE_ADDRESSES=true if it is meant"
                    )
            elif not is_public(address):
                raise ReadError(f"{host} has a reserved address ({address}), which is never fetched from: check it")
        return found


def is_private(address: str) -> bool:
    """Whether an IP address is one of a private network or of this machine, and no secrets of a cloud lie there."""
    ip = _plain(address)
    return ip is not None and str(ip) not in _METADATA and _in_any(ip, _PRIVATE)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet."""
    ip = _plain(address)
    return (
        ip is not None
        and ip.is_global
        and not (ip.is_multicast or ip.is_reserved or str(ip) in _METADATA or _in_any(ip, (*_PRIVATE, *_SPECIAL)))
    )


def _plain(address: str) -> _IP | None:
    """The IP address, or the IPv4 address that it wraps. None for one with a zone, which holds on one link only."""
    if "%" in address:
        return None
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return ip.ipv4_mapped
        if ip in _NAT64:
            return ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip


def _in_any(ip: _IP, networks: Iterable[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    return any(ip.version == network.version and ip in network for network in networks)


def _literal(host: str) -> _IP | None:
    """The IP address that ``host`` spells; None for a name. "0x7f.1", "017700000001": refused, whatever they mean."""
    if ":" not in host and not _NUMERIC.match(host.rstrip(".").rpartition(".")[2]):
        return None
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        raise ReadError(f"{host} is an odd way to write an IP address: give it as four numbers, or as a name") from None
