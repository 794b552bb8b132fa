"""The command line: `python -m havre …`."""

import argparse
import os


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m havre")
    parser.add_argument("what", choices=["migrate"])
    parser.parse_args(arguments)
    os.environ["HAVRE_ACCOUNT"] = "owner"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havre.wiring.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False)
    return 0
