#!/usr/bin/env python
"""Run Digest's commands; `manage.py help` lists them."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest.settings")
    try:
        execute_from_command_line(sys.argv)
    except (OperationalError, ImproperlyConfigured) as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"{sys.argv[0]}: {' '.join(str(error).split())}")


if __name__ == "__main__":
    main()
