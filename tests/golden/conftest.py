"""Golden documents: what the reference strategy reads like, rewritten only when asked for."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one way to accept a changed document."""
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the golden documents with what is produced now"
    )
