"""Free days that the law names by itself, also for a year whose notice has not been entered yet.

全国年节及纪念日放假办法 art. 2 (2024). New Year's Day, Labour Day and National Day fall on the same days every year;
the feasts of the moon stand here for the years known. How weekends are exchanged, only the yearly notice says.
"""

from datetime import date

SAME_EVERY_YEAR = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
# Eve of Spring Festival to its third day, 清明, 端午, 中秋.
BY_THE_MOON = {
    date(2026, 2, 16), date(2026, 2, 17), date(2026, 2, 18), date(2026, 2, 19),
    date(2026, 4, 5), date(2026, 6, 19), date(2026, 9, 25),
    date(2027, 2, 5), date(2027, 2, 6), date(2027, 2, 7), date(2027, 2, 8),
    date(2027, 4, 5), date(2027, 6, 9), date(2027, 9, 15),
}  # fmt: skip


def is_statutory(day: date) -> bool:
    return (day.month, day.day) in SAME_EVERY_YEAR or day in BY_THE_MOON
