"""Notices by mail, sent to a real SMTP server on this machine."""

from __future__ import annotations

import email.policy
import logging
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from afsaet.channels.mail import Outcome, notify
from afsaet.municipality import Mail, Municipality
from afsaet.store import caseworkers, notices
from afsaet.store.database import Database
from afsaet.store.faults import DatabaseFault

NOW = datetime(2026, 6, 2, 10, tzinfo=UTC)
METTE, JENS = "mette@kommune.dk", "jens@kommune.dk"
PASSWORD = "hemmelig"


@dataclass
class Post:
    """A mail server's hands: what has arrived, and what it answers to whom."""

    arrived: list[Envelope] = field(default_factory=list)
    recipient_answers: dict[str, str] = field(default_factory=dict)
    data_answers: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.recipient_answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.data_answers.pop(0) if self.data_answers else "250 OK"
        if answer.startswith("250"):
            self.arrived.append(envelope)
        return answer

    def letters(self) -> list[EmailMessage]:
        contents = [envelope.content for envelope in self.arrived]
        return [email.message_from_bytes(each, policy=email.policy.default)
                for each in contents if isinstance(each, bytes)]


class ImplicitTls(Controller):
    """Encrypted from the first byte. Its own check that it has started would not be."""

    def _trigger_server(self) -> None:
        with socket.create_connection((self.hostname, self.port), 5):
            pass


Serve = Callable[..., int]


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def serve(post: Post) -> Iterator[Serve]:
    """Starts a mail server and returns its port."""
    started: list[Controller] = []

    def start(kind: type[Controller] = Controller, **options: Any) -> int:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        started.append(kind(post, hostname="127.0.0.1", port=port, **options))
        started[-1].start()
        return port

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A certificate for 127.0.0.1 that this machine trusts, and the server's context with it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "afsaet test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "certificate.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def municipality(port: int, **settings: Any) -> Municipality:
    mail = {"host": "127.0.0.1", "port": port, "tls": "none", "from": "afsaet@kommune.dk", **settings}
    return Municipality(mail=Mail.model_validate(mail))


def put(database: Database, *addresses: str) -> None:
    """There is something new for each of these caseworkers."""
    with database.write() as tx:
        for address in addresses:
            person = caseworkers.find_by_email(tx, address) or caseworkers.add(tx, address, "Mette Holm", NOW)
            assert person is not None
            notices.put(tx, person.id, NOW)


def waiting(database: Database, at: datetime = NOW) -> int:
    with database.read() as tx:
        return len(notices.due(tx, at, 100))


def send(database: Database, place: Municipality, password: str = "", *, at: datetime = NOW) -> Outcome:
    return notify(database, place, password, now=lambda: at)


def test_a_notice_says_only_that_there_is_something_new(database: Database, serve: Serve, post: Post) -> None:
    put(database, METTE)
    assert send(database, municipality(serve())) == Outcome(sent=1)
    assert [(envelope.mail_from, envelope.rcpt_tos) for envelope in post.arrived] == [("afsaet@kommune.dk", [METTE])]
    letter = post.letters()[0]
    assert letter["Subject"] == "Der er nyt i Afsæt"
    assert letter["From"] == "Afsæt <afsaet@kommune.dk>"
    assert letter["To"] == METTE
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().splitlines() == [
        "Der er nyt i Afsæt.", "", "Denne mail er sendt automatisk. Der står aldrig noget om borgere i den."]
    assert "Mette" not in str(letter)
    assert letter["Message-ID"].endswith("@kommune.dk>")


def test_each_is_told_once(database: Database, serve: Serve, post: Post) -> None:
    place = municipality(serve())
    put(database, METTE, JENS)
    put(database, METTE)
    assert send(database, place) == Outcome(sent=2)
    assert send(database, place) == Outcome()
    assert sorted(letter["To"] for letter in post.letters()) == [JENS, METTE]
    assert waiting(database, NOW + timedelta(days=30)) == 0


def test_without_a_mail_server_nothing_is_done(database: Database) -> None:
    put(database, METTE)
    assert send(database, Municipality()) == Outcome()
    assert waiting(database) == 1


def test_an_address_the_server_refuses_for_good_is_given_up_without_harm_to_others(
    database: Database, serve: Serve, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.recipient_answers[METTE] = "550 5.1.1 no such user mette@kommune.dk"
    put(database, METTE, JENS)
    with caplog.at_level(logging.DEBUG):
        assert send(database, municipality(serve())) == Outcome(sent=1, dropped=1)
    assert waiting(database, NOW + timedelta(days=30)) == 0
    told = [record.getMessage() for record in caplog.records if record.name.startswith("afsaet")]
    assert "dropped" in told[0]
    assert "@" not in told[0]


def test_an_address_the_server_cannot_take_now_is_tried_again(database: Database, serve: Serve, post: Post) -> None:
    post.recipient_answers[METTE] = "450 4.2.1 mailbox busy"
    put(database, METTE, JENS)
    place = municipality(serve())
    assert send(database, place) == Outcome(sent=1, postponed=1)
    del post.recipient_answers[METTE]
    assert send(database, place) == Outcome()
    assert send(database, place, at=NOW + timedelta(minutes=1)) == Outcome(sent=1)


def test_a_letter_that_is_turned_away_is_tried_again_and_the_next_one_sent(
    database: Database, serve: Serve, post: Post
) -> None:
    post.data_answers.append("554 5.7.1 looks like spam")
    put(database, METTE, JENS)
    place = municipality(serve())
    assert send(database, place) == Outcome(sent=1, postponed=1)
    assert send(database, place, at=NOW + timedelta(minutes=1)) == Outcome(sent=1)


def test_a_server_that_is_down_is_waited_for_longer_each_time(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        place = municipality(int(closed.getsockname()[1]))
        put(database, METTE)
        at = NOW
        for minutes in (1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360):
            assert send(database, place, at=at) == Outcome(postponed=1)
            at += timedelta(minutes=minutes)
            assert [waiting(database, at - timedelta(seconds=1)), waiting(database, at)] == [0, 1]
    assert "ConnectionRefusedError" in caplog.text


def test_the_letter_goes_over_starttls_after_signing_in(
    database: Database, serve: Serve, post: Post, certificate: ssl.SSLContext
) -> None:
    def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"afsaet", PASSWORD.encode())
        return AuthResult(success=good, handled=good)

    place = municipality(
        serve(tls_context=certificate, require_starttls=True, auth_required=True, authenticator=authenticate),
        tls="starttls", user="afsaet",
    )
    put(database, METTE)
    assert send(database, place, "forkert") == Outcome(postponed=1)
    assert send(database, place, "rødgrød", at=NOW + timedelta(hours=1)) == Outcome(postponed=1)
    assert send(database, place, PASSWORD, at=NOW + timedelta(hours=2)) == Outcome(sent=1)
    assert len(post.arrived) == 1


def test_the_letter_goes_over_tls_from_the_first_byte(
    database: Database, serve: Serve, post: Post, certificate: ssl.SSLContext
) -> None:
    put(database, METTE)
    assert send(database, municipality(serve(ImplicitTls, ssl_context=certificate), tls="tls")) == Outcome(sent=1)


def test_a_certificate_nobody_vouches_for_stops_the_letter(
    database: Database, serve: Serve, post: Post, certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    put(database, METTE)
    assert send(database, municipality(serve(tls_context=certificate), tls="starttls")) == Outcome(postponed=1)
    assert post.arrived == []


def test_a_server_that_does_not_encrypt_gets_no_letter(database: Database, serve: Serve, post: Post) -> None:
    put(database, METTE)
    assert send(database, municipality(serve(), tls="starttls")) == Outcome(postponed=1)
    assert post.arrived == []


def test_when_the_database_cannot_note_it_no_letter_goes_out_again_at_once(
    database: Database, serve: Serve, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise DatabaseFault("The disk is full.")

    put(database, METTE)
    place = municipality(serve())
    with monkeypatch.context() as patch:
        patch.setattr(notices, "done", fails)
        with pytest.raises(DatabaseFault):
            send(database, place)
    assert send(database, place) == Outcome()
    assert len(post.arrived) == 1
