"""Turn a state folder into a Prefect server in this process, which ends itself when nobody has asked for a while."""

import asyncio
import contextlib
import json
import os
import socket
import sys
import time
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from flows import server

IDLE_SECONDS = 15 * 60.0
LAST_ONE_SECONDS = 30.0
"""How long the server before may take to end."""

Message = MutableMapping[str, Any]
App = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]


class Watched:
    """An ASGI application that knows when it was last asked, and marks its answers as ours."""

    def __init__(self, app: App, token: str) -> None:
        self._app, self._token = app, token.encode()
        self._open, self._last = 0, time.monotonic()

    @property
    def idle(self) -> float:
        """Seconds since the last request ended or the last websocket closed; 0 while one is open."""
        return 0.0 if self._open else time.monotonic() - self._last

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        """Pass the request on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        self._open += 1
        try:
            await self._app(scope, receive, self._marked(send))
        finally:
            self._open -= 1
            self._last = time.monotonic()

    def _marked(self, send: Callable[[Message], Awaitable[None]]) -> Callable[[Message], Awaitable[None]]:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), (server.TOKEN_HEADER.lower().encode(), self._token)]
            await send(message)

        return marked


def main() -> None:
    """Serve on a free port of this machine only until idle or told to end."""
    folder = Path(sys.argv[1])
    with FileLock(folder / "serving.lock", timeout=LAST_ONE_SECONDS):  # two servers would spoil one database
        door = _door(folder)
        _write(server.state_file(folder), _state(door))
        os.environ["PREFECT_SERVER_API_PORT"] = str(door.getsockname()[1])  # the web page asks this port
        asyncio.run(_serve(folder, door))


async def _serve(folder: Path, door: socket.socket) -> None:
    import uvicorn  # noqa: PLC0415  # Prefect reads the environment at import, and the port is known only now
    from prefect.server.api.server import create_app  # noqa: PLC0415  # same

    app = Watched(create_app(), os.environ["FORANKRING_SERVER_TOKEN"])
    host = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=3, ws="websockets-sansio"))
    watching = asyncio.create_task(_end_when_idle(folder, app, host))
    await host.serve(sockets=[door])
    watching.cancel()


def _door(folder: Path) -> socket.socket:
    """Open the port of last time, so that an editor's bookmark lives, or else any free one."""
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    kept = folder / "server.port"
    with contextlib.suppress(OSError, ValueError):
        door.bind(("127.0.0.1", int(kept.read_text())))
    if not door.getsockname()[1]:
        door.bind(("127.0.0.1", 0))
    door.listen(128)  # who asks before Prefect is imported waits instead of being refused
    _write(kept, str(door.getsockname()[1]))
    return door


def _state(door: socket.socket) -> str:
    token = os.environ["FORANKRING_SERVER_TOKEN"]
    return json.dumps({"pid": os.getpid(), "port": door.getsockname()[1], "token": token})


def _write(target: Path, text: str) -> None:
    """Write beside and move; the workspace's own function would cost its imports before the port is told."""
    beside = target.with_name(f"{target.name}.{os.getpid()}")
    beside.write_text(text)
    beside.replace(target)


async def _end_when_idle(folder: Path, app: Watched, host: Any) -> None:
    """End under the lock, so that nobody is handed a server that is about to go."""
    limit = float(os.environ.get("FORANKRING_SERVER_IDLE", IDLE_SECONDS))
    while not host.should_exit:
        await asyncio.sleep(min(max(limit - app.idle, 0.2), 30))
        if app.idle < limit:
            continue
        with contextlib.suppress(Timeout), FileLock(folder / "server.lock", timeout=0):
            if app.idle >= limit:
                server.state_file(folder).unlink(missing_ok=True)
                host.should_exit = True


if __name__ == "__main__":
    main()
