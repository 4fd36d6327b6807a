/* num.c -- see num.h. */
#include "gate/base/num.h"

#include <math.h>

bool
num_long(struct str s, long min, long max, long *out)
{
	bool negative = str_skip(&s, "-");
	unsigned long v = 0;
	long value;

	if (s.n == 0 || s.n > 19)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (!is_digit(s.p[i]))
			return false;
		v = v * 10 + (unsigned long)(s.p[i] - '0');
	}
	if (v > (unsigned long)INT64_MAX)
		return false;
	value = negative ? -(long)v : (long)v;
	if (value < min || value > max)
		return false;
	*out = value;
	return true;
}

/* Digits, at most one point, an exponent: what strtod is then trusted with. */
static bool
decimal_shape(struct str s)
{
	size_t n;

	str_skip(&s, "-");
	n = str_skip_digits(&s);
	if (str_skip(&s, "."))
		n += str_skip_digits(&s);
	if (n == 0)
		return false;
	if (str_iskip(&s, "e")) {
		if (!str_skip(&s, "-"))
			str_skip(&s, "+");
		if (str_skip_digits(&s) == 0)
			return false;
	}
	return s.n == 0;
}

bool
num_double(struct str s, double *out)
{
	char z[64];
	double v;

	if (s.n >= sizeof(z) || !decimal_shape(s))
		return false;
	memcpy(z, s.p, s.n);
	z[s.n] = '\0';
	/* The program never leaves the C locale, so the point is a point. */
	v = strtod(z, NULL);
	if (!isfinite(v))
		return false;
	*out = v;
	return true;
}

/* Every `sep` stands before exactly three digits (and then another `sep` or the end). */
static bool
groups_of_three(struct str s, char sep)
{
	size_t at = str_chr(s, sep);

	if (at == 0 || at > 3)
		return false;
	while (at != STR_NPOS) {
		s = str_from(s, at + 1);
		at = str_chr(s, sep);
		if ((at == STR_NPOS ? s.n : at) != 3)
			return false;
	}
	return true;
}

/*
 * A number with the separators that locales write: the last one of two kinds is the decimal
 * one; a single comma before three digits groups thousands, unless a lone 0 stands before it.
 */
static bool
local_number(struct str s, double *out)
{
	size_t comma = str_rchr(s, ','), point = str_rchr(s, '.');
	bool decimal_comma = false;
	char z[64];
	size_t n = 0;

	if (s.n == 0 || s.n >= sizeof(z) || s.p[0] == '-')
		return false;
	if (comma != STR_NPOS) {
		struct str whole;

		if (point != STR_NPOS)
			decimal_comma = comma > point;
		else
			decimal_comma = !groups_of_three(s, ',') || s.p[0] == '0';
		if (decimal_comma && str_chr(s, ',') != comma)
			return false;
		whole = str_to(s, decimal_comma ? comma : point);
		if (!decimal_comma && !groups_of_three(whole, ','))
			return false;
		if (decimal_comma && point != STR_NPOS && !groups_of_three(whole, '.'))
			return false;
	}
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == (decimal_comma ? '.' : ','))
			continue;
		z[n++] = s.p[i] == ',' ? '.' : s.p[i];
	}
	return num_double(str_n(z, n), out);
}

static const struct unit {
	const char *name;
	double seconds;
} units[] = {
	{ "ns", 1e-9 },     { "us", 1e-6 },   { "\xc2\xb5s", 1e-6 }, { "\xce\xbcs", 1e-6 },
	{ "ms", 1e-3 },     { "msec", 1e-3 }, { "millis", 1e-3 },    { "milliseconds", 1e-3 },
	{ "", 1 },          { "s", 1 },       { "sec", 1 },          { "secs", 1 },
	{ "second", 1 },    { "seconds", 1 }, { "m", 60 },           { "min", 60 },
	{ "mins", 60 },     { "minute", 60 }, { "minutes", 60 },     { "h", 3600 },
	{ "hr", 3600 },     { "hour", 3600 }, { "hours", 3600 },     { "d", 86400 },
};

/* "1.5 sec", "1m 2.5s": numbers, each with a unit; a bare number is seconds. */
static bool
with_units(struct str s, double *out)
{
	double sum = 0, v;
	bool bare = false;

	while (s.n) {
		size_t n = 0, u = 0, i;

		while (n < s.n && (is_digit(s.p[n]) || s.p[n] == '.' || s.p[n] == ',' ||
				(n && to_lower(s.p[n]) == 'e' && n + 1 < s.n &&
				(is_digit(s.p[n + 1]) || s.p[n + 1] == '-')) ||
				(n && s.p[n] == '-' && to_lower(s.p[n - 1]) == 'e')))
			n++;
		if (bare || !local_number(str_to(s, n), &v))
			return false;
		s = str_trim(str_from(s, n));
		while (u < s.n && (is_alpha(s.p[u]) || (unsigned char)s.p[u] >= 0x80))
			u++;
		for (i = 0; i < sizeof(units) / sizeof(*units); i++)
			if (str_ieqz(str_to(s, u), units[i].name))
				break;
		if (i == sizeof(units) / sizeof(*units))
			return false;
		bare = u == 0;
		sum += v * units[i].seconds;
		s = str_trim(str_from(s, u));
	}
	*out = sum;
	return true;
}

/* "01:02.5", "00:01:02.5", "1.00:01:02" (days first, as .NET writes). */
static bool
clock_time(struct str s, double *out)
{
	double total = 0, last;
	long part;
	struct str rest, day;
	int colons = 0;

	day = s;
	if (str_cut(&day, ":", &rest) && str_cut(&day, ".", &rest)) {
		if (!num_long(day, 0, 1000000, &part))
			return false;
		total = (double)part * 24;
		s = str_from(s, day.n + 1);
	}
	while (str_cut(&s, ":", &rest)) {
		if (++colons > 2 || !num_long(s, 0, 1000000, &part))
			return false;
		total = (total + (double)part) * 60;
		s = rest;
	}
	if (colons == 0 || !local_number(s, &last))
		return false;
	*out = total + last;
	return true;
}

/* ISO 8601: "PT1M2.5S", "P1DT2H". */
static bool
iso_duration(struct str s, double *out)
{
	double sum = 0, v;
	bool time = false, any = false;

	if (!str_iskip(&s, "P"))
		return false;
	while (s.n) {
		size_t n = 0;
		char unit;

		if (!time && str_iskip(&s, "T")) {
			time = true;
			continue;
		}
		while (n < s.n && (is_digit(s.p[n]) || s.p[n] == '.' || s.p[n] == ','))
			n++;
		if (n == s.n || !local_number(str_to(s, n), &v))
			return false;
		unit = to_lower(s.p[n]);
		if (time ? strchr("hms", unit) == NULL : strchr("dw", unit) == NULL)
			return false;
		sum += v * (unit == 'h' ? 3600 : unit == 'm' ? 60 : unit == 's' ? 1 :
			unit == 'd' ? 86400 : 604800);
		any = true;
		s = str_from(s, n + 1);
	}
	*out = sum;
	return any;
}

bool
num_seconds(struct str s, double *out)
{
	double v;

	s = str_trim(s);
	if (s.n == 0 || s.n > 60)
		return false;
	if (!(str_chr(s, ':') != STR_NPOS ? clock_time(s, &v) :
	      to_lower(s.p[0]) == 'p' ? iso_duration(s, &v) : with_units(s, &v)))
		return false;
	if (!isfinite(v))
		return false;
	*out = v;
	return true;
}
