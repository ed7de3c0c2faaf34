"""A host killed in the middle of its day goes on where it had saved, to the same bytes as one that never was.

The host is crash_host.py; days of random steps are done once without a stop, and again with the process killed at
random moments: between steps, within them, and while it writes. It uses libassay of the build in ASSAY_BUILD (else
build/dev) and is skipped where that has none.
"""

import json
import os
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from collections import Counter
from datetime import timedelta
from pathlib import Path

import crash_host
from crash_host import DAY, NOW, Mortal, assay

STEPS = 24
MOMENTS = 12 * STEPS  # about as many as a day has
SECONDS = 4  # for the days of one test


class _Planner:
    """Makes up the steps of a day, each from what the last run decided."""

    def __init__(self, place, seed):
        self.rng = random.Random(seed)
        self.session = place.open()
        self.orders = [json.loads(text) for text in crash_host.rows(DAY / "orders.jsonl")]
        self.rng.shuffle(self.orders)
        self.staff = {}
        for row in map(json.loads, crash_host.rows(DAY / "data" / "staff.jsonl")):
            self.staff.setdefault(row["role"], row["id"])
        self.minutes = 0
        self.accepted = Counter()
        self.added, self.decisions = [], []

    def _add(self):
        new = [self.orders.pop() for _ in range(self.rng.randint(3, 8))]
        if self.added and self.rng.random() < 0.5:
            earlier = dict(self.rng.choice(self.added))
            if self.rng.random() < 0.7:  # else the same message comes again
                earlier.update(revision=earlier.get("revision", 1) + 1, requested_date="2026-11-25")
            new.append(earlier)
        self.added += new
        return ["add", *map(json.dumps, new)]

    def _run(self, verb="run"):
        self.minutes += self.rng.choice([0, 7, 90])
        return [verb, self.minutes]

    def _release(self):
        found = [(decision, finding) for decision in self.decisions for finding in decision.findings
                 if finding.releasable and finding.route in self.staff]
        if not found:
            return self._add()
        decision, finding = self.rng.choice(found)
        return ["release", json.dumps({
            "id": f"R-{self.rng.randrange(10**6)}", "order_id": decision.order_id, "rule": finding.rule,
            "line_id": finding.line_id, "values_digest": finding.values_digest, "role": finding.route,
            "actor": self.staff[finding.route], "at": (NOW + timedelta(minutes=self.minutes)).isoformat(),
            "revision": decision.revision, "reason": "a good customer"})]

    def _allocate(self):
        found = [(decision.order_id, line.line_id, part) for decision in self.decisions for line in decision.lines
                 for part in line.parts if part.kind == "CONFIRMED" and part.lot]
        if not found:
            return self._run("redistribute")
        order, line, part = self.rng.choice(found)
        return ["allocate", json.dumps({"order_id": order, "line_id": line, "quantity": str(part.quantity),
                                        "lot": part.lot, "actor": "S-02", "reason": "promised by phone"})]

    def _withdraw(self):
        found = [decision.order_id for decision in self.decisions]
        return ["withdraw", self.rng.choice(found)] if found else self._add()

    def steps(self):
        """The first takes orders in, the last is a run."""
        kinds = {self._add: 4, self._run: 5, lambda: self._run("redistribute"): 2, self._release: 3, self._allocate: 3,
                 self._withdraw: 3, lambda: ["commit"]: 2}
        planned = []
        while len(planned) < STEPS:
            kind, = self.rng.choices(list(kinds), list(kinds.values()))
            step = self._add() if not planned else self._run() if len(planned) == STEPS - 1 else kind()
            done = crash_host.do(self.session, step, Mortal())
            if isinstance(done, assay.Result):
                self.decisions = done.decisions
            self.accepted[step[0]] += not isinstance(done, assay.AssayError)
            planned.append(step)
        self.session.close()
        return planned


class _Life:
    """One process that works on a folder until it is done or killed."""

    def __init__(self, start):
        self._said, write = os.pipe()
        self.pid = start(write)
        os.close(write)

    @classmethod
    def forked(cls, place, folder, moments):
        def start(write):
            pid = os.fork()
            if pid == 0:
                status = 1
                try:
                    crash_host.work(place, folder, Mortal(moments),
                                    lambda step, saved: os.write(write, f"{step} {saved}\n".encode()))
                    status = 0
                finally:
                    os._exit(status)
            return pid
        return cls(start)

    @classmethod
    def started(cls, folder, moments):
        """A program of its own, with nothing of this one's memory."""
        arguments = [sys.executable, crash_host.__file__, str(folder), str(moments)]
        return cls(lambda write: os.posix_spawn(sys.executable, arguments, os.environ,
                                                file_actions=[(os.POSIX_SPAWN_DUP2, write, 1)]))

    def end(self, seconds):
        """Kills it after so long. What it said, as (step, digest), and whether it was done."""
        told, end = b"", time.monotonic() + seconds
        while True:
            if not select.select([self._said], [], [], max(0, end - time.monotonic()))[0]:
                os.kill(self.pid, signal.SIGKILL)
                end += 3600
            part = os.read(self._said, 1 << 16)
            if not part:
                break
            told += part
        os.close(self._said)
        status = os.waitpid(self.pid, 0)[1]
        if status not in (0, signal.SIGKILL):
            raise ChildProcessError(f"the host failed, with status {status}")
        lines = told.decode().splitlines()
        return [(int(step), saved) for step, saved in map(str.split, lines)], status == 0


class _Folder:
    """A day's steps and what a host has kept of doing them."""

    def __init__(self, root, name, steps):
        self.path = Path(root) / name
        self.path.mkdir()
        (self.path / "steps.json").write_text(json.dumps(steps), encoding="utf-8")

    def kept(self):
        return tuple((self.path / name).read_bytes() for name in ("session.saved", "session.log"))


@unittest.skipUnless(crash_host.LIBRARY.exists(), "needs lib/libassay.so in the build folder")
class CrashTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = crash_host.Place()
        root = tempfile.TemporaryDirectory()
        cls.addClassCleanup(root.cleanup)
        cls.root = root.name

    def setUp(self):
        self.accepted = Counter()  # steps that were not refused, by verb

    def day(self, seed):
        """The steps of a day, and what a host keeps and says that is never killed."""
        planner = _Planner(self.place, seed)
        steps = planner.steps()
        self.accepted.update(planner.accepted)
        folder, said = _Folder(self.root, f"whole-{seed}", steps), []
        crash_host.work(self.place, folder.path, Mortal(), lambda *words: said.append(words))
        self.assertEqual([step for step, _ in said], list(range(len(steps) + 1)))
        return steps, folder, dict(said)

    @staticmethod
    def told(result):
        return result.decisions_json, result.superseded_json, result.tables_csv, result.wire

    def ended(self, folder):
        """The decisions and tables of one more run on what is kept, in a session just opened."""
        with self.place.open() as session:
            crash_host.take_up(folder.path, session)
            return self.told(session.run())

    def replayed(self, folder):
        """The same where the log is done again."""
        with self.place.open() as session:
            session.replay(folder.kept()[1])
            return self.told(session.run())

    def kill_until_done(self, folder, said, live, rng):
        """Lives of the host until the day is done: each begins with all that an earlier one said was saved, and no
        state of it is another than that of the day without a stop. How often it was killed."""
        saved, kills, done = 0, 0, False
        while not done:
            told, done = live(rng.randrange(MOMENTS // 2)).end(rng.choice([0.1, 0.3, 1, 60]))
            if told:
                self.assertIn(told[0][0], (saved, saved + 1))  # it may be killed before it has said what it saved
                self.assertEqual(told, [(step, said[step]) for step in range(told[0][0], told[0][0] + len(told))])
                saved = told[-1][0]
            kills += not done
        self.assertEqual(saved, max(said))
        return kills

    def check(self, seeds, live):
        """Days killed and not killed are one, for at least three seeds and as many as there is time for; the kills."""
        kills, end = 0, time.monotonic() + SECONDS
        for number, seed in enumerate(seeds):
            if number >= 3 and time.monotonic() > end:
                break
            steps, whole, said = self.day(seed)
            folder = _Folder(self.root, f"killed-{seed}", steps)
            kills += self.kill_until_done(folder, said, lambda moments: live(folder.path, moments), random.Random(seed))
            self.assertEqual(folder.kept(), whole.kept(), seed)
            result = self.ended(whole)
            self.assertEqual(self.ended(folder), result, seed)
            self.assertEqual(self.replayed(folder), result, seed)
        return kills

    def test_a_day_goes_on_where_it_was_saved(self):
        kills = self.check(range(20), lambda folder, moments: _Life.forked(self.place, folder, moments))
        self.assertGreater(kills, 3)
        verbs = {"add", "run", "redistribute", "release", "allocate", "withdraw", "commit"}
        self.assertEqual(set(self.accepted), verbs)
        self.assertGreater(min(self.accepted.values()), 0, self.accepted)

    def test_another_program_goes_on_as_well(self):
        self.assertGreater(self.check([100], _Life.started), 0)

    def test_half_of_what_was_saved_is_refused(self):
        _, folder, _ = self.day(200)
        saved, log = folder.kept()
        saved = saved[crash_host.HEADER.size:]
        rng = random.Random(200)
        with self.place.open() as session:
            before = session.save()
            for _ in range(100):
                place = rng.randrange(len(saved))
                flipped = bytes([saved[place] ^ 1 << rng.randrange(8)])
                for data in (saved[:place], saved[:place] + flipped + saved[place + 1:], saved + saved[:place + 1]):
                    with self.assertRaises(assay.AssayError) as caught:
                        session.restore(data)
                    self.assertEqual(caught.exception.code, assay.Status.INVALID_ARGUMENT)
            with self.assertRaises(assay.AssayError):
                session.replay(log[:-1])
            self.assertEqual(session.save(), before)


if __name__ == "__main__":
    unittest.main()
