"""Settings, read from the environment and nowhere else."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from email.utils import parseaddr
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from impact.errors import BadSettings

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"

NAMES = (
    "IMPACT_DATABASE_URL", "IMPACT_TODAY", "IMPACT_KEY_FILE", "IMPACT_PUBLIC_URL", "IMPACT_EVIDENCE_URL",
    "IMPACT_SMTP_URL", "IMPACT_MAIL_FROM",
)  # fmt: skip

_BUCKET = r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"


@dataclass(frozen=True, slots=True)
class Mail:
    """Where e-mails leave from. secure: encrypted from the first byte (smtps). starttls: encrypted, or not at all.

    user: '' = without signing in. sender: « Nom <adresse> » or an address.
    """

    host: str
    port: int
    secure: bool
    starttls: bool
    user: str
    password: str = field(repr=False)
    sender: str


@dataclass(frozen=True, slots=True)
class Settings:
    """database_url: SQLAlchemy URL. today: the day that the product takes it to be, or None for the real one.

    key_file: where the history's HMAC key is kept, outside the database. public_url: the address people type.
    evidence_url: where files of evidence are kept, the absolute path of a folder or s3://bucket/prefix.
    mail: None where no e-mail leaves.
    """

    database_url: str
    today: date | None
    key_file: Path
    public_url: str
    evidence_url: str
    mail: Mail | None

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> "Settings":
        env = os.environ if env is None else env
        return cls._read(*(env.get(name, "").strip() for name in NAMES))

    @classmethod
    @lru_cache
    def _read(
        cls, url: str, today: str, key_file: str, public: str, evidence: str, smtp: str, sender: str
    ) -> "Settings":
        """Once for the same words: several reads of every page ask."""
        url = url or "sqlite:///data/impact.db"
        if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise BadSettings(
                "IMPACT_DATABASE_URL : attendu « sqlite:///chemin » ou « postgresql://… », reçu « "
                f"{url.split('://')[0]}://… »."
            )
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
        public = public.rstrip("/") or "http://127.0.0.1:8501"
        if not public.startswith(("http://", "https://")):
            raise BadSettings(f"IMPACT_PUBLIC_URL : attendu une adresse http(s), reçu « {public} ».")
        url = _anchored(url)
        return cls(url, _day(today), _key_file(key_file, url), public, _evidence(evidence, url), _mail(smtp, sender))

    @property
    def behind_tls(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def sqlite_path(self) -> Path | None:
        return Path(self.database_url.removeprefix("sqlite:///")) if self.database_url.startswith("sqlite") else None


def _anchored(url: str) -> str:
    """A relative SQLite path starts from the project's root, wherever the command is run."""
    if not url.startswith("sqlite:///") or url.startswith("sqlite:////"):
        return url
    return f"sqlite:///{ROOT / url.removeprefix('sqlite:///')}"


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadSettings(f"IMPACT_TODAY : attendu une date comme 2011-07-10, reçu « {text} ».") from None


def _key_file(named: str, url: str) -> Path:
    if named:
        return Path(named)
    path = url.removeprefix("sqlite:///")
    return Path(f"{path}.key") if path != url else DATA / "impact.key"


def _evidence(named: str, url: str) -> str:
    """A relative path starts from the project's root; no path may lead into the folder that Streamlit serves."""
    if named.startswith("s3://"):
        bucket, _, prefix = named.removeprefix("s3://").partition("/")
        if re.fullmatch(_BUCKET, bucket) and ".." not in prefix.split("/"):
            return f"s3://{bucket}/{prefix.strip('/')}".rstrip("/")
    elif not named:
        path = url.removeprefix("sqlite:///")
        return str((Path(path).parent if path != url else DATA) / "pieces")
    else:
        path = named.removeprefix("file://")
        if "://" not in path and "\0" not in path and (path == named or path.startswith("/")):
            folder = (ROOT / path).resolve()
            if folder != ROOT and not folder.is_relative_to(ROOT / "pages"):
                return str(folder)
    shown = f"{named.split('://')[0]}://…" if "@" in named else named
    raise BadSettings(
        "IMPACT_EVIDENCE_URL : attendu le chemin d’un dossier, « file:///chemin » ou « s3://seau/prefixe », "
        f"reçu « {shown} »."
    )


_SMTP = (
    "IMPACT_SMTP_URL : attendu « smtp://compte:motdepasse@hote:587?starttls=1 » ou « smtps://compte:motdepasse@hote »"
)
_PORTS = {"smtp": 25, "smtps": 465}
_WITH_STARTTLS = 587


def _mail(url: str, sender: str) -> Mail | None:
    """The two go together. What is refused is never shown: a password may stand in it."""
    if not url and not sender:
        return None
    if not url:
        raise BadSettings("IMPACT_MAIL_FROM est donné sans IMPACT_SMTP_URL : aucun courriel ne partirait.")
    parts, port, starttls = _smtp(url)
    _, address = parseaddr(sender)
    if not sender.isprintable() or not re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", address) or sender.count("@") != 1:
        raise BadSettings(f"IMPACT_MAIL_FROM : attendu « Nom <adresse@hote> » ou une adresse, reçu « {sender} ».")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise BadSettings(f"{_SMTP} ; compte et mot de passe vont ensemble.")
    secure = parts.scheme == "smtps"
    if password and not (secure or starttls or _is_here(parts.hostname or "")):
        raise BadSettings(f"{_SMTP} ; un mot de passe ne part que chiffré : ajoutez ?starttls=1, ou smtps://.")
    return Mail(parts.hostname or "", port, secure, starttls, user, password, sender)


def _smtp(url: str) -> tuple[SplitResult, int, bool]:
    try:
        parts = urlsplit(url)
        port, asked = parts.port, parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        raise BadSettings(f"{_SMTP} ; celle qui est donnée ne se lit pas.") from None
    if parts.scheme not in _PORTS or not re.fullmatch(r"[A-Za-z0-9:._-]+", parts.hostname or ""):
        raise BadSettings(f"{_SMTP} ; le début ou l’hôte de celle qui est donnée ne va pas.")
    if parts.path not in ("", "/") or parts.fragment or asked not in ([], [("starttls", "0")], [("starttls", "1")]):
        raise BadSettings(f"{_SMTP} ; rien d’autre que « ?starttls=1 » ne suit l’hôte.")
    starttls = asked == [("starttls", "1")]
    if starttls and parts.scheme == "smtps":
        raise BadSettings(f"{_SMTP} ; smtps:// chiffre déjà, sans starttls.")
    return parts, port or (_WITH_STARTTLS if starttls else _PORTS[parts.scheme]), starttls


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
