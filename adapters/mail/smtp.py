"""Hands mails to a server by SMTP (RFC 5321): `smtps://` in TLS from the start, `smtp://` by STARTTLS.

Without TLS only to this machine itself: a mail server somewhere else never gets a password or an address in the clear.
"""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from urllib.parse import unquote, urlsplit

from adapters.mail.message import message_of
from adapters.postgres.address import is_local
from application.ports import Letter, MailNotSentError

TIMEOUT_S = 20
PORTS = {"smtp": 25, "smtps": 465}


class SmtpAddressError(ValueError):
    """Not an address of a mail server."""


class SmtpMailer:
    """A Mailer. One connection for each mail: they are few."""

    def __init__(self, url: str, sender: str, domain: str) -> None:
        """Raises SmtpAddressError."""
        parts = urlsplit(url)
        try:
            port = parts.port
        except ValueError as error:
            raise SmtpAddressError from error
        if parts.scheme not in PORTS or not parts.hostname:
            raise SmtpAddressError
        self._host, self._port = parts.hostname, port or PORTS[parts.scheme]
        self._tls = parts.scheme == "smtps"
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._sender, self._domain = sender, domain

    async def send(self, letter: Letter) -> None:
        """Raises MailNotSentError: its code is the kind of fault or the server's number, never its words."""
        try:
            await asyncio.to_thread(self._send, letter)
        except smtplib.SMTPResponseException as error:
            raise MailNotSentError(f"smtp-{error.smtp_code}") from error
        except smtplib.SMTPRecipientsRefused as error:
            codes = sorted({str(code) for code, _words in error.recipients.values()})
            raise MailNotSentError(f"recipient-refused-{'-'.join(codes)}") from error
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            raise MailNotSentError(type(error).__name__) from error

    def _send(self, letter: Letter) -> None:
        context = ssl.create_default_context()
        if self._tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=TIMEOUT_S, context=context)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT_S)
        with server:
            if not self._tls and not is_local(self._host):
                server.starttls(context=context)
            if self._user:
                server.login(self._user, self._password)
            server.send_message(message_of(letter, self._sender, self._domain))
