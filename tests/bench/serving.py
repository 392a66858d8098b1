"""The product's own server over a network: sessions that think, a saturated server, a file on its way."""

import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect

from impact.db import database, transaction
from impact.models import Account
from impact.services import accounts
from impact.settings import ROOT
from tests.bench.measure import environment, resident
from tests.cast import ODILE

PORT = int(os.environ.get("BENCH_PORT", "8703"))
ADDRESS = f"127.0.0.1:{PORT}"
LONGEST_END = 100
"""Bytes; the message that ends a run is shorter."""
INCIDENT = "Incident n°".encode()
"""What a page says that failed."""


@contextmanager
def served(path: Path) -> Iterator[int]:
    """The process of a server that answers, over a network's file; ended at the end."""
    server = subprocess.Popen(
        [sys.executable, "app.py"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=os.environ | environment(path) | {
            "STREAMLIT_SERVER_ADDRESS": "127.0.0.1", "STREAMLIT_SERVER_PORT": str(PORT),
            "IMPACT_PUBLIC_URL": f"http://{ADDRESS}",
        },
    )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while not answers():
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the server does not start")
            time.sleep(0.05)
        yield server.pid
    finally:
        server.terminate()
        server.wait(20)


def answers() -> bool:
    try:
        with urllib.request.urlopen(f"http://{ADDRESS}/healthz", timeout=2) as answer:  # the server of this machine
            return bool(answer.status == 200)
    except OSError:
        return False


def processor(pid: int) -> float:
    """Milliseconds of processor that a process has taken so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def signed_in(path: Path) -> str:
    """A cookie of the national office."""
    with transaction(database(f"sqlite:///{path}")) as session:
        return f"impact_session={accounts.open_session(session, session.get_one(Account, ODILE.id), '127.0.0.1')}"


async def rerun(socket: ClientConnection, page: str) -> float:
    """Milliseconds from the asking for a rerun to the end of what it draws."""
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    asked = BackMsg()
    asked.rerun_script.page_name = page
    begin = time.perf_counter()
    await socket.send(asked.SerializeToString())
    while True:
        received = await socket.recv(decode=False)
        if INCIDENT in received:
            raise RuntimeError(f"{page} does not show")
        if len(received) > LONGEST_END:
            continue  # the visitors share the server's processors: they read what they have to
        told = ForwardMsg()
        told.ParseFromString(received)
        if told.WhichOneof("type") == "script_finished":
            return 1000 * (time.perf_counter() - begin)


async def visitor(cookie: str, page: str, think: float, seconds: float) -> list[float]:
    """Reruns of one session until the time is up; the first, which opens the page, does not count."""
    headers, taken = {"cookie": cookie, "origin": f"http://{ADDRESS}"}, []
    async with connect(
        f"ws://{ADDRESS}/_stcore/stream",
        additional_headers=headers,
        max_size=None,
        subprotocols=["streamlit"],  # type: ignore[list-item]
    ) as socket:
        await rerun(socket, page)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            await asyncio.sleep(think * random.uniform(0.5, 1.5))
            taken.append(await rerun(socket, page))
    return taken


def visits(cookie: str, page: str, sessions: int, think: float, seconds: float) -> list[float]:
    async def all_of_them() -> list[list[float]]:
        return await asyncio.gather(*(visitor(cookie, page, think, seconds) for _ in range(sessions)))

    return sorted(taken for each in asyncio.run(all_of_them()) for taken in each)


def sessions(path: Path, page: str = "vue_nationale", seconds: float = 20) -> dict[str, float]:
    """Memory at rest, one session alone (here, then on a bare page), 30 that think for 5 s, 8 that never do.

    cost: milliseconds of the server's processor for a rerun of the saturated server.
    """
    with served(path) as pid:
        time.sleep(2)
        cookie, rest = signed_in(path), resident(pid)
        alone = statistics.median(visits(cookie, page, 1, 0.05, 5))
        bare = statistics.median(visits(cookie, "accessibilite", 1, 0.05, 5))
        thinking = visits(cookie, page, 30, 5, 3 * seconds)  # in 20 s, six visits would decide
        begin = processor(pid)
        saturated = visits(cookie, page, 8, 0, seconds / 2)
        return {
            "rest": rest, "alone": alone, "bare": bare, "p50": statistics.median(thinking),
            "p95": thinking[int(0.95 * (len(thinking) - 1))], "reruns/s": len(saturated) / (seconds / 2),
            "after": resident(pid), "cost": (processor(pid) - begin) / (len(saturated) + 8),
        }  # fmt: skip


def dash(path: Path) -> dict[str, float] | None:
    """Milliseconds of processor of an update in Dash: `charts`, those of the national view; `course`, its bars alone.

    None where it is not installed.
    """
    python = ROOT / ".bench" / "bin" / "python"
    if not python.exists():
        return None
    script = Path(__file__).with_name("dash_page.py")
    done = subprocess.run([str(python), str(script), str(path)], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def download(url: str, cookie: str = "") -> tuple[float, float, float]:
    """Milliseconds to the first byte, MB/s, MB."""
    asked = urllib.request.Request(url, headers={"cookie": cookie})
    begin, size = time.perf_counter(), 0
    with urllib.request.urlopen(asked) as answer:
        size += len(answer.read(1))
        first = 1000 * (time.perf_counter() - begin)
        while block := answer.read(65_536):
            size += len(block)
    return first, size / (time.perf_counter() - begin) / 1e6, size / 1e6


def file(path: Path) -> tuple[float, float, float]:
    """`export entries` over HTTP, French dialect, to somebody signed in."""
    with served(path):
        return download(f"http://{ADDRESS}/exports/entries.csv?dialecte=excel-fr", signed_in(path))


def datasette(path: Path) -> float | None:
    """MB/s of Datasette's streaming CSV of the entries; None where it is not installed (requirements-bench.txt)."""
    command = ROOT / ".bench" / "bin" / "datasette"
    if not command.exists():
        return None
    port = PORT + 1
    server = subprocess.Popen(
        [str(command), "serve", "--nolock", "-i", str(path), "-p", str(port), "--setting", "max_csv_mb", "0"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        time.sleep(5)
        # A tenth of the regions: Datasette pages by key, and its rate does not depend on the length.
        return download(f"http://127.0.0.1:{port}/{path.stem}/entry.csv?_stream=on&_size=max&region_code=11")[1]
    finally:
        server.terminate()
        server.wait(20)
