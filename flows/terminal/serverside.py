"""Turn a command that needs Prefect into one that has it: the server runs, Prefect is imported and knows where."""

import importlib
import logging
import os
from types import ModuleType

from flows import server
from flows.progress import tell
from flows.terminal.failures import Exit
from flows.terminal.interrupts import interrupts_held
from flows.terminal.screen import Screen


def import_flow(name: str, *, verbose: bool) -> tuple[ModuleType, str]:
    """Return the module of a flow, with a server for it, and the address of the server's web page.

    PREFECT_API_URL in the environment names a server of the user's own; then none is started.
    """
    tell("server")
    if os.environ.get("PREFECT_API_URL"):
        server.reach(os.environ["PREFECT_API_URL"])
        os.environ.update(server.client_environment(None, server.state_folder(), os.environ, verbose=verbose))
        return _import(name), os.environ["PREFECT_API_URL"].removesuffix("/api")
    started = server.start(server.state_folder(), lambda found: _prepare(found, name, verbose=verbose))
    return _import(name), started.page


def status(screen: Screen) -> int:
    """Say whether the server runs, and where."""
    elsewhere = os.environ.get("PREFECT_API_URL", "")
    found = None if elsewhere else server.running(server.state_folder())
    page = elsewhere.removesuffix("/api") or (found.page if found else "")
    screen.say("server_elsewhere" if elsewhere else "server_running" if found else "server_none", page=page)
    screen.answer({"running": bool(page), "page": page, "own": not elsewhere})
    return Exit.DONE


def stop(screen: Screen) -> int:
    """Stop the server."""
    stopped = server.stop(server.state_folder())
    screen.say("server_stopped" if stopped else "server_none")
    screen.answer({"stopped": stopped})
    return Exit.DONE


def _prepare(found: server.Running, name: str, *, verbose: bool) -> None:
    """Set the environment, which Prefect reads once, and import it while the server is still starting."""
    environment = server.client_environment(found, server.state_folder(), os.environ, verbose=verbose)
    os.environ.update(environment)
    _import(name)


def _import(name: str) -> ModuleType:
    with interrupts_held():
        module = importlib.import_module(f"flows.{name}")
    for noisy in ("EventsWorker", "APILogWorker"):  # what they say at the end of a run is no news to an editor
        logging.getLogger(noisy).setLevel(logging.ERROR)
    return module
