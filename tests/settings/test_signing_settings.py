"""Files and folders that the settings of digital signatures name."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from khuevan.settings.environment import file_from


def test_nothing_given_is_nothing_set_up():
    assert file_from("KHUEVAN_SEAL_KEY", " ") is None


def test_file_and_folder_that_are_there_are_taken(tmp_path):
    key = tmp_path / "seal.p12"
    key.write_bytes(b"key")
    assert file_from("KHUEVAN_SEAL_KEY", str(key)) == key
    assert file_from("KHUEVAN_TRUST_ROOTS", str(tmp_path), folder=True) == tmp_path


@pytest.mark.parametrize("value", ["seal.p12", "/nowhere/seal.p12", "/tmp"])
def test_path_that_is_no_file_fails_at_start_and_says_which(value):
    with pytest.raises(ImproperlyConfigured, match="KHUEVAN_SEAL_KEY must be the whole path of a file"):
        file_from("KHUEVAN_SEAL_KEY", value)


def test_file_where_a_folder_is_wanted_is_refused(tmp_path):
    (tmp_path / "root.pem").write_bytes(b"pem")
    with pytest.raises(ImproperlyConfigured, match="folder"):
        file_from("KHUEVAN_TRUST_ROOTS", str(tmp_path / "root.pem"), folder=True)
