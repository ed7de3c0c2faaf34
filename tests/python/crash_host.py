"""A host that can be killed at any moment: it does the steps of a day one by one and keeps its session on disk.

Entry points: Place, work; as a program (crash_host.py FOLDER [MOMENTS]) it goes on where the folder was left, says each
step that it has saved, and dies at the moment of that number. It keeps what docs/sessions.md tells hosts to keep:
`session.log`, to which entries are appended, and `session.saved`, which is replaced whole and tells the next step and how
long the log was.
"""

import hashlib
import json
import os
import signal
import struct
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve()
LIBRARY = BUILD / "lib" / "libassay.so"
sys.path.insert(0, str(ROOT / "bindings" / "python"))
os.environ.setdefault("ASSAY_LIBRARY", str(LIBRARY))

import assay  # noqa: E402 (after its path and its library are set)

DAY = ROOT / "examples" / "day"
NOW = datetime(2026, 11, 20, 9, tzinfo=timezone(timedelta(hours=8)))
HEADER = struct.Struct("<QQ")  # the next step, the bytes of the log


def rows(path):
    return path.read_text(encoding="utf-8").splitlines()


class Place:
    """Where sessions are opened: the standard rulebook and the data of the sample day."""

    def __init__(self):
        self.rulebook = assay.Rulebook.load(ROOT / "rules" / "standard" / "order_review.yaml")
        self.snapshot = assay.Snapshot(self.rulebook, {
            path.stem: rows(path) for path in (DAY / "data").glob("*.jsonl") if path.stem in self.rulebook.datasets})

    def open(self):
        return assay.Session(self.rulebook, self.snapshot, now=NOW)


def digest(data):
    return hashlib.sha256(data).hexdigest()


class Mortal:
    """Counts the moments at which the process could die, and dies at the one that was chosen, if one was."""

    def __init__(self, moments=None):
        self.left = moments

    def __call__(self):
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                os.kill(os.getpid(), signal.SIGKILL)


def do(session, step, mortal):
    """Does one step; the result of a run, and the error of what was refused."""
    verb, *arguments = step
    try:
        if verb in ("run", "redistribute"):
            return getattr(session, verb)(now=NOW + timedelta(minutes=arguments[0]))
        if verb == "commit":
            return session.commit()
        for argument in arguments:
            getattr(session, verb)(argument)
            mortal()
        return None
    except assay.AssayError as error:
        return error


def _write(path, mode, data, mortal):
    """Onto the disk, in two parts: it can be killed between them."""
    with path.open(mode) as file:
        for part in (data[:len(data) // 2], data[len(data) // 2:]):
            mortal()
            file.write(part)
            file.flush()
        mortal()
        os.fsync(file.fileno())


def keep(folder, session, step, log_size, mortal):
    """Appends to the log and replaces what is saved; the size of the log."""
    log = session.take_log()
    _write(folder / "session.log", "ab", log, mortal)
    log_size += len(log)
    _write(folder / "session.new", "wb", HEADER.pack(step, log_size) + session.save(), mortal)
    mortal()
    os.replace(folder / "session.new", folder / "session.saved")
    mortal()
    entries = os.open(folder, os.O_RDONLY)
    os.fsync(entries)
    os.close(entries)
    return log_size


def take_up(folder, session):
    """Goes on where the folder was left; the next step and the size of the log, of which what came later is cut off."""
    saved = folder / "session.saved"
    if saved.exists():
        data = saved.read_bytes()
        step, log_size = HEADER.unpack_from(data)
        session.restore(data[HEADER.size:])
    else:
        step, log_size = 0, 0
        session.keep_log()
    with (folder / "session.log").open("ab") as log:
        if log.tell() < log_size:
            raise ValueError(f"the log is shorter than the session that was saved with it: {log.tell()} of {log_size} bytes")
        log.truncate(log_size)
    return step, log_size


def work(place, folder, mortal, say):
    """Does what is left of the folder's steps."""
    steps = json.loads((folder / "steps.json").read_text(encoding="utf-8"))
    with place.open() as session:
        step, log_size = take_up(folder, session)
        say(step, digest(session.save()))
        while step < len(steps):
            mortal()
            do(session, steps[step], mortal)
            mortal()
            step += 1
            log_size = keep(folder, session, step, log_size, mortal)
            say(step, digest(session.save()))


def main(arguments):
    folder, *moments = arguments
    work(Place(), Path(folder), Mortal(*map(int, moments)), lambda step, saved: print(step, saved, flush=True))


if __name__ == "__main__":
    main(sys.argv[1:])
