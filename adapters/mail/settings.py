"""Where mails go: by default files below the data folder, by `HOSO_SMTP_URL` a server."""

from __future__ import annotations

from urllib.parse import urlsplit

from adapters.mail.file_mailbox import FileMailbox
from adapters.mail.smtp import SmtpMailer
from adapters.settings import Settings
from application.ports import Mailer


def mailer_of(settings: Settings) -> Mailer:
    """The one that the settings name."""
    domain = urlsplit(settings.origin).hostname or "localhost"
    sender = settings.mail_from or f"hoso@{domain}"
    if settings.smtp_url:
        return SmtpMailer(settings.smtp_url, sender, domain)
    return FileMailbox(settings.data_dir / "mail", sender, domain)
