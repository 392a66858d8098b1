"""One e-mail, handed to the server of the settings, and whether it is certain that it was not taken."""

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid, parseaddr

from impact.causes import why
from impact.errors import ImpactError
from impact.settings import Mail

TIMEOUT = 20.0


class NotSent(ImpactError):
    """The server certainly did not take the message: it may be sent again."""


class Unreachable(NotSent):
    """The server takes no message of anybody now."""


class Unsure(ImpactError):
    """The connection broke after the message had begun to leave: nobody knows whether it was taken."""


def send(mail: Mail, to: str, subject: str, text: str, html: str) -> None:
    """Hand one message over; NotSent, Unreachable or Unsure."""
    if not to.isascii():
        raise NotSent(f"l’adresse « {to} » a des lettres que le courrier ne prend pas partout.")
    message = _message(mail, to, subject, text, html)
    server = _connected(mail)
    try:
        _hand_over(server, parseaddr(mail.sender)[1], to, message.as_bytes())
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _message(mail: Mail, to: str, subject: str, text: str, html: str) -> EmailMessage:
    message = EmailMessage(SMTP)
    message["From"], message["To"], message["Subject"] = mail.sender, to, subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=parseaddr(mail.sender)[1].rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "fr"
    message.set_content(text, cte="base64")
    message.add_alternative(html, subtype="html", cte="base64")
    return message


def _connected(mail: Mail) -> smtplib.SMTP:
    context = ssl.create_default_context()
    try:
        server: smtplib.SMTP = (
            smtplib.SMTP_SSL(mail.host, mail.port, timeout=TIMEOUT, context=context)
            if mail.secure
            else smtplib.SMTP(mail.host, mail.port, timeout=TIMEOUT)
        )
    except (smtplib.SMTPException, OSError) as error:
        raise Unreachable(f"le serveur de courriel {mail.host}:{mail.port} ne répond pas ({_said(error)}).") from error
    try:
        server.ehlo_or_helo_if_needed()
        if mail.starttls:
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, mail.password)
    except (smtplib.SMTPException, OSError) as error:
        server.close()
        raise Unreachable(f"le serveur de courriel {mail.host} refuse l’entrée ({_said(error)}).") from error
    return server


def _hand_over(server: smtplib.SMTP, sender: str, to: str, content: bytes) -> None:
    try:
        for code, said in (server.mail(sender), server.rcpt(to)):
            if code not in (250, 251):
                raise NotSent(f"le serveur refuse le message ({code} {said.decode(errors='replace')[:200]}).")
    except (smtplib.SMTPException, OSError) as error:
        raise NotSent(f"le serveur a coupé avant le message ({_said(error)}).") from error
    try:
        code, said = server.data(content)
    except smtplib.SMTPDataError as error:
        raise NotSent(f"le serveur refuse le message ({_said(error)}).") from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unsure(f"le serveur a coupé pendant l’envoi ({_said(error)}).") from error
    if code != 250:
        raise NotSent(f"le serveur refuse le message ({code} {said.decode(errors='replace')[:200]}).")


def _said(error: Exception) -> str:
    """What the server or the machine said; never what was sent, for a password may stand in it."""
    if isinstance(error, smtplib.SMTPResponseException):
        told = error.smtp_error.decode(errors="replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        return f"{error.smtp_code} {told}"[:200]
    return why(error) if isinstance(error, OSError) else type(error).__name__
