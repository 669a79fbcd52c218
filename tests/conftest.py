"""Settings that all tests share."""

import os

from hypothesis import settings

# Machines differ in speed, so no test is timed; where a red run costs a colleague's time, chance is taken out.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
