"""The complaints of the month before the sample day, each with its log.

Entry points: complaints, and PLANTED, the rules that find something in each planted one. The ordinary ones are in order.
"""

from datetime import date, timedelta

PLANTED = {
    "TS-011": ["CMP-NXT-01"],  # came in ten minutes before closing time
    "TS-012": ["CMP-CLK-01", "CMP-ESC-01", "CMP-NXT-06"],  # of a VIP, acknowledged after 31 minutes, not with the manager
    "TS-013": ["CMP-CLK-02"],  # answered after four hours and a minute of work
    "TS-014": ["CMP-CLK-03", "CMP-ESC-02", "CMP-NXT-06"],  # undecided for a week, and nobody above knows
    "TS-015": ["CMP-CLK-03", "CMP-NXT-06"],  # the same, handed up to the top
    "TS-016": ["CMP-ESC-01", "CMP-NXT-03"],  # grave, and not with the manager
    "TS-017": ["CMP-CLK-02", "CMP-NXT-05"],  # waits for the complainant; only the resolve clock does
    "TS-018": ["CMP-NXT-07"],  # decided yesterday, to be called back
    "TS-019": ["CMP-CBK-01", "CMP-NXT-07"],  # decided a week ago, and not called back
    "TS-020": ["CMP-CBK-03", "CMP-NXT-08"],  # three calls on two days reached nobody
    "TS-021": ["CMP-CLS-01"],  # closed, and nobody knows why it happened
    "TS-022": ["CMP-NXT-04", "CMP-STP-05"],  # looked into before it was assessed
    "TS-023": ["CMP-CPN-01"],  # 2,500 of at most 2,000
    "TS-026": ["CMP-REP-01"],  # the third about one lot
    "TS-027": ["CMP-CBK-04"],  # called back: not settled
}

WAY = ["RECEIVED", "ACKNOWLEDGED", "ASSESSED", "INVESTIGATING", "RESPONDED", "DECIDED", "CALLED_BACK", "CLOSED"]
# On the day of receipt and the next one, each within its limit.
CLOCKS = [(0, "09:10"), (0, "09:25"), (0, "09:50"), (0, "10:00"), (0, "14:00"), (1, "10:00"), (1, "15:00"), (1, "16:00")]


def moment(day, clock):
    """A time of day in Shanghai, from 08:00 on."""
    hour, minute = clock.split(":")
    return f"{day}T{int(hour) - 8:02}:{minute}:00Z"


def next_weekday(day):
    return day + timedelta(3 if day.weekday() == 4 else 1)


def event(day, clock, state, actor, **more):
    row = {"at": moment(day, clock), "state": f"COMPLAINT_STATE_{state}", "actor": actor, **more}
    if state == "DECIDED":
        row["decision"] = "COMPLAINT_DECISION_ACCEPTED"
    return row


class Case:
    """A complaint of a partner, received on a day and brought as far as the state `last`."""

    def __init__(self, number, partner, day, last="CLOSED", clocks=(), without=(), **fields):
        """`clocks` has other times for some states: {state: (days later, clock)}; those of `without` are not in the log."""
        clocks = {**{state: (day if later == 0 else next_weekday(day), clock) for state, (later, clock) in zip(WAY, CLOCKS)},
                  **{state: (day + timedelta(later), clock) for state, (later, clock) in dict(clocks).items()}}
        handler = partner["owner_agent"]
        states = [state for state in WAY[: WAY.index(last) + 1] if state not in without]
        self.row = {
            "id": f"TS-{number:03}", "channel": "PHONE", "complainant_kind": "COMPLAINANT_KIND_PARTNER",
            "complainant_id": partner["id"], "partner_id": partner["id"], "against": "COMPLAINT_TARGET_DEPARTMENT",
            "against_id": "LOGISTICS", "subject": "DELIVERY", "severity": "COMPLAINT_SEVERITY_NORMAL", "handler": handler,
            "received_at": moment(*clocks["RECEIVED"]), "events": [event(*clocks[state], state, handler) for state in states]}
        if "ASSESSED" in states:
            self.row["valid"] = True
        if "DECIDED" in states:
            self.row.update(root_cause="LATE_PICKING", responsible_department="LOGISTICS", resolution="已补发并致歉")
        if "CALLED_BACK" in states:
            self.call(*clocks["CALLED_BACK"], reached=True, settled=True, record="对处理满意",
                      satisfaction="SATISFACTION_SATISFIED")
        self.row.update(fields)

    def call(self, day, clock, **result):
        self.row.setdefault("call_backs", []).append({"at": moment(day, clock), "caller": self.row["handler"], **result})
        return self

    def enter(self, day, clock, state, **more):
        self.row["events"].append(event(day, clock, state, self.row["handler"], **more))
        return self


def ordinary(partners, rng):
    """Ten that are closed, in order; two of October are against a distributor who delivered to another region (窜货)."""
    rows = []
    for number in range(1, 11):
        day = date(2026, 10, 21) + timedelta(2 * number)
        if day.weekday() > 4:
            day += timedelta(7 - day.weekday())
        case = Case(number, rng.choice(partners[:24]), day)
        if number in (1, 2):
            case.row.update(subject="TERRITORY", against="COMPLAINT_TARGET_PARTNER", against_id="P-016", valid=False,
                            root_cause="CROSS_REGION", responsible_department="SALES", resolution="已约谈并回收货品")
        rows.append(case.row)
    return rows


def planted(of):
    """Those of PLANTED in turn, and the two before the third about a lot. `of` gives partners by number."""
    november = {day: date(2026, 11, day) for day in range(2, 20)}
    line = {"product_id": "SKU-0289", "lot": "L2605", "subject": "QUALITY", "against": "COMPLAINT_TARGET_PRODUCT",
            "against_id": "SKU-0289"}
    told = {"escalated_to": "S-07"}
    grave = {"severity": "COMPLAINT_SEVERITY_MAJOR", "subject": "QUALITY"}
    settled = {"reached": True, "satisfaction": "SATISFACTION_DISSATISFIED", "settled": False, "record": "货仍未到"}
    return [
        Case(11, of[5], november[19], "RECEIVED", {"RECEIVED": (0, "17:50")}),
        Case(12, of[6], november[19], "RESPONDED", {"ACKNOWLEDGED": (0, "09:41")}),
        Case(13, of[7], november[17], clocks={"RESPONDED": (0, "14:41")}),
        Case(14, of[8], november[9], "RESPONDED"),
        Case(15, of[9], november[9], "RESPONDED").enter(november[13], "09:00", "UNSPECIFIED", **told)
        .enter(november[16], "09:00", "UNSPECIFIED", escalated_to="S-06"),
        Case(16, of[10], november[19], "ASSESSED",
             {"RECEIVED": (0, "16:00"), "ACKNOWLEDGED": (0, "16:10"), "ASSESSED": (0, "16:40")}, **grave),
        Case(17, of[12], november[17], "INVESTIGATING").enter(november[17], "10:30", "WAITING_COMPLAINANT"),
        Case(18, of[13], november[18], "DECIDED"),
        Case(19, of[14], november[12], "DECIDED"),
        Case(20, of[15], november[16], "DECIDED").call(november[17], "11:00").call(november[17], "16:00")
        .call(november[18], "11:00"),
        Case(21, of[16], november[10], root_cause=""),
        Case(22, of[17], november[19], "INVESTIGATING",
             {"RECEIVED": (0, "16:00"), "ACKNOWLEDGED": (0, "16:10"), "INVESTIGATING": (0, "16:40")}, ["ASSESSED"]),
        Case(23, of[18], november[5], compensations=[{
            "id": "PC-023", "partner_id": "P-018", "amount": "2500", "currency": "CNY", "kind": "CREDIT_NOTE",
            "authorised_by": "S-07", "role": "SERVICE_MANAGER", "authorised_at": moment(november[6], "09:50")}]),
        Case(24, of[19], november[4], **line), Case(25, of[20], november[10], **line), Case(26, of[1], november[16], **line),
        Case(27, of[4], november[16], "DECIDED").call(november[17], "15:00", **settled)
        .enter(november[17], "15:00", "CALLED_BACK"),
    ]


def complaints(partners, rng):
    """All of the month, as rows of assay.v1.Complaint."""
    return ordinary(partners, rng) + [case.row for case in planted(dict(enumerate(partners, 1)))]
