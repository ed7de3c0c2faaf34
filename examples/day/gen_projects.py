"""The projects that run on the sample day, with their targets, steps, letters and expense claims, and the register of photos.

Entry points: projects, and PLANTED, the rules that find something in each planted project: of a project, of one of its
rows. The ordinary ones are in order.
"""

from datetime import date, timedelta

from gen_complaints import moment

# Of each project {row: rules}; "" is the project itself.
PLANTED = {
    "XM-61": {"BACK_CABINET SW DY": ["PRJ-PAC-02"],  # a third of its cabinets, where half is due
              "ISLAND_DISPLAY SW": ["PRJ-TGT-02"],  # the districts add up to one too many
              "TWO_THREE_FIVE_STORE 2026-11": ["PRJ-TGT-08"]},  # handed in on the last of October
    "XM-62": {"T-2": ["PRJ-GLD-01"],  # the display in the shops was due on Wednesday
              "T-3": ["PRJ-GLD-02"]},  # the training is due on Tuesday
    "XM-63": {"M-2": ["PRJ-SLT-01"],  # the slot at the second mall was due yesterday
              "M-3": ["PRJ-SLT-02"],  # posters within a week
              "FY-2": ["EXP-NXT-01"],  # in order, to be decided
              "FY-3": ["EXP-EVD-01", "EXP-NXT-01"],  # its one photo does not count:
              f"FY-3 {3:064x}": ["EXP-PHO-01"],  # it was handed in for a visit to another store
              "FY-4": ["EXP-NXT-01", "EXP-PLN-02"],  # 900 where 800 were planned
              "FY-5": ["EXP-EVD-01", "EXP-NXT-01"],  # one photo of a cabinet, two are needed
              "FY-6": ["EXP-CAP-01", "EXP-NXT-01"]},  # more than is left of the cap
    "XM-64": {"M-3": ["PRJ-MIL-01"],  # the goods of one partner have not come back
              "M-2": ["PRJ-MIL-03"]},  # the last partner was told a day late
    "XM-65": {"": ["PRJ-LTR-01"],  # 18 of 20 have read it
              "P-007": ["PRJ-LTR-02"], "P-013": ["PRJ-LTR-02"]},
}

SIX_PLUS_ONE = {"BACK_CABINET": 60, "EXPERIENCE_EVENT": 36, "TWO_THREE_FIVE_STORE": 24, "PARTNER_TEAM_TRAINING": 48,
                "STORE_DEVELOPMENT": 30, "ISLAND_DISPLAY": 18, "SALES": 3600000}
DISTRICTS = ("CD", "MY", "DY")
QUARTER = {"period_from": "2026-10-01", "period_to": "2026-12-31"}
NOVEMBER = {"period_from": "2026-11-01", "period_to": "2026-11-30"}


def day(number):
    return date(2026, 11, number)


def figure(indicator, value, recorded, **place):
    return {"indicator": indicator, **place, "value": str(value), "recorded_at": recorded}


def targets():
    """The quarter's figures, of the area and each district, and by month those handed in so far."""
    rows = []
    for indicator, whole in SIX_PLUS_ONE.items():
        stated = moment("2026-09-25", "10:00")
        rows.append(figure(indicator, whole, stated))
        for place in DISTRICTS:
            more = indicator == "ISLAND_DISPLAY" and place == "CD"
            rows.append(figure(indicator, whole // 3 + more, stated, area="SW", district=place))
        rows.append(figure(indicator, whole, stated, area="SW"))
        for month, handed_in in (("2026-10", "2026-09-25"), ("2026-11", "2026-10-26")):
            late = indicator == "TWO_THREE_FIVE_STORE" and month == "2026-11"
            rows.append(figure(indicator, whole // 3, moment("2026-10-31" if late else handed_in, "10:00"), month=month))
    return rows


def actuals():
    """By district and month: 34 in 60 of each figure's third by the nineteenth, after 50 days of 92."""
    rows = []
    for indicator, whole in SIX_PLUS_ONE.items():
        third = whole // 3
        for place in DISTRICTS:
            reached = -(-third * 34 // 60) if indicator != "BACK_CABINET" else {"CD": 13, "MY": 13, "DY": 7}[place]
            october = reached * 3 // 5
            for month, value, recorded in (("2026-10", october, "2026-11-02"), ("2026-11", reached - october, "2026-11-18")):
                rows.append(figure(indicator, value, moment(recorded, "17:00"), area="SW", district=place, month=month))
    return rows


def step(code, name, deadline, done=None, **more):
    row = {"code": code, "name": name, **more, "deadline": str(deadline)}
    return {**row, "done_date": str(done)} if done else row


def photo(number, at, place):
    return {"hash": f"{number:064x}", "taken_at": moment(at, "11:00"), "place": place, "kind": "DISPLAY"}


def claim(number, partner, item, planned, claimed, photos, **more):
    """For an activity of the first days of November, handed in on the 16th in turn."""
    return {"id": f"FY-{number}", "project_id": "XM-63", "activity": "LUYAN", "partner_id": partner,
            "item_kind": f"EXPENSE_ITEM_KIND_{item}", "planned_amount": str(planned), "claimed_amount": str(claimed),
            "currency": "CNY", "place": partner, "activity_from": "2026-11-03", "activity_to": "2026-11-05",
            "submitted_by": "S-21", "submitted_at": moment(day(16), f"{9 + number}:00"), "photos": photos,
            "status": "EXPENSE_CLAIM_STATUS_SUBMITTED", **more}


def claims(visited):
    """`visited` is a photo of a visit, with its register entry's hash."""
    shown = {number: [photo(9000 + 10 * number + i, day(4), f"P-0{24 + number}") for i in range(2)] for number in range(1, 7)}
    decided = {"status": "EXPENSE_CLAIM_STATUS_APPROVED", "approved_amount": "1200", "decided_by": "S-10"}
    return [claim(1, "P-025", "CABINET", 1200, 1200, shown[1], **decided),
            claim(2, "P-026", "MATERIAL", 600, 580, shown[2]),
            claim(3, "P-027", "MATERIAL", 500, 500, [{**visited, "place": "P-027"}]),
            claim(4, "P-028", "GIFT", 800, 900, shown[4][:1]),
            claim(5, "P-029", "CABINET", 1000, 1000, shown[5][:1]),
            claim(6, "P-030", "CABINET", 1500, 1500, shown[6])]


def readings(unread):
    return [{"partner_id": f"P-{number:03}", "sent_at": moment(day(10), "09:00"),
             **({} if f"P-{number:03}" in unread else {"read_at": moment(day(11), "15:00")})} for number in range(1, 21)]


def project(number, kind, name, period, owner="S-09", **more):
    return {"id": f"XM-{number}", "kind": f"PROJECT_KIND_{kind}", "name": name, "owner": owner, **period, **more}


def all_projects(visited):
    golden = {"product_ids": ["SKU-0100", "SKU-0101"]}
    return [
        project(61, "INDICATOR", "四季度 6+1", QUARTER, targets=targets(), actuals=actuals()),
        project(62, "GOLDEN_ITEM", "黄金单品陈列", NOVEMBER, **golden, milestones=[
            step("T-1", "确定陈列标准", day(6), day(5)), step("T-2", "门店陈列到位", day(18)),
            step("T-3", "导购培训", day(24)), step("T-4", "陈列复盘", day(30))]),
        project(63, "CAMPAIGN", "双十一路演", NOVEMBER, currency="CNY", expense_cap="3000", claim_deadline="2026-12-10",
                milestones=[step("M-1", "锁定一号商场档期", day(5), day(4)), step("M-2", "锁定二号商场档期", day(19)),
                            step("M-3", "寄出海报", day(26)), step("M-4", "活动总结", day(30))], claims=claims(visited)),
        project(64, "RECALL", "L2605 批次召回", NOVEMBER, owner="S-08", product_ids=["SKU-0289"], milestones=[
            step("M-1", "隔离库存", day(16), day(16)), step("M-2", "通知全部合作商", day(17), day(18)),
            step("M-3", "收回合作商存货", day(19), partner_id="P-020"), step("M-4", "处置报告", day(30))]),
        project(65, "LETTER", "十二月价格通知", NOVEMBER, readings=readings(("P-007", "P-013"))),
        project(66, "LETTER", "年末盘点通知", NOVEMBER, readings=readings(())),
        project(67, "GOLDEN_ITEM", "婴护单品铺货", {"period_from": "2026-10-01", "period_to": "2026-11-30"}, owner="S-11",
                product_ids=["SKU-0103"], milestones=[
                    step("T-1", "确定铺货名单", date(2026, 10, 15), date(2026, 10, 14)), step("T-2", "铺货完成", day(13), day(12))]),
    ]


def register(rows, visits):
    """Every photo handed in: those of visits when they came in, those of claims with the claim."""
    photos = [{**shown, "evidence_of": visit["id"], "place": visit["partner_id"]} for visit in visits
              for shown in visit.get("photos", ())]
    return photos + [{**shown, "evidence_of": case["id"], "uploaded_at": case["submitted_at"]}
                     for row in rows for case in row.get("claims", ()) for shown in case["photos"]]


def projects(visits):
    """{dataset: rows}; one claim shows the photo of a visit of those days to another store as its own."""
    [seen] = next(visit["photos"] for visit in visits if (visit["partner_id"], visit["planned_date"]) == ("P-025", "2026-11-05"))
    rows = all_projects({name: seen[name] for name in ("hash", "taken_at", "kind")})
    return {"projects": rows, "photos": register(rows, visits)}
