"""Outgoing requests end in time, whoever keeps silent."""

from __future__ import annotations

import socket
import threading

import pytest

from khuevan.core.outgoing import Obstacle, OutgoingRefused, OutgoingRules, asked


def test_a_resolver_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = threading.Event()

    def silent(*_args: object, **_named: object) -> list[object]:
        heard.wait(60)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    try:
        with pytest.raises(OutgoingRefused) as refused:
            asked("https://press.example/", rules=OutgoingRules(seconds=0.2))
    finally:
        heard.set()
    assert refused.value.obstacle == Obstacle.LATE


def test_a_name_that_nobody_knows_is_said_to_be_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: object, **_named: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(OutgoingRefused) as refused:
        asked("https://press.example/")
    assert refused.value.obstacle == Obstacle.NOT_FOUND


@pytest.mark.parametrize("address", ["10.0.0.1", "127.0.0.1", "169.254.169.254", "::1", "64:ff9b::a00:1"])
def test_a_name_that_leads_inside_is_refused_unasked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def inside(*_args: object, **_named: object) -> list[object]:
        # One address that is public does not help the other.
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in ("8.8.8.8", address)]

    monkeypatch.setattr(socket, "getaddrinfo", inside)
    with pytest.raises(OutgoingRefused) as refused:
        asked("https://press.example/")
    assert refused.value.obstacle == Obstacle.PRIVATE
