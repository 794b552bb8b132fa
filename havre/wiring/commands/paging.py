"""What `check-config` says of the ways by which people are called."""

from collections.abc import Iterator

from havre.plumbing.environment import public_host
from havre.triage.paging.outside import mail_settings, sms_gateway, webhook_hosts
from havre.wiring.commands.config import Finding

NO_MAIL = "No mail server: set HAVRE_MAIL_URL (smtp://user:password@host), or nobody gets e-mail."
MAIL_KEPT = "No mail server: e-mail is kept in var/mail. Set HAVRE_MAIL_URL to send it."
NO_SMS = "No SMS gateway: set HAVRE_SMS_URL, HAVRE_SMS_KEY and HAVRE_SMS_FROM to call by SMS."
NO_WEBHOOKS = "No webhooks: set HAVRE_WEBHOOK_HOSTS to the hosts that officers may have called."
NOBODY = "Nobody can be called when a report cannot wait: set one of these up."


def paging_findings() -> Iterator[Finding]:
    """Which ways work, which do not, and whether any does."""
    try:
        mail = mail_settings()
    except ValueError as error:
        yield Finding(holds=False, sentence=f"{error}")
        return
    gateway, hosts = sms_gateway(), webhook_hosts()
    is_own = public_host() == "localhost"
    if mail:
        yield Finding(holds=True, sentence=f"E-mail goes out by {mail['EMAIL_HOST']}.")
    else:
        yield Finding(holds=True, sentence=MAIL_KEPT if is_own else NO_MAIL)
    if gateway:
        plain = not gateway.url.startswith("https://") and not is_own
        secret = ", unprotected: use https" if plain else ""
        yield Finding(holds=not plain, sentence=f"SMS go out by {gateway.url}{secret}.")
    else:
        yield Finding(holds=True, sentence=NO_SMS)
    named = ", ".join(sorted(hosts))
    yield Finding(holds=True, sentence=f"Webhooks may lead to {named}." if hosts else NO_WEBHOOKS)
    if not (mail or gateway or hosts):
        yield Finding(holds=is_own, sentence=NOBODY)
