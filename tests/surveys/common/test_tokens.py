"""Secrets of links."""

from django.test import override_settings

from surveys.common.tokens import LENGTH, hashed, is_token, new_nonce, token


def test_a_token_is_the_same_on_every_call() -> None:
    assert token("invitation", "a") == token("invitation", "a")


def test_a_token_fits_an_address() -> None:
    secret = token("invitation", "a")

    assert len(secret) == LENGTH
    assert set(secret) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_purposes_nonces_and_keys_part_tokens() -> None:
    of_this_key = {token("invitation", "a"), token("invitation", "b"), token("access", "a")}

    with override_settings(SECRET_KEY="another"):  # noqa: S106  (for the test)
        assert len({*of_this_key, token("invitation", "a")}) == 4


def test_a_token_is_recognised_for_its_purpose_and_nonce_only() -> None:
    secret = token("invitation", "a")

    assert is_token(secret, purpose="invitation", nonce="a")
    assert not is_token(secret, purpose="invitation", nonce="b")
    assert not is_token("kẻ lạ", purpose="invitation", nonce="a")


def test_the_hash_is_a_sha_256_and_not_the_token() -> None:
    assert hashed("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_nonces_differ() -> None:
    assert len({new_nonce() for _ in range(100)}) == 100
