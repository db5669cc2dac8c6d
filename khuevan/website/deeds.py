"""What the actions of the public site are called in the audit trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.core.deeds import name_deeds

name_deeds({"create_demonstration_site": _("Create the demonstration's home and text pages")})
