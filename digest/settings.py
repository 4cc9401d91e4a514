"""Settings: every value comes from the environment and has a default that works on one machine.

Reading this file has no side effects: it starts no database, writes no file.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"


def flag(name: str, default: bool) -> bool:
    """Return an on/off variable of the environment; anything but 0, 1, true, false, yes, no, on, off is refused."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return default if not value else value in {"1", "true", "yes", "on"}
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}")


def listed(name: str, default: str = "") -> list[str]:
    """Return a comma-separated variable of the environment as a list."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def secret_key() -> str:
    """Return the key from the environment, else the one that `serve` keeps in var/, else one for this process alone."""
    kept = VAR / "secret_key"
    if key := os.environ.get("DIGEST_SECRET_KEY"):
        return key
    return kept.read_text() if os.access(kept, os.R_OK) else get_random_secret_key()


def parsed(name: str, url: str) -> dict[str, object]:
    """Return the PostgreSQL that an address of the variable `name` leads to."""
    try:
        found = dj_database_url.parse(
            url,
            conn_max_age=60,
            conn_health_checks=True,
            disable_server_side_cursors=flag("DIGEST_PGBOUNCER", default=False),
        )
    except ValueError as error:  # the parser's own errors are ValueErrors
        raise ImproperlyConfigured(f"{name} can't be read: {error}") from error
    if found.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{name} must name a PostgreSQL database: postgresql://user:password@host/name")
    return {**found}


def database() -> dict[str, object]:
    """Return your PostgreSQL where DATABASE_URL names one, the embedded one otherwise."""
    if url := os.environ.get("DATABASE_URL"):
        return pooled(parsed("DATABASE_URL", url))
    return {
        "ENGINE": "digest.postgres",
        "NAME": "digest",
        "DATA": Path(os.environ.get("DIGEST_DATA") or VAR / "postgres"),
        "FSYNC": flag("DIGEST_DATABASE_FSYNC", default=True),  # off only where losing the data matters to nobody
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def pooled(database: dict[str, object]) -> dict[str, object]:
    """Return a database with psycopg's pool of so many connections a process as DATABASE_POOL says; 0: one a thread."""
    value = os.environ.get("DATABASE_POOL", "0")
    if not value.isdecimal():
        raise ImproperlyConfigured(f"DATABASE_POOL must be a number of connections, not {value!r}")
    if not int(value):
        return database
    options = {**database.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": int(value)}}  # type: ignore[dict-item]
    return {**database, "OPTIONS": options, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}


def replicas() -> dict[str, dict[str, object]]:
    """Return the streaming replicas that DATABASE_REPLICAS names, replica1 and on; none of them is waited for long."""
    urls = enumerate(listed("DATABASE_REPLICAS"), start=1)
    return {f"replica{n}": replica(pooled(parsed("DATABASE_REPLICAS", url))) for n, url in urls}


def replica(database: dict[str, object]) -> dict[str, object]:
    """Return a database that is given up within seconds, in a pool too, and stands for the primary in tests."""
    options: dict[str, object] = {**IMPATIENT, **database.get("OPTIONS", {})}  # type: ignore[dict-item]
    if pool := options.get("pool"):
        options["pool"] = {**pool, "timeout": 3}  # type: ignore[dict-item]
    # The pool looks at what it hands out: after a restart of the replica all that it held is dead.
    return {**database, "OPTIONS": options, "CONN_HEALTH_CHECKS": True, "TEST": {"MIRROR": "default"}}


def hasty(database: dict[str, object]) -> dict[str, object]:
    """Return a primary that is not waited for while readers have replicas: each of these is compared with it."""
    options: dict[str, object] = {"connect_timeout": 5, **database.get("OPTIONS", {})}  # type: ignore[dict-item]
    return {**database, "OPTIONS": options}


# What libpq is told of replicas: a machine that went away says nothing.
IMPATIENT = {
    "connect_timeout": 2,  # seconds; the least it takes
    "tcp_user_timeout": 5000,  # milliseconds
    "keepalives_idle": 5,
    "keepalives_interval": 1,
    "keepalives_count": 3,
}


def replica_lag() -> int:
    """Return how many seconds a replica that is read from may lag."""
    value = os.environ.get("DATABASE_REPLICA_LAG", "10")
    if not value.isdecimal():
        raise ImproperlyConfigured(f"DATABASE_REPLICA_LAG must be a number of seconds, not {value!r}")
    return int(value)


def mail_server() -> dict[str, object]:
    """Return Django's mail settings from EMAIL_URL: smtp://, smtp+tls:// (STARTTLS), smtps://user:password@host:port."""
    url = urlsplit(os.environ.get("EMAIL_URL", ""))
    if not url.scheme:
        return {}
    if url.scheme not in {"smtp", "smtp+tls", "smtps"} or not url.hostname:
        raise ImproperlyConfigured("EMAIL_URL must be smtp://, smtp+tls:// or smtps://, with a host")
    missing = [name for name in ("DIGEST_EMAIL_FROM", "DIGEST_SITE") if not os.environ.get(name)]
    if missing:
        raise ImproperlyConfigured(f"EMAIL_URL needs {' and '.join(missing)} too")
    return {
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[url.scheme],
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": url.scheme == "smtp+tls",
        "EMAIL_USE_SSL": url.scheme == "smtps",
    }


def contact() -> str:
    """Return the address of a page or mailbox that servers are told, where one is named."""
    value = os.environ.get("DIGEST_FETCH_CONTACT", os.environ.get("DIGEST_SITE", "")).strip()
    if not value.isascii() or not value.isprintable() or set(value) & set("() "):
        raise ImproperlyConfigured(f"DIGEST_FETCH_CONTACT must be an address of the web or of mail, not {value!r}")
    return value


DEBUG = flag("DIGEST_DEBUG", default=False)
SECRET_KEY = secret_key()
ALLOWED_HOSTS = listed("DIGEST_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = listed("DIGEST_TRUSTED_ORIGINS")

# What readers see of statements that no editor has reviewed: marked as such, or not at all.
SHOW_SUGGESTIONS = flag("DIGEST_SHOW_SUGGESTIONS", default=True)

# Metrics for Prometheus at /metrics; a proxy in front should keep that address to itself.
METRICS = flag("DIGEST_METRICS", default=False)

# Mail to readers who follow a question; off without EMAIL_URL. DIGEST_SITE: where readers find Digest, for links.
_mail = mail_server()
globals().update(_mail)
MAIL = bool(_mail)
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = os.environ.get("DIGEST_EMAIL_FROM", "")
SITE = os.environ.get("DIGEST_SITE", "").rstrip("/")

# What is fetched from the web: from private networks too, and how those who run a server may reach you.
FETCH_PRIVATE = flag("DIGEST_FETCH_PRIVATE", default=False)
FETCH_CONTACT = contact()

INSTALLED_APPS = [
    "digest.postgres",
    "articles",  # before the admin, whose templates it overrides
    "articles.curation.apps.CurationAdminConfig",  # the admin, opening on what waits for review
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_filters",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",  # the queue of what workers do: tables beside the others
]

MIDDLEWARE = [
    "digest.metrics.measure",  # the first: what others answer is counted too
    "django.middleware.security.SecurityMiddleware",
    "digest.middleware.request_id",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # behind the static files, which are compressed already
    "digest.middleware.content_security_policy",
    "digest.middleware.refuse_nul",
    "digest.middleware.refuse_other_methods",
    "digest.middleware.speak",
    "digest.replicas.ReadFromReplicas",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "digest.middleware.RecordedRequests",
]

ROOT_URLCONF = "digest.urls"
WSGI_APPLICATION = "digest.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",  # the public pages, in articles/jinja2
        "APP_DIRS": True,
        "OPTIONS": {"environment": "articles.pages.environment.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

REPLICAS = replicas()
REPLICA_LAG = replica_lag()
DATABASES = {"default": hasty(database()) if REPLICAS else database(), **REPLICAS}
DATABASE_ROUTERS = ["digest.replicas.Router"] if REPLICAS else []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "admin:login"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("id", "Bahasa Indonesia")]  # of the public pages; the desk speaks the first
TIME_ZONE = os.environ.get("DIGEST_TIME_ZONE", "UTC")
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# The policy is the same for every page: no inline script or style, nothing from elsewhere.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
    "frame-ancestors": ["'none'"],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 2**20  # bytes: a page may be pasted that is as long as the longest that is read
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True

# Behind HTTPS (DIGEST_HTTPS=1): cookies over HTTPS only, plain requests redirected, HSTS for a year.
HTTPS = flag("DIGEST_HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]  # a probe asks from this machine, without HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# A proxy in front says so with this header; set it only where the proxy strips the client's own.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("DIGEST_BEHIND_PROXY", default=False) else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "digest.logs.RequestId"}},
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {request_id}: {message}", "style": "{"},
        "json": {"()": "digest.logs.Json"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "filters": ["request"],
            "formatter": "json" if flag("DIGEST_LOG_JSON", default=False) else "line",
        }
    },
    "loggers": {"trafilatura": {"level": "CRITICAL"}},  # what it could not read is said by what the reader then says
    "root": {"handlers": ["stderr"], "level": os.environ.get("DIGEST_LOG_LEVEL", "WARNING")},
}

# Tasks stand in articles/jobs.py; the queue lives in the database that is written to.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
