"""The texts and numbers that stored values are made of: each a type that says what it accepts.

What is refused is refused with a sentence (ValueError, through pydantic) that says what to write instead.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from datetime import date
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field, StringConstraints

from model.sentences import told

MAX_NAME = 200
MAX_TEXT = 4_000
FURTHEST = 1_000_000
"""The largest coordinate, in scene pixels."""

_HOST_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_DOTTED = re.compile(rf"{_OCTET}(?:\.{_OCTET}){{3}}")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _clean(text: str, *, lines: bool = False) -> str:
    if text.isprintable():  # nearly every text, and far quicker to tell
        return text
    allowed = {"\n"} if lines else set()
    found = {character for character in set(text) - allowed if unicodedata.category(character) in _INVISIBLE}
    if found:
        position = min(map(text.index, found))
        code = f"U+{ord(text[position]):04X}"
        raise ValueError(
            told(
                "character {number} is {code}, which cannot be seen or printed; remove it",
                number=position + 1,
                code=code,
            )
        )
    return text


def _clean_name(text: str) -> str:
    if text != text.strip():
        raise ValueError(told("a name has no spaces at its ends; remove them"))
    return _clean(text)


def _clean_text(text: str) -> str:
    return _clean(text, lines=True)


def _address(text: str) -> str:
    if _DOTTED.fullmatch(text):  # by far the most frequent, and already in its one form
        return text
    if "/" in text:
        return _network(text)
    try:
        return str(ipaddress.ip_address(_unscoped(text)))
    except ValueError:
        problem = told("{text!r} is not an IP address; write one such as 10.1.2.3 or 10.1.0.0/16", text=text)
        raise ValueError(problem) from None


def _network(text: str) -> str:
    try:
        network = ipaddress.ip_network(_unscoped(text), strict=False)
    except ValueError:
        raise ValueError(
            told("{text!r} is not a network; write one such as 10.1.0.0/16", text=text)
        ) from None
    if ipaddress.ip_interface(text).ip != network.network_address:
        raise ValueError(
            told(
                "{text!r} is an address inside a network; write {network}, or the address alone",
                text=text,
                network=network,
            )
        )
    return str(network)


def _unscoped(text: str) -> str:
    if "%" in text:
        raise ValueError(told("what follows a % names an interface of one host, and may be any text at all"))
    return text


def _date(text: str) -> str:
    if text:
        try:
            date.fromisoformat(text)
        except ValueError:
            raise ValueError(told("{text!r} is not in the calendar; correct it", text=text)) from None
    return text


def _fqdn(text: str) -> str:
    labels = text.split(".")
    if len(text) > 253 or len(labels) < 2 or not all(_HOST_LABEL.fullmatch(label) for label in labels):
        raise ValueError(
            told(
                "{text!r} is not a full domain name; write one such as host.example.com in lower case",
                text=text,
            )
        )
    if labels[-1].isdigit():
        raise ValueError(
            told("{text!r} ends in a number; write an address in `addresses` instead", text=text)
        )
    return text


Name = Annotated[str, StringConstraints(min_length=1, max_length=MAX_NAME), AfterValidator(_clean_name)]
Line = Annotated[str, StringConstraints(max_length=MAX_NAME), AfterValidator(_clean_name)]
Prose = Annotated[str, StringConstraints(max_length=MAX_TEXT), AfterValidator(_clean_text)]
Address = Annotated[str, StringConstraints(max_length=64), AfterValidator(_address)]
Cidr = Annotated[str, StringConstraints(max_length=64), AfterValidator(_network)]
Fqdn = Annotated[str, StringConstraints(max_length=253), AfterValidator(_fqdn)]
Coordinate = Annotated[int, Field(ge=-FURTHEST, le=FURTHEST)]
Extent = Annotated[int, Field(ge=10, le=FURTHEST)]
DateText = Annotated[
    str,
    StringConstraints(pattern=r"^(\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?$"),
    AfterValidator(_date),
]
SettingValue = Annotated[str, StringConstraints(min_length=1, max_length=64), AfterValidator(_clean_name)]
MOST_HOSTS = 10_000_000
"""The largest group of hosts."""

MAX_ADDRESSES = 10_000
"""How many addresses and networks a component may have."""

HostCount = Annotated[int, Field(ge=1, le=MOST_HOSTS)]
Item = TypeVar("Item")
Several = Annotated[tuple[Item, ...], Field(fail_fast=True)]
"""A list refused at its first bad entry: a hostile file could otherwise bring a million complaints."""
