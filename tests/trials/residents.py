"""The people of a house under trial, as a program in it: prints who they are, as JSON.

python -m tests.trials.residents
"""

import json
import secrets

from havre.wiring.cli import start_django

PASSWORD = "tide chart lantern 42"
PROVIDER = "example-chat"
PEOPLE = (
    ("analyst", "cybertip", "tipline-analyst"),
    ("detective", "winnipeg-police", "detective"),
    ("auditor", "cybertip", "auditor"),
)


def main() -> None:
    start_django("app")
    from allauth.mfa.totp.internal.auth import TOTP

    from havre.agencies.actions import add_officer, add_provider
    from havre.agencies.reads import agency_by_code
    from havre.agencies.rules.permits import Role
    from havre.audit.rules import Station
    from tests.signing_in import SECRET

    for username, agency, role in PEOPLE:
        officer = add_officer(
            username,
            name=f"The {username}",
            agency=agency_by_code(agency),
            role=Role(role),
            password=PASSWORD,
            by=Station.SET_UP,
        )
        TOTP.activate(officer, SECRET)
    key = secrets.token_hex(16)
    add_provider(PROVIDER, name="Example Chat", password=key, by=Station.SET_UP)
    print(json.dumps({"key": key}))


if __name__ == "__main__":
    main()
