"""`make bench`, or `python -m tests.bench [--sizes 10k,100k,1M] [--only NAME] [--folder DIR]`; see docs/vitesse.md.

Networks are made once and kept in the folder (10M takes half an hour and 15 GB, and is made only where asked for).
"""

import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from impact.settings import ROOT
from tests.bench import network, serving
from tests.bench.measure import Line, child, environment
from tests.bench.starting import starting
from tests.bench.visiting import visiting

MOST_COLD = {"1M": 50.0, "10M": 200.0}


def reads(paths: dict[str, Path]) -> Iterator[Line]:
    """The numbers behind three screens, cold, beside their own SQL through the bare driver."""
    taken = {}
    for name, path in paths.items():
        for screen in ("national", "region", "chantier"):
            found = child(screen, path)
            taken[screen, name] = found["product"]
            most = MOST_COLD.get(name) if screen == "national" else 30.0 if name == "1M" else None
            yield Line(f"{name} : {screen}, à froid (mémoire {found['peak']:.0f} Mo)", found["product"], "ms", most)
            if screen == "national":
                allowed = max(1.5 * found["bare"], found["bare"] + 5)
                yield Line(f"{name} : le même SQL seul", found["bare"], "ms")
                yield Line(f"{name} : {screen}, part du permis (1,5 x ou + 5 ms)", found["product"] / allowed, "x", 1.0)
    if {"100k", "1M"} <= paths.keys():
        growth = taken["national", "1M"] / taken["national", "100k"]
        yield Line("vue nationale : 1M contre 100k, huit fois l’historique", growth, "x", 1.3)


def saving(paths: dict[str, Path]) -> Iterator[Line]:
    """A figure kept with its history, on a copy, against fdatasync on the same disk, in turn."""
    taken = {}
    for name in (name for name in ("10k", "1M") if name in paths):
        with tempfile.TemporaryDirectory(dir=paths[name].parent) as folder:
            copy = Path(folder) / "copy.db"
            shutil.copyfile(paths[name], copy)
            found = child("saving", copy)
        taken[name], disk = found["save"], found["sync"]
        yield Line(f"{name} : une saisie gardée (processeur {found['processor']:.1f} ms)", taken[name], "ms")
        yield Line(f"{name} : part du débit fdatasync ({disk:.2f} ms)", disk / taken[name], "x", least=0.5)
    if len(taken) == 2:
        yield Line("saisie : 1M contre 10k", taken["1M"] / taken["10k"], "x", 1.5)


CLI = """.mode csv
.separator ; "\\r\\n"
SELECT entry.*, period.end_date FROM entry JOIN period ON period.code = entry.period_code
ORDER BY region_code, indicator_code, period.end_date, period.start_date DESC, entry.period_code;
"""


def exporting(paths: dict[str, Path]) -> Iterator[Line]:
    """`export entries` against the sqlite3 command line, in turn; the latter writes totals alone."""
    for name in (name for name in ("1M", "10M") if name in paths):
        rounds = [(child("export", paths[name]), command_line(paths[name])) for _ in range(3)]
        ours = statistics.median(found["MB/s"] for found, _ in rounds)
        theirs = statistics.median(rate for _, rate in rounds)
        last = rounds[-1][0]
        yield Line(f"{name} : export entries, excel-fr, {last['rows']:,} lignes", ours, "Mo/s")
        yield Line(f"{name} : sqlite3 en ligne de commande", theirs, "Mo/s")
        yield Line(f"{name} : export contre sqlite3", ours / theirs, "x", least=0.4)
        yield Line(f"{name} : mémoire de l’export au-dessus du repos", last["above"], "Mo", 60)
        yield from over_http(name, paths[name])


def command_line(path: Path) -> float:
    """MB/s of the sqlite3 command line."""
    begin = time.perf_counter()
    done = subprocess.Popen(["sqlite3", str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert done.stdin is not None
    assert done.stdout is not None
    done.stdin.write(CLI.encode())
    done.stdin.close()
    size = 0
    while block := done.stdout.read(1 << 20):
        size += len(block)
    done.wait()
    return size / (time.perf_counter() - begin) / 1e6


def over_http(name: str, path: Path) -> Iterator[Line]:
    first, rate, _ = serving.file(path)
    yield Line(f"{name} : premier octet par HTTP", first, "ms", 100)
    yield Line(f"{name} : débit par HTTP", rate, "Mo/s")
    peer = serving.datasette(path)
    if peer is None:
        print("Datasette n’est pas installé dans .bench : la comparaison est sautée.")
    else:
        yield Line(f"{name} : HTTP contre Datasette ({peer:.1f} Mo/s)", rate / peer, "x", least=5)


def pages(paths: dict[str, Path]) -> Iterator[Line]:
    """The real server over real sockets; the visitors take their share of the same two cores."""
    for name in (name for name in ("10k", "1M", "10M") if name in paths):
        found = serving.sessions(paths[name])
        yield Line(f"{name} : mémoire du serveur au repos", found["rest"], "Mo", 120)
        yield Line(f"{name} : vue nationale rejouée, une session", found["alone"], "ms")
        yield Line(f"{name} : accessibilite (page presque vide) rejouée", found["bare"], "ms")
        yield Line(f"{name} : 30 sessions, 5 s de réflexion, p50", found["p50"], "ms")
        yield Line(f"{name} : 30 sessions, 5 s de réflexion, p95", found["p95"], "ms", 60)
        yield Line(f"{name} : serveur saturé", found["reruns/s"], "pages/s", least=25)
        yield Line(f"{name} : processeur du serveur, par page", found["cost"], "ms")
        tested = child("rerun", paths[name])
        yield Line(
            f"{name} : vue nationale par AppTest, contre une page vide", tested["page"] / tested["empty"], "x", 10
        )
        if (peer := serving.dash(paths[name])) is None:
            print("Dash n’est pas installé dans .bench : la comparaison est sautée.")
        else:
            charts, bars = peer["charts"], peer["course"]
            yield Line(
                f"{name} : page contre ses graphiques par Dash ({charts:.0f} ms)", found["cost"] / charts, "x", 0.5
            )
            yield Line(f"{name} : page contre ses seules barres par Dash ({bars:.0f} ms)", found["cost"] / bars, "x")


PARTS = {
    "reads": reads,
    "saving": saving,
    "exporting": exporting,
    "pages": pages,
    "starting": starting,
    "visiting": visiting,
}


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    asked.add_argument("--sizes", default="10k,100k,1M", help=f"parmi {', '.join(network.SIZES)}")
    asked.add_argument("--only", choices=PARTS, help="une seule partie")
    asked.add_argument("--folder", type=Path, default=ROOT / ".bench" / "networks")
    options = asked.parse_args()
    folder = options.folder.resolve()
    os.environ |= environment(folder / "none.db")
    paths = {name: network.built(network.SIZES[name], folder) for name in options.sizes.split(",")}
    missed = 0
    for name, part in PARTS.items():
        if options.only in (None, name):
            for line in part(paths):
                missed += line.missed
                print(line, flush=True)
    print(f"{missed} mesure(s) hors de leur cible." if missed else "Toutes les cibles sont tenues.")


if __name__ == "__main__":
    main()
