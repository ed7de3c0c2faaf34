"""Real complaints: what a small rulebook finds in a city's service requests, held against a plain script over the same file.

Whether each was closed by the day promised, and how many working days and how much working time it took, all on New York's
clock, which jumps within the file's dates. The library comes from the build in ASSAY_BUILD (else build/dev); the test is
skipped where it or the data is absent.
"""

import csv
import os
import sys
import unittest
from collections import Counter
from datetime import datetime, time, timedelta, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve()
sys.path.insert(0, str(ROOT / "bindings" / "python"))
os.environ.setdefault("ASSAY_LIBRARY", str(BUILD / "lib" / "libassay.so"))

import assay  # noqa: E402 (after its path and its library are set)

REQUESTS = ROOT.parent / "shared" / "data" / "nyc311" / "service_requests.csv"
RULEBOOK = Path(__file__).with_name("nyc311_deadlines.yaml")

OPENS, CLOSES = time(9), time(17)


def read_time(text):
    return datetime.strptime(text, "%m/%d/%Y %I:%M:%S %p") if text else None


def nth_sunday(year, month, n):
    first = datetime(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (n - 1))


def utc(local):
    """New York's clock since 2007: an hour ahead from the second Sunday of March, 02:00, to the first of November."""
    begin = nth_sunday(local.year, 3, 2) + timedelta(hours=2)
    end = nth_sunday(local.year, 11, 1) + timedelta(hours=2)
    return (local + timedelta(hours=4 if begin <= local < end else 5)).replace(tzinfo=timezone.utc)


def complaint(row):
    created, closed, due = (read_time(row[f"{name} Date"]) for name in ("Created", "Closed", "Due"))
    events = [{"at": utc(created), "state": "COMPLAINT_STATE_RECEIVED"}]
    if closed:
        events.append({"at": utc(closed), "state": "COMPLAINT_STATE_CLOSED"})
    made = {"id": row["Unique Key"], "subject": row["Complaint Type"], "received_at": utc(created), "events": events}
    return made | ({"appointment_at": utc(due)} if due else {})


def days_worked(begin, end):
    step = 1 if begin <= end else -1
    day, last, count = min(begin, end).date(), max(begin, end).date(), 0
    while day < last:
        count += day.weekday() < 5
        day += timedelta(days=1)
    return step * count


def time_worked(begin, end):
    if end < begin:
        return -time_worked(end, begin)
    day, worked = begin.date(), timedelta()
    while day <= end.date():
        if day.weekday() < 5:
            opens, closes = datetime.combine(day, OPENS), datetime.combine(day, CLOSES)
            worked += max(min(end, closes) - max(begin, opens), timedelta())
        day += timedelta(days=1)
    return worked


@unittest.skipUnless(Path(os.environ["ASSAY_LIBRARY"]).exists(), "needs lib/libassay.so in the build folder")
@unittest.skipUnless(REQUESTS.exists(), f"no service requests at {REQUESTS}")
class ServiceRequestsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with REQUESTS.open(newline="", encoding="utf-8") as file:
            cls.requests = {row["Unique Key"]: row for row in csv.DictReader(file)}
        rulebook = assay.Rulebook.load(str(RULEBOOK))
        rows = [complaint(row) for row in cls.requests.values()]
        result = assay.evaluate(rulebook, assay.Snapshot(rulebook, {}), rows, now=datetime(2014, 1, 1, tzinfo=timezone.utc))
        cls.rows = {row.id: row for row in result.rows}
        cls.verdicts = Counter(result.verdict_counts)

    def test_as_many_are_late_and_on_time_as_a_plain_script_counts(self):
        expected = Counter()
        for row in self.requests.values():
            closed, due = read_time(row["Closed Date"]), read_time(row["Due Date"])
            expected["NOT_JUDGED" if not closed or not due else "LATE" if closed > due else "ON_TIME"] += 1
        self.assertEqual(self.verdicts, expected)
        self.assertEqual(expected["LATE"], 304)
        self.assertEqual(expected["LATE"] + expected["ON_TIME"], 1941)

    def test_each_request_is_judged_as_the_plain_script_judges_it(self):
        for key, row in self.requests.items():
            closed, due = read_time(row["Closed Date"]), read_time(row["Due Date"])
            if closed and due:
                self.assertEqual(self.rows[key].verdict, "LATE" if closed > due else "ON_TIME", key)

    def test_the_one_closed_before_it_was_made_is_found(self):
        wrong = [key for key, row in self.rows.items() if any(f.rule == "NYC-02" for f in row.findings)]
        created = {key: read_time(row["Created Date"]) for key, row in self.requests.items()}
        expected = [k for k, r in self.requests.items() if r["Closed Date"] and read_time(r["Closed Date"]) < created[k]]
        self.assertEqual(sorted(wrong), sorted(expected))
        self.assertEqual(len(wrong), 1)

    def test_working_days_and_time_are_those_of_the_plain_script(self):
        for key, row in self.requests.items():
            created, closed = read_time(row["Created Date"]), read_time(row["Closed Date"])
            outputs = self.rows[key].outputs
            if closed is None:
                self.assertEqual((outputs["days"], outputs["worked"]), (None, None), key)
                continue
            self.assertEqual(outputs["days"], days_worked(created, closed), key)
            self.assertEqual(outputs["worked"], time_worked(created, closed), key)


if __name__ == "__main__":
    unittest.main()
