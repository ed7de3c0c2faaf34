"""Every step from one state of a complaint to another, and every first state of a log, under rules/standard/complaints.yaml:
a legal one finds nothing, each other one its rule, with that rule's own text in English and Chinese.

STEPS is written from docs/domain.md, section 6, and docs/complaints.md. The library comes from the build in ASSAY_BUILD
(else build/dev), without which the test is skipped.
"""

import os
import sys
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve()
sys.path.insert(0, str(ROOT / "bindings" / "python"))
os.environ.setdefault("ASSAY_LIBRARY", str(BUILD / "lib" / "libassay.so"))

import assay  # noqa: E402 (after its path and its library are set)

NAMES = {
    "RECEIVED": "已收到", "ACKNOWLEDGED": "已受理", "ASSESSED": "已评估", "INVESTIGATING": "调查中",
    "WAITING_COMPLAINANT": "等待投诉人", "RESPONDED": "已答复", "DECIDED": "已决定", "CALLED_BACK": "已回访",
    "CLOSED": "已结案", "REOPENED": "已重新打开", "WITHDRAWN": "已撤回", "NOT_UPHELD": "不成立",
}
STATES = list(NAMES)
# From each state to each of STATES in turn: the number of the rule CMP-STP that finds it; "ok": legal. "" is the log's start.
STEPS = {
    "":                    "ok 01 01 01 01 01 01 01 01 01 01 01",
    "RECEIVED":            "02 ok 04 04 04 04 04 04 04 11 ok 04",
    "ACKNOWLEDGED":        "02 03 ok 05 05 05 05 05 05 11 ok 05",
    "ASSESSED":            "02 10 03 ok 06 06 06 06 06 11 ok ok",
    "INVESTIGATING":       "02 10 10 03 ok ok 07 07 07 11 ok ok",
    "WAITING_COMPLAINANT": "02 10 10 ok 03 ok 07 07 07 11 ok ok",
    "RESPONDED":           "02 10 10 10 10 03 ok 08 08 11 ok 08",
    "DECIDED":             "02 10 10 10 10 10 03 ok ok 11 09 09",
    "CALLED_BACK":         "02 10 10 10 10 10 10 03 ok ok 09 09",
    "CLOSED":              "02 12 12 12 12 12 12 12 03 ok 12 12",
    "REOPENED":            "02 13 ok ok 13 13 13 13 13 03 ok 13",
    "WITHDRAWN":           "02 12 12 12 12 12 12 12 ok ok 03 12",
    "NOT_UPHELD":          "02 12 12 12 12 12 12 ok ok ok 12 03",
}
TEXTS = {
    "01": ("The log begins with {}, not with RECEIVED.", "日志以“{}”开始，应以“已收到”开始。"),
    "02": ("It was received already: {}. A matter that comes back is reopened, another one is a complaint of its own.",
           "投诉已收到过：{}。旧事重提应重新打开，新事项另立投诉。"),
    "03": ("It is in that state already: {}.", "投诉已处于该状态：{}。"),
    "04": ("It has not been acknowledged: {}.", "投诉尚未受理：{}。"),
    "05": ("Severity and validity have not been assessed: {}.", "尚未评估严重程度和有效性：{}。"),
    "06": ("It has not been looked into: {}.", "投诉尚未调查：{}。"),
    "07": ("The complainant has not been answered: {}.", "尚未答复投诉人：{}。"),
    "08": ("It has not been decided, accepted or refused: {}.", "尚未作出接受或拒绝的决定：{}。"),
    "09": ("It was decided already, and can no longer be withdrawn or found without ground: {}.",
           "投诉已作出决定，不能再撤回或认定不成立：{}。"),
    "10": ("What is passed is taken up again by reopening only: {}.", "已过的阶段只能通过重新打开再次处理：{}。"),
    "11": ("It has not ended, and cannot be reopened: {}.", "投诉尚未结束，不能重新打开：{}。"),
    "12": ("It has ended; to go on it is reopened: {}.", "投诉已结束，如需继续应重新打开：{}。"),
    "13": ("A reopened complaint is assessed or looked into anew first: {}.", "重新打开的投诉须先重新评估或调查：{}。"),
}
RECEIVED_AT = datetime(2026, 11, 20, 1, tzinfo=timezone.utc)
NOW = RECEIVED_AT + timedelta(hours=1)


def pairs():
    """(from, to, the rule's number or "ok") of each step."""
    return [(start, end, number) for start, numbers in STEPS.items() for end, number in zip(STATES, numbers.split())]


def legal_ways():
    """For each state the states of a shortest legal log that ends there; for "" none."""
    ways, open_ends = {"": []}, [""]
    for start in open_ends:
        for end in (end for a, end, number in pairs() if a == start and number == "ok" and end not in ways):
            ways[end] = ways[start] + [end]
            open_ends.append(end)
    return ways


def complaint(name, states):
    events = [{"at": (RECEIVED_AT + timedelta(minutes=i)).strftime("%Y-%m-%dT%H:%M:%SZ"), "state": f"COMPLAINT_STATE_{state}"}
              for i, state in enumerate(states)]
    return {"id": name, "received_at": "2026-11-20T01:00:00Z", "events": events}


def words(start, end):
    return " → ".join(f"{state} {NAMES[state]}" for state in (start, end) if state)


@unittest.skipUnless(Path(os.environ["ASSAY_LIBRARY"]).exists(), "needs lib/libassay.so in the build folder")
class ComplaintStepsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        rulebook = assay.Rulebook.load(str(ROOT / "rules" / "standard" / "complaints.yaml"))
        ways = legal_ways()
        rows = [complaint(f"{start}>{end}", [*ways[start], end]) for start, end, _ in pairs()]
        result = assay.evaluate(rulebook, assay.Snapshot(rulebook, {}), rows, now=NOW)
        cls.found = {row.id: [finding for finding in row.findings if finding.rule.startswith("CMP-STP")] for row in result.rows}

    def test_all_pairs_of_states_are_judged(self):
        self.assertEqual(set(legal_ways()), {"", *STATES})
        self.assertEqual(sum(number == "ok" for _, _, number in pairs()), 31)
        self.assertEqual(len(self.found), 13 * 12)

    def test_a_legal_step_finds_nothing(self):
        for start, end, number in pairs():
            if number == "ok":
                self.assertEqual(self.found[f"{start}>{end}"], [], f"{start}>{end}")

    def test_an_illegal_step_finds_its_rule_in_both_languages(self):
        for start, end, number in pairs():
            if number != "ok":
                want = [(f"CMP-STP-{number}", *(text.format(words(start, end)) for text in TEXTS[number]))]
                got = [(f.rule, f.message.en, f.message.zh) for f in self.found[f"{start}>{end}"]]
                self.assertEqual(got, want, f"{start}>{end}")


if __name__ == "__main__":
    unittest.main()
