"""rules/standard/complaints.yaml against plain Python: the clocks, call-backs and breaches of random complaints, under random
calendars, contacts and zones, are those that plain_complaints.py finds minute by minute, and who acts, of random staff, is
whom it finds by climbing the reporting line.

The number of complaints is ASSAY_ORACLE_COUNT (else 600), at most 1,500; the library comes from the build in ASSAY_BUILD
(else build/dev), without which the test is skipped.
"""

import json
import os
import random
import shutil
import sys
import tempfile
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve()
sys.path[:0] = [str(ROOT / "bindings" / "python"), str(Path(__file__).parent)]
os.environ.setdefault("ASSAY_LIBRARY", str(BUILD / "lib" / "libassay.so"))

import assay  # noqa: E402 (after its path and its library are set)
import plain_complaints as plain  # noqa: E402

COUNT = min(int(os.environ.get("ASSAY_ORACLE_COUNT", "600")), 1500)
BATCH = 60
MONDAY = datetime(2026, 1, 5, tzinfo=timezone.utc)
STATE_OF_NO_NAME = 13

SITE = """
name: oracle.complaints
imports: [standard/complaints.yaml]
overrides:
  - {parameter: calendar, default: "'DESK-0'"}
calendars: [%s, %s]
"""


def moment(minute):
    return MONDAY + timedelta(minutes=minute)


def stamp(minute):
    return moment(minute).strftime("%Y-%m-%dT%H:%M:%SZ")


def varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def clock(minute):
    return f"{minute // 60:02d}:{minute % 60:02d}"


def zone(offset):
    return ("-" if offset < 0 else "+") + clock(abs(offset))


def calendar(number, desk):
    hours = [
        {"weekdays": [day + 1], "opens": clock(a), "closes": clock(b)}
        for day, stretches in sorted(desk.week.items())
        for a, b in stretches
    ]
    days = [(MONDAY + timedelta(days=day)).strftime("%Y-%m-%d") for day in sorted(desk.holidays)]
    holidays = [{"day": day, "name": {"en": "holiday", "zh": "假日"}} for day in days]
    return {"id": f"DESK-{number}", "time_zone": zone(desk.offset), "hours": hours, "holidays": holidays}


def opening_hours(hours):
    return [{"weekday": day, "opens": clock(a), "closes": clock(b)} for day, a, b in hours]


def message(complaint):
    contact = complaint.contact
    row = {
        "id": complaint.id,
        "handler": f"S-{complaint.agent}",
        "received_at": stamp(complaint.received),
        "severity": "COMPLAINT_SEVERITY_" + ("MAJOR" if complaint.major else "NORMAL"),
        "events": [{"at": stamp(at), "state": f"COMPLAINT_STATE_{state}"} for at, state in complaint.changes],
        "contact": {
            "id": "K-1",
            "time_zone": zone(contact.offset),
            "call_hours": opening_hours(contact.call_hours),
            "rest_hours": opening_hours(contact.rest_hours),
        },
        "call_backs": [{"at": stamp(at), "reached": reached} for at, reached in complaint.calls],
    }
    return row if complaint.appointment is None else row | {"appointment_at": stamp(complaint.appointment)}


def expected(verdict):
    due = verdict.call_back_due
    return {
        "acknowledge_due": moment(verdict.acknowledge_due),
        "acknowledge_breached": verdict.acknowledge_breached,
        "respond_due": moment(verdict.respond_due),
        "respond_breached": verdict.respond_breached,
        "resolve_due": moment(verdict.resolve_due),
        "rounds_late": tuple(verdict.rounds_late),
        "call_back_due": None if due is None else moment(due),
        "call_back_breached": verdict.call_back_breached,
        "no_window": verdict.no_window,
        "unreachable": verdict.unreachable,
    }


def site_rulebook(desks):
    """The standard rulebook with the calendars of these desks, the first of which is everybody's."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "rules" / "standard", Path(folder) / "standard")
        site = Path(folder) / "site.yaml"
        calendars = tuple(json.dumps(calendar(number, desk)) for number, desk in enumerate(desks))
        site.write_text(SITE % calendars, encoding="utf-8")
        return assay.Rulebook.load(str(site))


@unittest.skipUnless(Path(os.environ["ASSAY_LIBRARY"]).exists(), "needs lib/libassay.so in the build folder")
class ComplaintsTest(unittest.TestCase):
    def test_clocks_and_call_backs_are_those_of_the_plain_minutes(self):
        for batch in range(-(-COUNT // BATCH)):
            draw = random.Random(batch)
            now = 8 * 7 * plain.DAY + draw.randrange(plain.DAY)
            desks = [plain.random_desk(draw, 480), plain.random_desk(draw, draw.choice([480, 0]))]
            complaints = [plain.random_complaint(draw, number, now) for number in range(BATCH)]
            rulebook = site_rulebook(desks)
            staff = [{"id": f"S-{number}", "calendar_id": f"DESK-{number}"} for number in range(len(desks))]
            snapshot = assay.Snapshot(rulebook, {"staff": staff})
            rows = [message(complaint) for complaint in complaints]
            result = {row.id: row.outputs for row in assay.evaluate(rulebook, snapshot, rows, now=moment(now)).rows}
            for complaint in complaints:
                want = expected(plain.judge(complaint, desks, now))
                got = {name: result[complaint.id][name] for name in want}
                self.assertEqual(got, want, f"batch {batch}: {complaint}")

    def test_who_acts_is_the_first_manager_in_line_for_a_grave_complaint(self):
        rulebook = assay.Rulebook.load(str(ROOT / "rules" / "standard" / "complaints.yaml"))
        levels = ["", "A", "VIP"]
        partners = [{"id": f"Q-{level}", "level": level} for level in levels]
        for batch in range(-(-COUNT // BATCH)):
            draw = random.Random(batch)
            staff = plain.random_staff(draw)
            people = [{"id": name, "role": role, "reports_to": above} for name, (role, above) in staff.items()]
            rows, want = [], {}
            for number in range(BATCH):
                handler, handed = draw.choice(list(staff)), draw.sample(list(staff), draw.choice([0, 0, 1, 2]))
                stated, own, major = draw.choice(["", *levels]), draw.choice(levels), draw.random() < 0.3
                kind = draw.choice(["PARTNER", "STORE", "CONSUMER", "EMPLOYEE"])
                rows.append({
                    "id": f"C-{number}", "handler": handler, "received_at": stamp(60), "complainant_level": stated,
                    "complainant_kind": f"COMPLAINANT_KIND_{kind}", "complainant_id": f"Q-{own}",
                    "severity": "COMPLAINT_SEVERITY_" + ("MAJOR" if major else "NORMAL"),
                    "events": [{"at": stamp(60), "state": "COMPLAINT_STATE_RECEIVED"},
                               *({"at": stamp(61), "escalated_to": person} for person in handed)]})
                level = stated or (own if kind in ("PARTNER", "STORE") else "")
                acts, not_there = plain.who_acts(staff, handler, major or level == "VIP", handed)
                too_long = plain.line_up(staff, handler)[1]
                want[f"C-{number}"] = (acts, ["CMP-HDL-02"] * too_long + ["CMP-ESC-01"] * not_there)
            snapshot = assay.Snapshot(rulebook, {"staff": people, "partners": partners})
            for row in assay.evaluate(rulebook, snapshot, rows, now=moment(65)).rows:
                found = [f.rule for f in row.findings if f.rule in ("CMP-HDL-02", "CMP-ESC-01")]
                self.assertEqual((row.outputs["acts"], found), want[row.id], f"batch {batch}: {row.id} of {staff}")

    def test_a_partners_compensations_of_a_month_add_up_by_the_time_of_receipt(self):
        """Of many complaints on few days, some at one moment, on both sides of midnight in Shanghai and of a month's end."""
        rulebook = assay.Rulebook.load(str(ROOT / "rules" / "standard" / "complaints.yaml"))
        draw, cap, rows = random.Random(COUNT), 10000, []
        for number in range(COUNT):
            received = datetime(2026, 10, 28, 15, 59, tzinfo=timezone.utc) + timedelta(
                days=draw.randrange(8), minutes=draw.choice([0, 1, draw.randrange(1440)]))
            at = received.strftime("%Y-%m-%dT%H:%M:%SZ")
            grants = [{"id": f"K-{i}", "amount": draw.choice(["300", "70.5", "0", "1450.01"]), "authorised_by": "S-1",
                       "currency": draw.choice(["CNY", "CNY", "CNY", "USD"]), "authorised_at": at}
                      for i in range(draw.choice([0, 0, 1, 2]))]
            rows.append({"id": f"C-{draw.randrange(10**6):06d}-{number}", "partner_id": draw.choice(["", "Q-1", "Q-2", "Q-3"]),
                         "received_at": at, "compensations": grants})
        staff = [{"id": "S-1", "authority_limits": [{"rule": "CMP-CPN-01"}]}]
        snapshot = assay.Snapshot(rulebook, {"staff": staff})
        result = assay.evaluate(rulebook, snapshot, rows, now=datetime(2026, 11, 20, tzinfo=timezone.utc))
        over = {row.id for row in result.rows if any(finding.rule == "CMP-CPN-02" for finding in row.findings)}
        shanghai = timezone(timedelta(hours=8))
        sums = plain.partner_compensations(
            rows, lambda at: datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone(shanghai).strftime("%Y-%m"))
        self.assertEqual(over, {name for name, amount in sums.items() if amount > cap})
        self.assertTrue(0 < len(over) < len(sums))

    def test_a_state_that_no_version_knows_is_no_step_of_the_log(self):
        rulebook = assay.Rulebook.load(str(ROOT / "rules" / "standard" / "complaints.yaml"))
        # Complaint {id: "C", received_at: {seconds: 1795136400}, events: [{state: 1}, {state: 13}]}: JSON has no such name.
        received = b"\x08" + varint(1795136400)
        row = b"\x0a\x01C" + b"\xca\x01" + varint(len(received)) + received
        for state in (1, STATE_OF_NO_NAME):
            row += b"\xda\x01\x02\x10" + varint(state)
        result = assay.evaluate(rulebook, assay.Snapshot(rulebook, {}), [row], now=moment(0) + timedelta(days=320))
        self.assertIn("CMP-STP-14", [finding.rule for finding in result.rows[0].findings])


if __name__ == "__main__":
    unittest.main()
