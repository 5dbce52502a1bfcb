from __future__ import annotations

import pytest

from khabar.reading.stamps import parse_line, parse_tail, resolve


def moments(line: str, *, year: int | None = None, zone: str = "") -> list[str]:
    """The moments of a stamp line, as «kind moment», a bare day without its midnight."""
    found = parse_line(line)
    assert found is not None, line
    out = []
    for stamp in found:
        resolved = resolve(stamp, year=year, zone=zone)
        assert resolved is not None
        moment, day_only, _ = resolved
        out.append(f"{stamp.kind or '-'} {moment:%Y-%m-%d}" + ("" if day_only else f"T{moment:%H:%M}"))
    return out


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("11:42 GMT 17.02.2021", ["- 2021-02-17T11:42"]),
        (
            "11:42 GMT 17.02.2021 (تم التحديث: 13:05 GMT 18.02.2021)",
            ["- 2021-02-17T11:42", "updated 2021-02-18T13:05"],
        ),
        ("نشر في: 12 مارس 2024 الساعة 10:30 ص", ["published 2024-03-12T10:30"]),
        ("نُشر في 12 آذار 2024، الساعة 10:30 مساءً", ["published 2024-03-12T22:30"]),
        ("آخر تحديث: 12 مارس 2024 - 12:15 ص", ["updated 2024-03-12T00:15"]),
        ("تاريخ النشر: 2024/03/12", ["published 2024-03-12"]),
        ("الأحد 5 مايو/أيار 2019 - 14:20", ["- 2019-05-05T14:20"]),
        ("الأحد، 5 أيار / مايو 2019", ["- 2019-05-05"]),
        ("2019/05/05 14:20", ["- 2019-05-05T14:20"]),
        ("05-05-2019 | 14:20", ["- 2019-05-05T14:20"]),
        ("14:20 بتوقيت غرينتش الأحد 5 مايو 2019", ["- 2019-05-05T14:20"]),
        ("5 مايو 2019 14:20 بتوقيت مكة المكرمة", ["- 2019-05-05T11:20"]),
        ("5 مايو 2019 - 14:20 (GMT+3)", ["- 2019-05-05T11:20"]),
        ("2019-05-05T14:20:33+03:00", ["- 2019-05-05T11:20"]),
        ("2019-05-05T14:20Z", ["- 2019-05-05T14:20"]),
        ("الأحد 30 شعبان 1440هـ - 5 مايو 2019م", ["- 2019-05-05"]),
        ("الأحد ٣٠ شعبان ١٤٤٠ هـ الموافق ٥ مايو ٢٠١٩ م", ["- 2019-05-05"]),
        ("الأحد 30 شعبان 1440 هـ", ["- 2019-05-05"]),
        (
            "نشر في: 05 مايو ,2019: 02:20 م GST آخر تحديث: 05 مايو ,2019: 03:00 م GST",
            ["published 2019-05-05T10:20", "updated 2019-05-05T11:00"],
        ),
        ("مايو 5, 2019", ["- 2019-05-05"]),
        ("Published On 5 May 2019", ["published 2019-05-05"]),
        ("02/28/2019 08:00", ["- 2019-02-28T08:00"]),
        ("\u200f11:42 GMT 17.02.2021\u200f", ["- 2021-02-17T11:42"]),
        (
            "نشرت في: 05/05/2019 - 14:20آخر تحديث: 05/05/2019 - 15:00",
            ["published 2019-05-05T14:20", "updated 2019-05-05T15:00"],
        ),
        ("منذ 3 ساعات", []),
        ("قبل ساعتين", []),
        ("14:20", []),
    ],
)
def test_stamp_lines(line: str, expected: list[str]) -> None:
    assert moments(line) == expected


def test_year_comes_from_elsewhere() -> None:
    assert moments("14:20 - 05 مايو", year=2019) == ["- 2019-05-05T14:20"]
    (stamp,) = parse_line("14:20 - 05 مايو") or ()
    assert resolve(stamp) is None


def test_zone_of_the_outlet_and_its_summer_time() -> None:
    assert moments("15 يناير 2020 12:00", zone="beirut") == ["- 2020-01-15T10:00"]
    assert moments("15 يوليو 2020 12:00", zone="beirut") == ["- 2020-07-15T09:00"]
    (stamp,) = parse_line("15 يوليو 2020 12:00") or ()
    resolved = resolve(stamp)
    assert resolved is not None
    assert "UTC" in resolved[2]


@pytest.mark.parametrize(
    "line",
    [
        "وصل الوزير إلى عمان في 5 مايو 2019.",
        "في 5 مايو 2019 وقع الجانبان الاتفاق",
        "تحديث الأنظمة الصحية في المنطقة",
        "نشرت القوات تعزيزات",
        "ارتفع السعر إلى 14:20",
        "",
        "---",
        "م ص م ص",
    ],
)
def test_prose_is_no_stamp(line: str) -> None:
    assert parse_line(line) is None


@pytest.mark.parametrize("line", ["99.99.2021", "31.02.2021 11:00", "11:42 GMT 45.02.2021"])
def test_impossible_dates_give_no_moment(line: str) -> None:
    for stamp in parse_line(line) or ():
        assert resolve(stamp) is None


def test_stamp_behind_a_byline() -> None:
    found = parse_tail("كتبت منى صالح الأحد، 05 مايو 2019 02:20 م")
    assert found is not None
    at, (stamp,) = found
    assert "كتبت منى صالح الأحد، 05 مايو 2019 02:20 م"[at:].startswith("الأحد")
    assert (stamp.hour, stamp.minute) == (14, 20)


def test_long_junk_is_read_in_linear_time() -> None:
    assert parse_line("5 مايو " * 28 + "x") is None
    assert parse_line("1" * 100_000) is None
