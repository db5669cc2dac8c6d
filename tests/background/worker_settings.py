"""Settings of the workers that tests start: those of the tests, the jobs of the tests, and a short lease."""

import os
from datetime import timedelta

from khuevan.settings.test import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.background.trial"]  # noqa: F405
BACKGROUND_HEARTBEAT = timedelta(milliseconds=200)
BACKGROUND_LEASE = timedelta(seconds=float(os.environ.get("TRIAL_LEASE", "1")))
BACKGROUND_ATTEMPTS = int(os.environ.get("TRIAL_ATTEMPTS", "5"))
