"""Copies the packages of tools/vendor.toml from npm into the repository, and records what was copied."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RECORD = ROOT / "khuevan" / "core" / "static" / "vendor" / "VENDORED.toml"


def fetch(package: dict[str, Any], folder: Path) -> tarfile.TarFile:
    """The package's archive, as npm gives it."""
    done = subprocess.run(
        ["npm", "pack", "--json", "--silent", f"{package['name']}@{package['version']}"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    answer = json.loads(done.stdout)
    entry = answer[0] if isinstance(answer, list) else next(iter(answer.values()))
    return tarfile.open(folder / entry["filename"])


def copy_files(package: dict[str, Any], archive: tarfile.TarFile) -> tuple[str, dict[str, str]]:
    """The package's licence, and the digest of each file that was copied, by its path in the repository."""
    manifest_file = archive.extractfile("package/package.json")
    assert manifest_file is not None
    licence = json.load(manifest_file)["license"]
    digests: dict[str, str] = {}
    for name in package["files"]:
        member = archive.extractfile(f"package/{name}")
        assert member is not None, name
        data = member.read()
        target = ROOT / package["target"] / Path(name).name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        digests[str(target.relative_to(ROOT))] = hashlib.sha256(data).hexdigest()
    return licence, digests


def main() -> int:
    """Copies everything, and writes the record."""
    lines = ["# Written by tools/vendor.py: what was copied from npm, and its digest. Do not edit.\n"]
    for package in tomllib.loads((ROOT / "tools" / "vendor.toml").read_text(encoding="utf-8"))["package"]:
        with tempfile.TemporaryDirectory() as folder, fetch(package, Path(folder)) as archive:
            licence, digests = copy_files(package, archive)
        lines.append("[[package]]")
        lines.append(f'name = "{package["name"]}"\nversion = "{package["version"]}"\nlicense = "{licence}"')
        lines.append("[package.sha256]")
        lines.extend(f'"{path}" = "{digest}"' for path, digest in digests.items())
        lines.append("")
        print(f"{package['name']} {package['version']} ({licence}): {len(digests)} files")
    RECORD.parent.mkdir(parents=True, exist_ok=True)
    RECORD.write_text("\n".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
