"""Turn pyproject.toml into requirements/base.txt and dev.txt: exact versions with hashes, and no addresses."""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).parent
OPTIONS = (
    "--quiet --upgrade --generate-hashes --strip-extras --no-header --no-annotate "
    "--no-emit-index-url --no-emit-trusted-host --no-emit-find-links"
).split()
SOURCES = ("pyproject.toml", "requirements/build.in")


def main() -> int:
    """Pin with a pip-tools of its own, so that it is no part of what it pins."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder, "bin", "python"))
        subprocess.run([python, "-m", "pip", "install", "--quiet", "pip-tools>=7.5"], check=True)
        base = ["--output-file", "requirements/base.txt"]
        dev = ["--extra", "dev", "--constraint", "requirements/base.txt", "--output-file", "requirements/dev.txt"]
        for output in (base, dev):
            subprocess.run(
                [python, "-m", "piptools", "compile", *OPTIONS, *output, *SOURCES], cwd=HERE.parent, check=True
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
