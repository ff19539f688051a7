"""Which addresses are public, and which an installation may call its own."""

import pytest

from surveys.common.public_network import is_internal, is_public


@pytest.mark.parametrize(
    ("address", "expected"), [("8.8.8.8", True), ("2001:4860:4860::8888", True), ("ff02::1", False)]
)
def test_public_is_what_the_whole_world_reaches(address, expected):
    assert is_public(address) is expected


@pytest.mark.parametrize(
    "address",
    [
        "fec0::1",
        "::127.0.0.1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "::ffff:0:7f00:1",
        "192.88.99.1",
    ],
)
def test_an_address_that_leads_into_another_network_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["10.1.2.3", "172.16.0.1", "192.168.1.1", "fd12::1", "::ffff:10.0.0.1", "8.8.8.8"]
)
def test_internal_hosts_stand_in_private_networks_too(address):
    assert is_internal(address) is True


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "::1",
        "0.0.0.0",  # noqa: S104  (nothing listens here)
        "169.254.169.254",
        "::ffff:169.254.169.254",
        "fe80::1",
        "fd00:ec2::254",
        "224.0.0.1",
        "64:ff9b::a00:1",
        "100.100.100.200",
    ],
)
def test_no_network_has_its_internal_hosts_at_these(address):
    assert is_internal(address) is False
