/*
 * date.c -- see date.h. RFC 3339, https://www.rfc-editor.org/rfc/rfc3339; the day count is
 * the usual one of a year that starts in March, so that leap days come last.
 */
#include "gate/base/date.h"

#include <time.h>

#include "gate/base/num.h"

#define DAY 86400

static int64_t
days_from_civil(long y, long m, long d)
{
	long era, year_of_era, day_of_year;

	y -= m <= 2;
	era = (y >= 0 ? y : y - 399) / 400;
	year_of_era = y - era * 400;
	day_of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return (int64_t)era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
	       day_of_year - 719468;
}

static void
civil_from_days(int64_t days, long *y, long *m, long *d)
{
	int64_t era, day_of_era, year_of_era, day_of_year, month;

	days += 719468;
	era = (days >= 0 ? days : days - 146096) / 146097;
	day_of_era = days - era * 146097;
	year_of_era = day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096;
	year_of_era /= 365;
	day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	month = (5 * day_of_year + 2) / 153;
	*d = (long)(day_of_year - (153 * month + 2) / 5 + 1);
	*m = (long)(month < 10 ? month + 3 : month - 9);
	*y = (long)(year_of_era + era * 400 + (*m <= 2));
}

static long
month_days(long y, long m)
{
	static const char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);

	return m == 2 && leap ? 29 : days[m - 1];
}

/* Exactly n digits from the front of *s, in min..max. */
static bool
digits(struct str *s, size_t n, long min, long max, long *out)
{
	for (size_t i = 0; i < n; i++)
		if (i >= s->n || !is_digit(s->p[i]))
			return false;
	if (!num_long(str_to(*s, n), min, max, out))
		return false;
	*s = str_from(*s, n);
	return true;
}

/* YYYY-MM-DD from the front of *s, as midnight. */
static bool
take_day(struct str *s, int64_t *out)
{
	struct str rest = *s;
	long y, m, d;

	if (!digits(&rest, 4, 1, 9999, &y) || !str_skip(&rest, "-") ||
	    !digits(&rest, 2, 1, 12, &m) ||
	    !str_skip(&rest, "-") || !digits(&rest, 2, 1, 31, &d) || d > month_days(y, m))
		return false;
	*out = days_from_civil(y, m, d) * DAY;
	*s = rest;
	return true;
}

/* "Z", "+02:00", "-0330" as seconds east of UTC. */
static bool
take_offset(struct str *s, long *out)
{
	bool west = str_starts(*s, "-");
	long h, m;

	*out = 0;
	if (str_iskip(s, "Z"))
		return true;
	if (!west && !str_starts(*s, "+"))
		return false;
	*s = str_from(*s, 1);
	if (!digits(s, 2, 0, 23, &h))
		return false;
	str_skip(s, ":");
	if (!digits(s, 2, 0, 59, &m))
		return false;
	*out = (west ? -1 : 1) * (h * 3600 + m * 60);
	return true;
}

bool
date_parse_instant(struct str s, int64_t *out)
{
	int64_t day;
	long h, m, sec, east;

	s = str_trim(s);
	if (!take_day(&s, &day) || !(str_iskip(&s, "T") || str_skip(&s, " ")))
		return false;
	if (!digits(&s, 2, 0, 23, &h) || !str_skip(&s, ":") || !digits(&s, 2, 0, 59, &m) ||
	    !str_skip(&s, ":") || !digits(&s, 2, 0, 60, &sec))
		return false;
	if (str_skip(&s, ".") && str_skip_digits(&s) == 0)
		return false;
	if (!take_offset(&s, &east) || s.n)
		return false;
	/* A leap second is the last second of its minute: the scale here has none. */
	*out = day + h * 3600 + m * 60 + (sec == 60 ? 59 : sec) - east;
	return true;
}

bool
date_parse(struct str s, int64_t *out)
{
	int64_t day;
	struct str rest = str_trim(s);

	if (take_day(&rest, &day) && rest.n == 0) {
		*out = day + DAY - 1;
		return true;
	}
	return date_parse_instant(s, out);
}

static void
split(int64_t t, int64_t *days, long *second)
{
	*days = t / DAY - (t % DAY < 0);
	*second = (long)(t - *days * DAY);
}

void
date_day(struct buf *b, int64_t t)
{
	int64_t days;
	long second, y, m, d;

	split(t, &days, &second);
	civil_from_days(days, &y, &m, &d);
	buf_addf(b, "%04ld-%02ld-%02ld", y, m, d);
}

void
date_rfc3339(struct buf *b, int64_t t)
{
	int64_t days;
	long second;

	split(t, &days, &second);
	date_day(b, t);
	buf_addf(b, "T%02ld:%02ld:%02ldZ", second / 3600, second / 60 % 60, second % 60);
}

int64_t
date_now(void)
{
	return (int64_t)time(NULL);
}

int64_t
date_find(struct str s)
{
	for (size_t i = 0; i + 10 <= s.n; i++) {
		struct str here = str_from(s, i);
		int64_t day;

		if (!is_digit(s.p[i]) || (i > 0 && is_digit(s.p[i - 1])))
			continue;
		if (take_day(&here, &day) && !(here.n && is_digit(here.p[0])))
			return day + DAY - 1;
	}
	return DATE_NONE;
}
