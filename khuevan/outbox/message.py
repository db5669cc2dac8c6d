"""A mail as it travels: its head and body in the form of RFC 5322, the same bytes every time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.charset import QP, Charset
from email.encoders import encode_base64
from email.generator import BytesGenerator
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, parseaddr
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.encoding import punycode

from khuevan.outbox.attachments import Attached, attached_to
from khuevan.outbox.models import OutgoingMail

# Plain words that need neither quoting nor encoding; everything else travels as encoded words (RFC 2047).
_PLAIN_WORDS = re.compile(r"[A-Za-z0-9!#$%&'*+/?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/?^_`{|}~-]+)*")
_PLAIN_LINE = re.compile(r"[!-~]+(?: [!-~]+)*")
# Every server takes 7 bits and lines of 76; not every one says so when it takes more.
_QUOTED_PRINTABLE = Charset("utf-8")
_QUOTED_PRINTABLE.body_encoding = QP


def sender() -> tuple[str, str]:
    """The name and the address from which the installation writes (KHUEVAN_EMAIL_SENDER)."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)


def sender_domain() -> str:
    """The part of the sender's address behind the @, in ASCII."""
    return punycode(sender()[1].rpartition("@")[2])


def envelope_address(address: str) -> str:
    """The address as SMTP takes it: a domain with diacritics in its ASCII form."""
    local, _at, domain = address.rpartition("@")
    return f"{local}@{punycode(domain)}"


def header_line(value: str, name: str) -> str:
    """The text of a header, encoded where plain ASCII would not give it back as it is."""
    if len(value) < 65 and _PLAIN_LINE.fullmatch(value) and "=?" not in value:
        return value
    # Folded here, at 76: the generator's own 78 would make encoded words longer than RFC 2047 allows.
    return Header(value, "utf-8", header_name=name).encode()


def mailbox(name: str, address: str, header: str) -> str:
    """Name and address as a header takes them, such as `Lan <lan@example.vn>`; the address alone if nameless."""
    plain = envelope_address(address)
    if not name:
        return plain
    if len(name) < 40 and _PLAIN_WORDS.fullmatch(name) and "=?" not in name:
        return f"{name} <{plain}>"
    return f"{Header(name, 'utf-8', header_name=header).encode()} <{plain}>"


def composed(mail: OutgoingMail, files: Sequence[Attached] | None = None) -> Message:
    """The mail's head and body; nothing in it depends on when it is sent, or how often.

    `files` are those of a mail that is not kept yet; a kept one has its own. Raises UnfitMail where a kept file is
    no longer the same.
    """
    text = MIMEText(mail.text, "plain", _QUOTED_PRINTABLE)  # type: ignore[arg-type]
    message: Message = text
    if mail.html:
        html = MIMEText(mail.html, "html", _QUOTED_PRINTABLE)  # type: ignore[arg-type]
        message = MIMEMultipart("alternative", boundary=mail.boundary, _subparts=[text, html])
    attached = attached_to(mail) if files is None else files
    if attached:
        parts = [message, *(_part(file) for file in attached)]
        message = MIMEMultipart("mixed", boundary=mail.file_boundary, _subparts=parts)
    domain = sender_domain()
    # The kind as a list, so that a reader can sort these mails into a folder (RFC 2919).
    list_id = f"<{mail.kind.lower().replace('_', '-')}.{domain}>"
    message["Subject"] = header_line(mail.subject, "Subject")
    message["From"] = mailbox(*sender(), "From")
    message["To"] = mailbox(mail.to_name, mail.to_address, "To")
    message["Date"] = format_datetime(timezone.localtime(mail.created_at))
    message["Message-ID"] = mail.message_id
    message["List-Id"] = list_id
    # Holiday notices and other machines shall not answer (RFC 3834; the second is Exchange's own).
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    return message


def _part(file: Attached) -> Message:
    """The file as a part of a mail, in base64, its name as RFC 2231 writes it."""
    part = MIMEBase(*file.content_type.split("/"))
    part.set_payload(file.data)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", file.filename))
    return part


def as_sent(message: Message) -> bytes:
    """The message as SMTP carries it, lines ended by CRLF."""
    buffer = BytesIO()
    BytesGenerator(buffer, mangle_from_=False, policy=message.policy.clone(linesep="\r\n")).flatten(message)
    return buffer.getvalue()


class ComposedMail(EmailMultiAlternatives):
    """The mail for backends of Django's that are not SMTP: they print, store or collect the same message."""

    def __init__(self, mail: OutgoingMail) -> None:
        _name, address = sender()
        super().__init__(
            subject=mail.subject,
            body=mail.text,
            from_email=address,
            to=[envelope_address(mail.to_address)],
            headers={"Message-ID": mail.message_id},
        )
        if mail.html:
            self.attach_alternative(mail.html, "text/html")
        self._composed = composed(mail)

    def message(self, *, policy: Any = None) -> Any:
        """The message that SMTP would carry. Django 5.2 gives no policy; later versions may."""
        return self._composed
