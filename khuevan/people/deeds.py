"""What the actions of people and units are called in the audit trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.core.deeds import name_deeds

name_deeds(
    {
        "create_demonstration_accounts": _("Create demonstration accounts"),
        "import_units": _("Register units from a file"),
        "create_unit": _("Register a unit"),
        "create_units": _("Register units"),
        "edit_unit": _("Edit a unit"),
        "rename_unit": _("Rename a unit"),
        "add_alias": _("Add another name of a unit"),
        "end_unit": _("End a unit"),
        "create_person": _("Create an account"),
        "record_account_change": _("Change an account"),
        "appoint": _("Give a post"),
        "edit_post": _("Edit a post"),
        "end_post": _("End a post"),
        "give_charge": _("Put a unit into a director's charge"),
        "edit_charge": _("Edit a director's charge"),
    }
)
