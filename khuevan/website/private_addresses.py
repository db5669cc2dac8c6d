"""What a reporter's private address looks like, so that the log shows none."""

from __future__ import annotations

import re
from typing import Final

SECRET_IN_ADDRESS: Final = re.compile(r"/pass/(?:files/)?[-\w:.]+")
