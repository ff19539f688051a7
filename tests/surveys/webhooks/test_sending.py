"""One message to one address: where it may go, what counts as taken, and how little is read."""

import socket
from threading import Thread
from time import sleep

import pytest

from surveys.webhooks import sending
from surveys.webhooks.addresses import AddressRefused, parts_of
from surveys.webhooks.enums import Problem
from surveys.webhooks.sending import Answer, excerpt_of, post


def sent(address: str) -> Answer:
    return post(address, body=b"{}", headers={"Content-Type": "application/json"})


def test_a_message_is_posted_with_its_body_and_headers(receiver):
    answer = post(receiver.address, body=b'{"a":1}', headers={"Webhook-Id": "msg_1"})

    (headers, body) = receiver.taken[0]
    assert (answer.problem, answer.status, answer.excerpt) == ("", 200, "ok")
    assert (body, headers["Webhook-Id"], headers["Content-Length"]) == (b'{"a":1}', "msg_1", "7")


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (200, ""),
        (204, ""),
        (301, Problem.REDIRECT),
        (307, Problem.REDIRECT),
        (400, Problem.STATUS),
        (410, Problem.GONE),
        (500, Problem.STATUS),
    ],
)
def test_only_a_status_of_success_counts(receiver, status, problem):
    receiver.status = status

    assert (sent(receiver.address).problem, sent(receiver.address).status) == (problem, status)


def test_a_redirect_is_not_followed(receiver):
    receiver.status, receiver.headers = 307, {"Location": receiver.address}

    sent(receiver.address)

    assert len(receiver.taken) == 1


def test_of_a_huge_answer_little_is_read(receiver):
    receiver.answer = b"x" * 50_000_000

    answer = sent(receiver.address)

    assert (answer.problem, answer.excerpt) == ("", "x" * 500)


def test_an_answer_is_shown_as_one_line_of_text():
    assert excerpt_of(b"a\r\n\x00<b>\xff \xe2\x80\xae z") == "a <b>\ufffd z"


def test_a_receiver_that_is_silent_is_left_in_time(receiver, monkeypatch):
    monkeypatch.setattr(sending, "SECONDS", 0.3)
    receiver.hold.clear()

    answer = sent(receiver.address)

    assert (answer.problem, answer.status) == (Problem.TOO_SLOW, None)


def test_a_receiver_that_answers_letter_by_letter_is_left_in_time(monkeypatch):
    monkeypatch.setattr(sending, "SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _address = server.accept()
            with connection:
                try:
                    for _letter in range(100):
                        connection.sendall(b"H")
                        sleep(0.05)
                except OSError:
                    return

        Thread(target=drip, daemon=True).start()
        answer = sent(f"http://127.0.0.1:{server.getsockname()[1]}/")

    assert answer.problem == Problem.TOO_SLOW


def test_a_receiver_that_is_gone_is_unreachable(receiver):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    assert sent(f"http://127.0.0.1:{port}/").problem == Problem.UNREACHABLE


def test_a_receiver_without_tls_is_not_trusted(receiver):
    answer = sent(receiver.address.replace("http:", "https:"))

    assert answer.problem in {Problem.CERTIFICATE, Problem.UNREACHABLE}
    assert receiver.taken == []


HOSTILE = [
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://017700000001/",
    "https://0/",
    "https://0.0.0.0/",
    "https://localhost/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[fe80::1]/",
    "https://[fd00:ec2::254]/",
    "https://[fc00::1]/",
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
]


@pytest.mark.parametrize("address", HOSTILE)
def test_nothing_is_sent_to_what_is_not_public(settings, address):
    settings.WEBHOOK_LOOPBACK = False

    assert sent(address).problem in {Problem.NOT_PUBLIC, Problem.ADDRESS, Problem.UNREACHABLE}


@pytest.mark.parametrize("address", HOSTILE)
def test_an_allowed_host_is_never_this_machine_its_link_or_a_metadata_service(settings, address):
    settings.WEBHOOK_LOOPBACK = False
    host = address.removeprefix("https://").split("/")[0].strip("[]")
    if host in {"10.0.0.1", "172.16.0.1", "192.168.1.1", "fc00::1", "::ffff:10.0.0.1"}:
        pytest.skip("a private network, which an installation may name")
    settings.WEBHOOK_HOSTS = frozenset({host})

    assert sent(address).problem in {Problem.NOT_PUBLIC, Problem.ADDRESS, Problem.UNREACHABLE}


@pytest.mark.parametrize(
    "address",
    [
        "",
        "kho.example.vn/hook",
        "http://kho.example.vn/",
        "ftp://kho.example.vn/",
        "file:///etc/passwd",
        "gopher://kho.example.vn/",
        "https:///path",
        "https://kho.example.vn:22/",
        "https://kho.example.vn:8080/",
        "https://kho.example.vn:99999/",
        "https://user:secret@kho.example.vn/",
        "https://@kho.example.vn/",
        "https://kho.example.vn/#part",
        "https://kho.example.vn/a b",
        "https://kho.example.vn/a\r\nX: y",
        "https://kho.example.vn\\@10.0.0.1/",
        "https://khảo-sát.vn/",
        "https://kho.example.vn/" + "a" * 500,
    ],
)
def test_such_an_address_is_refused_when_it_is_typed(settings, address):
    settings.WEBHOOK_LOOPBACK = False

    with pytest.raises(AddressRefused):
        parts_of(address)


@pytest.mark.parametrize(
    "address", ["https://kho.example.vn", "https://kho.example.vn:8443/a?b=c", "https://8.8.8.8/"]
)
def test_such_an_address_is_taken(settings, address):
    settings.WEBHOOK_LOOPBACK = False

    assert parts_of(address).hostname in {"kho.example.vn", "8.8.8.8"}


def test_a_named_host_may_stand_in_a_private_network(settings):
    settings.WEBHOOK_LOOPBACK, settings.WEBHOOK_HOSTS = False, frozenset({"10.1.2.3"})

    assert parts_of("https://10.1.2.3:8443/hook").port == 8443


def test_a_name_that_changes_its_address_after_it_was_judged_gains_nothing(
    settings, receiver, monkeypatch
):
    settings.WEBHOOK_LOOPBACK = False
    answers = iter(["8.8.8.8", "127.0.0.1"])
    asked: list[tuple[str, int]] = []

    def resolve(host, port, **_kwargs):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(address, **_kwargs):
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    answer = sent("https://doi.example.vn/")

    assert (asked, answer.problem) == ([("8.8.8.8", 443)], Problem.UNREACHABLE)


def test_a_name_with_one_private_address_among_public_ones_is_refused(settings, monkeypatch):
    settings.WEBHOOK_LOOPBACK = False
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("8.8.8.8", "10.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: found)

    assert sent("https://hai.example.vn/").problem == Problem.NOT_PUBLIC
