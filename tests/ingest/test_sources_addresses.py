"""Which addresses may be fetched: by form, by IP address, and by what a name resolves to. No network."""

import pytest

from ingest.sources.addresses import Guard, is_public, normal
from retrieval.errors import ReadError


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("HTTP://Bao.Example:80/Bai?a=1#cuoi", "http://bao.example/Bai?a=1"),
        ("https://bao.example", "https://bao.example/"),
        ("https://bao.example/b?utm_source=zalo&id=7&fbclid=x", "https://bao.example/b?id=7"),
        ("https://bao.example/b?utm_source=zalo", "https://bao.example/b"),
        ("https://bao.example/a%2Fb%20c?q=1%2F2&z", "https://bao.example/a%2Fb%20c?q=1%2F2&z"),
        ("http://báo.example/đường", "http://xn--bo-mia.example/%C4%91%C6%B0%E1%BB%9Dng"),
        (" https://bao.example/a ", "https://bao.example/a"),
    ],
)
def test_an_address_has_one_form(given: str, kept: str) -> None:
    assert normal(given) == kept


@pytest.mark.parametrize(
    "url",
    [
        "ftp://bao.example/a",
        "file:///etc/passwd",
        "gopher://bao.example/",
        "javascript:alert(1)",
        "bao.example/a",
        "http://nguoi:mat-khau@bao.example/",
        "http://nguoi@bao.example/",
        "http://",
        "http:///a",
        "http://bao.example:99999/",
        "http://bao example/",
        "http://[fe80::1%25eth0]/",
        "http://[::1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://127.0.0.1./",
        "http://①②⑦.⓪.⓪.①/",
        "http://bao.example\\@127.0.0.1/",
    ],
)
def test_what_is_refused_by_its_form(url: str) -> None:
    with pytest.raises(ReadError) as refused:
        normal(url)
    assert "mat-khau" not in str(refused.value)


PRIVATE = """
127.0.0.1 127.255.255.254 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 ::1 fc00::1 fd12::1 fec0::1 feff::1
::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:7f00:1 64:ff9b::7f00:1
""".split()
RESERVED = """
0.0.0.0 169.254.169.254 100.100.100.200 192.0.0.192 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255
240.0.0.1 255.255.255.255 168.63.129.16 :: fe80::1 fe80::1%eth0 fd00:ec2::254 ff02::1 2001:db8::1 2002:7f00:1:: 2002:a00:1::
::ffff:169.254.169.254 64:ff9b::a9fe:a9fe 2001:0:a00:1:8000::
""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_fetched_from_only_if_it_is_allowed(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(ReadError, match="TINHSO_ALLOW_PRIVATE_ADDRESSES"):
        Guard(resolve=lambda host, port: [address]).addresses("bao.example", 443)
    assert Guard(True, resolve=lambda host, port: [address]).addresses("bao.example", 443) == [address]


@pytest.mark.parametrize("address", RESERVED)
def test_reserved_addresses_are_never_fetched_from(address: str) -> None:
    assert not is_public(address)
    for allow_private in (False, True):
        with pytest.raises(ReadError, match="reserved address"):
            Guard(allow_private, resolve=lambda host, port: [address]).addresses("bao.example", 443)


@pytest.mark.parametrize("address", ["93.184.216.34", "172.32.0.1", "2606:4700::1111", "64:ff9b::5db8:d822"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)
    assert Guard(resolve=lambda host, port: [address]).addresses("bao.example", 443) == [address]


def test_one_private_address_among_public_ones_is_enough() -> None:
    with pytest.raises(ReadError, match=r"10\.0\.0\.7"):
        Guard(resolve=lambda host, port: ["93.184.216.34", "10.0.0.7"]).addresses("bao.example", 80)


@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1"])
def test_an_ip_address_is_checked_without_a_resolver(host: str) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise AssertionError("no resolver is needed")

    with pytest.raises(ReadError, match=r"private network|reserved address"):
        Guard(resolve=resolve).addresses(host, 80)


def test_a_name_that_is_not_there_is_told() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise OSError("Name or service not known")

    with pytest.raises(ReadError, match=r"no host bao\.example"):
        Guard(resolve=resolve).addresses("bao.example", 80)
