"""Django's settings. Secure as they stand; only a demonstration on this machine loosens them.

Read from the environment:

DATABASE_URL, DATABASE_OWNER_URL, SIGHTLINE_AS   see sightline/commands/postgres/url.py
SIGHTLINE_SECRET_KEY      signs sessions; made and kept in var/secret-key when it is not set
SIGHTLINE_HOSTS           names this server answers to, separated by commas
SIGHTLINE_AUTHORITY       the authority's name, in the head of every page
SIGHTLINE_AUTHORITY_NUMBER   its three digits, in the head of every return
SIGHTLINE_DEMONSTRATION   1 for fictional people, on a database of this machine only
SIGHTLINE_ADDRESS         the origin of the links that leave by e-mail
SIGHTLINE_PROXIES         how many proxies of the authority's stand before the server; 0 when not given
SIGHTLINE_DORMANT_DAYS    accounts that nobody used for so long are closed; 90 when not given, 0 for never
SIGHTLINE_SEALS           the folder of the audit's seals: where the database's owner cannot write; else var/seals
SIGHTLINE_EMAIL_HOST, _PORT, _USER, _PASSWORD, _FROM, _TLS (0 to turn it off)   the mail server
"""

import os
import secrets
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from sightline.commands.postgres import url
from sightline.commands.postgres.lifecycle import ROOT, var_folder

# A server elsewhere can hold real children, so it can never be a demonstration.
DEMONSTRATION = os.environ.get("SIGHTLINE_DEMONSTRATION") == "1" and url.is_on_this_machine()


def _secret_key() -> str:
    given = os.environ.get("SIGHTLINE_SECRET_KEY")
    if given:
        return given
    kept = var_folder() / "secret-key"
    if not kept.exists():
        _write_once(kept, secrets.token_urlsafe(50))
    return kept.read_text().strip()


def _write_once(path: Path, text: str) -> None:
    """Two commands begun at once must agree on one key: the first to link it in wins."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text(text)
    part.chmod(0o600)
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink()


DEBUG = False
# Whose record this is, in the head of every page.
AUTHORITY_NAME = os.environ.get("SIGHTLINE_AUTHORITY", "Hallowby Council" if DEMONSTRATION else "")
AUTHORITY_NUMBER = os.environ.get("SIGHTLINE_AUTHORITY_NUMBER", "999" if DEMONSTRATION else "")
SECRET_KEY = _secret_key()
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = [name for name in os.environ.get("SIGHTLINE_HOSTS", "").split(",") if name] or LOOPBACK

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "procrastinate.contrib.django",
]
ROOMS = [
    "access", "audit", "doorway", "practice", "people", "workforce", "partnership", "documents",
    "record", "front_door", "recording", "assessments", "plans", "enquiries", "conferences", "disagreements",
    "court", "returns", "web",
]  # fmt: skip
INSTALLED_APPS += [f"sightline.{room}" for room in ROOMS]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sightline.web.middleware.keep_nothing",
    "sightline.web.middleware.answer_two_methods",
    "sightline.web.middleware.require_sign_in",
    "sightline.web.signin.require_second_factor",
    "sightline.web.middleware.OneTransaction",
]

ROOT_URLCONF = "sightline.urls"
WSGI_APPLICATION = "sightline.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "sightline" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sightline.web.shell.shell",
            ],
        },
    }
]

# What is refused to somebody is recorded on a connection of its own, which is opened when it is needed and
# closed with the request: what is undone with a transaction does not take it along.
DENIALS_DATABASE = "denials"
DATABASES = {
    "default": url.connection_settings(),
    DENIALS_DATABASE: url.connection_settings() | {"CONN_MAX_AGE": 0, "TEST": {"MIRROR": "default"}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Test and serving databases are made by `prepare_database`; nothing else may hold a person.
TEST_RUNNER = "django.test.runner.DiscoverRunner"

# Each room's jobs are in its `jobs.py`; the clock's are the journeys'.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_IMPORT_PATHS = ["sightline.journeys.jobs"]

# The origin of the links that leave by e-mail.
SIGHTLINE_ADDRESS = os.environ.get("SIGHTLINE_ADDRESS", "")

# What seals the audit is kept outside the database. On one machine both are the same person's to write.
SEALS = Path(os.environ.get("SIGHTLINE_SEALS") or var_folder() / "seals")

# How many proxies of ours stand before the server, each of which adds the address that it was asked from.
# Without it, everybody's wrong passwords would be counted as one caller's.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("SIGHTLINE_PROXIES", "0"))

# Sign-in: e-mail and password, then a code or a passkey; or a passkey alone. Accounts are given, never taken.
AUTH_USER_MODEL = "workforce.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# A fictional account is hardly ever used, and stays open.
DORMANT_DAYS = int(os.environ.get("SIGHTLINE_DORMANT_DAYS", "0" if DEMONSTRATION else "90"))
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "sightline.web.signin.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reauthenticate": "10/m/user",
}
MFA_ADAPTER = "sightline.web.signin.CodeAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
# A passkey that checks its owner (a finger, a face, a PIN) is two factors at once, and the only kind that is taken.
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMONSTRATION
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
MFA_FORMS = {
    "authenticate": "sightline.web.signin.CodeForm",
    "reauthenticate": "sightline.web.signin.CodeAgainForm",
    "activate_totp": "sightline.web.signin.SetUpCodeForm",
    "add_webauthn": "sightline.web.signin.NewPasskeyForm",
    "edit_webauthn": "sightline.web.signin.PasskeyNameForm",
}
ACCOUNT_FORMS = {
    "login": "sightline.web.signin.SignInForm",
    "reauthenticate": "sightline.web.signin.PasswordAgainForm",
    "reset_password": "sightline.web.signin.ForgottenForm",
    "reset_password_from_key": "sightline.web.signin.NewPasswordForm",
    "change_password": "sightline.web.signin.ChangedPasswordForm",
}
MFA_TOTP_ISSUER = "Sightline"
MFA_TOTP_TOLERANCE = 1
# Addresses are given by an administrator, who knows whose they are.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# Sessions stay on the server, beside the account that they are of: an administrator sees and ends them,
# and a browser keeps nothing.
SESSION_ENGINE = "sightline.workforce.sessions"
SESSION_COOKIE_NAME = "sightline_session"
# A day's work at the longest. Unused for two hours a session ends: a visit fits, an evening does not, and
# signing in again in the page keeps what was typed.
SESSION_LONGEST, SESSION_QUIET = timedelta(hours=12), timedelta(hours=2)
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "sightline.web.refused.forged"
# A demonstration is plain HTTP on this machine; everywhere else a proxy in front speaks TLS.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not DEMONSTRATION
SECURE_PROXY_SSL_HEADER = None if DEMONSTRATION else ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if DEMONSTRATION else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_CONTENT_TYPE_NOSNIFF = True
# Without a referrer a browser sends no origin either, and a form could not be told from a forged one.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# Shared by the server's processes: attempts at a password are counted once for all of them.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": var_folder() / "cache"}
}

STATIC_URL = "/static/"
STATICFILES_DIRS = [folder for folder in [ROOT / "sightline" / "web" / "static"] if folder.exists()]
# Served from the package as it stands: no collecting step between a change and the page.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("SIGHTLINE_EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = int(os.environ.get("SIGHTLINE_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("SIGHTLINE_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SIGHTLINE_EMAIL_PASSWORD", "")
# On this machine a letter crosses no wire; to anywhere else it is encrypted unless said otherwise.
EMAIL_USE_TLS = os.environ.get("SIGHTLINE_EMAIL_TLS", "0" if EMAIL_HOST in LOOPBACK else "1") == "1"
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = os.environ.get("SIGHTLINE_EMAIL_FROM", "sightline@sightline.example")

# Logs say that something happened and where in the code. A query string, a body, a statement or a
# parameter can hold a child's name, so none of them is ever written.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_people": {"()": "sightline.logs.WithoutPeople"}},
    "formatters": {
        "plain": {"()": "sightline.logs.PlacesOnly", "format": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_people"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.db.backends": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "procrastinate": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
