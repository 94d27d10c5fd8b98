"""A letter as a message of RFC 5322."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from application.ports import Letter


def message_of(letter: Letter, sender: str, domain: str) -> EmailMessage:
    """Its Message-ID follows from the letter's id, so that a second delivery is recognised."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = f"<{letter.id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message
