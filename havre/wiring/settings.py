"""Settings. Everything that differs between machines comes from the environment."""

import os
from pathlib import Path

from havre.plumbing.environment import (
    database_urls,
    django_database,
    port,
    public_host,
    upload_bytes,
    var_folder,
)
from havre.plumbing.keys import file_keys
from havre.triage.paging.outside import mail_sender, mail_settings

HERE = Path(__file__).parent
VAR = var_folder()
KEYS_FILE = Path(os.environ.get("HAVRE_KEYS", "") or VAR / "keys.json")
GEO = VAR / "geo"
VAULT = Path(os.environ.get("HAVRE_VAULT", "") or VAR / "vault")
# Demo sign-ins need no second factor and are refused off the loopback address.
DEMO = os.environ.get("HAVRE_DEMO_SIGN_INS", "") == "1"
PUBLIC_HOST = public_host()
PORT = port()

SECRET_KEY = file_keys(KEYS_FILE).pepper("django").hex()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", PUBLIC_HOST]
DEBUG = False
USE_TZ = True
TIME_ZONE = "America/Toronto"
ROOT_URLCONF = "havre.wiring.urls"
WSGI_APPLICATION = "havre.wiring.wsgi.application"
AUTH_USER_MODEL = "agencies.Officer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False

ROOMS = [
    "audit",
    "agencies",
    "evidence",
    "outreach",
    "intake",
    "identifiers",
    "links",
    "missing",
    "triage",
    "referrals",
    "cases",
    "deconfliction",
    "oversight",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    # Our rooms stand before the libraries: our templates and our French win over theirs.
    *(f"havre.{room}" for room in ROOMS),
    "havre.agencies.secondments.apps.SecondmentsConfig",
    "havre.intake.bulk.apps.BulkConfig",
    "havre.intake.law.apps.LawConfig",
    "havre.intake.mirrors.apps.MirrorsConfig",
    "havre.intake.notifications.apps.NotificationsConfig",
    "havre.intake.questions.apps.QuestionsConfig",
    "havre.intake.resuming.apps.ResumingConfig",
    "havre.intake.splits.apps.SplitsConfig",
    "havre.intake.thin.apps.ThinConfig",
    "havre.intake.xarf.apps.XarfConfig",
    "havre.links.watches.apps.WatchesConfig",
    "havre.cases.abroad.apps.AbroadConfig",
    "havre.cases.abroad.dispatches.apps.DispatchesConfig",
    "havre.cases.abroad.enclosures.apps.EnclosuresConfig",
    "havre.cases.abroad.passing.apps.PassingConfig",
    "havre.cases.bulletins.apps.BulletinsConfig",
    "havre.links.silent.apps.SilentConfig",
    "havre.links.resolving.apps.ResolvingConfig",
    "havre.cases.operations.apps.OperationsConfig",
    "havre.triage.bundles.apps.BundlesConfig",
    "havre.triage.alike.apps.AlikeConfig",
    "havre.triage.filters.apps.FiltersConfig",
    "havre.triage.duty.apps.DutyConfig",
    "havre.triage.enrichment.apps.EnrichmentConfig",
    "havre.triage.interpreting.apps.InterpretingConfig",
    "havre.triage.splitting.apps.SplittingConfig",
    "havre.triage.reviews.apps.ReviewsConfig",
    "havre.triage.interpreting.sheets.apps.SheetsConfig",
    "havre.referrals.classifying.apps.ClassifyingConfig",
    "havre.referrals.identity.apps.IdentityConfig",
    "havre.referrals.notices.apps.NoticesConfig",
    "havre.referrals.records.apps.RecordsConfig",
    "havre.referrals.webhooks.apps.WebhooksConfig",
    "havre.referrals.shifts.apps.ShiftsConfig",
    "havre.triage.policies.apps.PoliciesConfig",
    "havre.triage.paging.apps.PagingConfig",
    "havre.cases.requests.apps.RequestsConfig",
    "havre.oversight.annual.apps.AnnualConfig",
    "havre.wiring.apps.WiringConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "havre.wiring.headers.Headers",
    "havre.wiring.front.machines.Machines",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "havre.agencies.doors.Gate",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "havre.wiring.pages.every_page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "havre.wiring.templatetags.said",
                "havre.wiring.templatetags.havre",
                "havre.wiring.templatetags.public",
            ],
        },
    }
]

FORM_RENDERER = "havre.wiring.drawn.Drawn"

# Which of the three database accounts this process uses: app, work or owner (decision 3).
ACCOUNT = os.environ.get("HAVRE_ACCOUNT", "app")
_addresses = database_urls()
_NOWHERE = "postgresql://havre_app@/havre?host=/nonexistent"
_address = {
    "app": _addresses.database_url if _addresses else _NOWHERE,
    "work": _addresses.work_url if _addresses else _NOWHERE,
    "owner": _addresses.migrate_url if _addresses else _NOWHERE,
}[ACCOUNT]
DATABASES = {"default": django_database(_address)}
DATABASES["default"]["CONN_MAX_AGE"] = 600
# Values go to the server apart from the statement, which it plans once and keeps.
DATABASES["default"]["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 4}

# Where "Leave now" leads: neutral, and not personalised. One address, or one for each language.
EXIT_URL = os.environ.get("HAVRE_EXIT_URL", "")
EXIT_URLS = {"en": "https://weather.gc.ca/", "fr": "https://meteo.gc.ca/"}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [
    HERE / "locale",
    HERE / "locale_libraries",
    HERE.parent / "intake" / "public" / "locale",
]
USE_I18N = True
LANGUAGE_COOKIE_NAME = "none"  # the address says the language; no cookie before the first answer

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [HERE / "static"]
WHITENOISE_USE_FINDERS = not STATIC_ROOT.exists()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_ROOT.joinpath("staticfiles.json").exists()
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 120}

# No upload is ever parsed by Django: wire doors read their own body (decision 26).
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576  # so that a long text is answered kindly
FILE_UPLOAD_HANDLERS: list[str] = []
UPLOAD_MOST_BYTES = upload_bytes()
# Requests a second that one provider may begin in each process of the server; four times so many
# at a stretch. Beyond that it is told to wait.
WIRE_PER_SECOND = float(os.environ.get("HAVRE_WIRE_PER_SECOND", "") or 1000)
# The same for one key of an agency's record system, but at all processes together.
RECORDS_PER_SECOND = float(os.environ.get("HAVRE_RECORDS_PER_SECOND", "") or 10)
# A warning (30) or an error (40) on the desk wears the look of "please look".
MESSAGE_TAGS = {30: "look", 40: "look"}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

AUTHENTICATION_BACKENDS = ["havre.agencies.sign_in.SlowingBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"django.contrib.auth.password_validation.{name}",
        "OPTIONS": options,
    }
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        (
            "UserAttributeSimilarityValidator",
            {"user_attributes": ("username", "display_name", "email")},
        ),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
ACCOUNT_ADAPTER = "havre.agencies.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # our own budgets slow and never lock (decision 29)
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "change_password": "havre.agencies.forms.NewPasswordForm",
    "login": "havre.agencies.forms.SignInForm",
    "reauthenticate": "havre.agencies.forms.PasswordAgainForm",
}
MFA_ADAPTER = "havre.agencies.sign_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "activate_totp": "havre.agencies.forms.FirstCodeForm",
    "add_webauthn": "havre.agencies.forms.PasskeyForm",
    "authenticate": "havre.agencies.forms.CodeForm",
    "edit_webauthn": "havre.agencies.forms.PasskeyNameForm",
    "reauthenticate": "havre.agencies.forms.CodeAgainForm",
}
MFA_RATE_LIMITS = False  # or ten tries with a passkey a minute would stop a whole agency
MFA_TOTP_ISSUER = "Havre"
MFA_TOTP_TOLERANCE = 1  # a phone may be half a minute off; a code still opens only once
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PUBLIC_HOST == "localhost"

SECURE = PUBLIC_HOST != "localhost"
# The rule is agencies/rules/sessions.py: 8 hours at most, 30 minutes without a click. Saving the
# session at every request would count a page that refreshes itself as a person, and would move
# the expiry date for ever; so the session holds marks, and these settings only clear the table.
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-havre" if SECURE else "havre"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_NAME = "__Host-havre-form" if SECURE else "havre-form"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "havre.wiring.views.form_refused"
SECURE_SSL_REDIRECT = False
# The fronts whose headers are believed at the provider door, and the one that names a certificate.
PROXIES = tuple(each for each in os.environ.get("HAVRE_PROXIES", "").replace(",", " ").split())
CLIENT_CERTIFICATE_HEADER = os.environ.get("HAVRE_CLIENT_CERT_HEADER", "") or "X-Client-Certificate"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SILENCED_SYSTEM_CHECKS = ["models.W042"]

# Mail goes to the server of HAVRE_MAIL_URL. Where none is set, a house of one's own keeps it in a
# folder to look at; a house that others reach carries none, and check-config says so.
_mail = mail_settings()
CARRIES_MAIL = bool(_mail) or PUBLIC_HOST == "localhost"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = mail_sender()
globals().update(_mail or {})

# Nothing that people typed is ever logged: messages name ids and codes only.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "havre": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
