"""The environment is read once, and nonsense in it is refused by name and value."""

from datetime import date
from pathlib import Path

import pytest

from impact.errors import BadSettings
from impact.settings import DATA, ROOT, Mail, Settings


def test_an_empty_environment_means_a_database_in_the_projects_folder() -> None:
    settings = Settings.from_env({})
    assert settings.database_url == f"sqlite:///{ROOT / 'data' / 'impact.db'}"
    assert settings.sqlite_path == ROOT / "data" / "impact.db"
    assert settings.today is None
    assert settings.public_url == "http://127.0.0.1:8501"
    assert not settings.behind_tls


def test_a_relative_path_starts_from_the_projects_folder_wherever_the_command_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings.from_env({"IMPACT_DATABASE_URL": "sqlite:///data/demo.db"})
    assert settings.sqlite_path == ROOT / "data" / "demo.db"


def test_an_absolute_path_is_kept() -> None:
    assert Settings.from_env({"IMPACT_DATABASE_URL": "sqlite:////srv/impact.db"}).sqlite_path == Path("/srv/impact.db")


@pytest.mark.parametrize("url", ["postgresql://u@h/base", "postgresql+psycopg://u@h/base"])
def test_postgresql_is_reached_by_psycopg(url: str) -> None:
    settings = Settings.from_env({"IMPACT_DATABASE_URL": url})
    assert settings.database_url == "postgresql+psycopg://u@h/base"
    assert settings.sqlite_path is None


def test_the_key_lies_beside_the_database_unless_it_is_named() -> None:
    assert Settings.from_env({"IMPACT_DATABASE_URL": "sqlite:////srv/a.db"}).key_file == Path("/srv/a.db.key")
    assert Settings.from_env({"IMPACT_DATABASE_URL": "postgresql://u@h/base"}).key_file == DATA / "impact.key"
    assert Settings.from_env({"IMPACT_KEY_FILE": "/etc/impact/key"}).key_file == Path("/etc/impact/key")


def test_the_day_can_be_set() -> None:
    assert Settings.from_env({"IMPACT_TODAY": " 2011-07-10 "}).today == date(2011, 7, 10)


@pytest.mark.parametrize("text", ["demain", "10/07/2011", "2011-02-30"])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadSettings, match=f"IMPACT_TODAY.*{text}"):
        Settings.from_env({"IMPACT_TODAY": text})


def test_an_unknown_database_is_refused_without_showing_its_password() -> None:
    with pytest.raises(BadSettings) as refusal:
        Settings.from_env({"IMPACT_DATABASE_URL": "mysql://root:secret@h/base"})
    assert "IMPACT_DATABASE_URL" in str(refusal.value)
    assert "mysql://" in str(refusal.value)
    assert "secret" not in str(refusal.value)


def test_a_public_address_behind_tls_is_known_as_such() -> None:
    settings = Settings.from_env({"IMPACT_PUBLIC_URL": "https://impact.example.org/"})
    assert settings.public_url == "https://impact.example.org"
    assert settings.behind_tls


def test_a_public_address_that_is_none_is_refused() -> None:
    with pytest.raises(BadSettings, match=r"IMPACT_PUBLIC_URL.*impact\.example\.org"):
        Settings.from_env({"IMPACT_PUBLIC_URL": "impact.example.org"})


def evidence(url: str, database: str = "sqlite:////srv/a.db") -> str:
    return Settings.from_env({"IMPACT_EVIDENCE_URL": url, "IMPACT_DATABASE_URL": database}).evidence_url


def test_files_of_evidence_lie_beside_the_database_unless_a_place_is_named() -> None:
    assert evidence("") == "/srv/pieces"
    assert evidence("", "postgresql://u@h/base") == str(DATA / "pieces")
    assert evidence("/mnt/pieces") == evidence("file:///mnt/pieces") == "/mnt/pieces"
    assert evidence("data/x") == str(ROOT / "data" / "x")
    assert evidence("s3://seau/un/prefixe/") == "s3://seau/un/prefixe"


@pytest.mark.parametrize(
    "url",
    [
        "s3://",
        "s3:///prefixe",
        "s3://Seau",
        "s3://seau/../x",
        "gs://seau",
        "https://h/x",
        "file://hote/x",
        "pages",
        ".",
    ],
)
def test_a_place_for_evidence_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(BadSettings, match="IMPACT_EVIDENCE_URL"):
        evidence(url)


def test_credentials_in_the_place_for_evidence_are_not_shown() -> None:
    with pytest.raises(BadSettings) as refusal:
        evidence("s3://cle:secret@seau/x")
    assert "secret" not in str(refusal.value)


FROM = {"IMPACT_MAIL_FROM": "Une Région <impact@exemple.org>"}


def mail(url: str, **more: str) -> Mail | None:
    return Settings.from_env({"IMPACT_SMTP_URL": url, **FROM, **more}).mail


def test_no_mail_leaves_unless_a_server_is_named() -> None:
    assert Settings.from_env({}).mail is None


def test_a_mail_server_is_read_from_its_address() -> None:
    assert mail("smtp://compte:mot%40passe@mx.exemple.org?starttls=1") == Mail(
        "mx.exemple.org", 587, False, True, "compte", "mot@passe", FROM["IMPACT_MAIL_FROM"]
    )
    secured, plain = mail("smtps://c:m@mx.exemple.org"), mail("smtp://relais.local")
    assert secured is not None
    assert plain is not None
    assert (secured.port, secured.secure, plain.port, plain.user) == (465, True, 25, "")
    assert mail("smtp://c:m@127.0.0.1:2525") is not None, "on the machine itself nothing can be overheard"


@pytest.mark.parametrize(
    "url",
    [
        "http://c:secret@h", "smtp://", "smtp://c:secret@", "smtp://c:secret@h:port", "smtp://c:secret@h?starttls=oui",
        "smtp://c:secret@h?starttls=1&x=2", "smtp://c:secret@h?x", "smtp://c:secret@h/chemin", "smtps://c:secret@h#x",
        "smtps://c:secret@h?starttls=1", "smtp://c@h?starttls=1", "smtp://:secret@h?starttls=1", "smtp://c:secret@h",
        "smtp://c:secret@[h", "secret", "smtp://c:secret@h:99999",
    ],
)  # fmt: skip
def test_a_mail_server_that_is_none_is_refused_without_showing_its_password(url: str) -> None:
    with pytest.raises(BadSettings, match="IMPACT_SMTP_URL") as refusal:
        mail(url)
    assert "secret" not in str(refusal.value)


def test_a_password_is_never_shown_with_the_settings() -> None:
    assert "secret" not in repr(mail("smtps://c:secret@h"))


@pytest.mark.parametrize("sender", ["", "impact", "a@b, c@d", "a@b\nBcc: c@d", "<>", "Nom <impact>"])
def test_a_sender_that_is_none_is_refused_by_name(sender: str) -> None:
    with pytest.raises(BadSettings, match="IMPACT_MAIL_FROM"):
        mail("smtp://h", IMPACT_MAIL_FROM=sender)


def test_a_sender_without_a_server_is_refused() -> None:
    with pytest.raises(BadSettings, match=r"IMPACT_MAIL_FROM.*IMPACT_SMTP_URL"):
        Settings.from_env(FROM)
