/* volatile.c -- see volatile.h. */
#include "gate/base/volatile.h"

static bool
word_char(char c)
{
	return is_alnum(c) || c == '_' || (unsigned char)c >= 0x80;
}

/* s ends at n, or no word goes on there. */
static bool
ends(struct str s, size_t n)
{
	return n >= s.n || !word_char(s.p[n]);
}

static size_t
digit_run(struct str s, size_t at)
{
	size_t n = 0;

	while (at + n < s.n && n < 64 && is_digit(s.p[at + n]))
		n++;
	return n;
}

static size_t
hex_run(struct str s, size_t at)
{
	size_t n = 0;

	while (at + n < s.n && n < 64 && is_hex(s.p[at + n]))
		n++;
	return n;
}

static size_t
uuid(struct str s)
{
	static const size_t groups[] = { 8, 4, 4, 4, 12 };
	size_t at = 0;

	if (s.n < 36 || s.p[8] != '-')
		return 0;
	for (size_t i = 0; i < 5; i++) {
		if (i && (at >= s.n || s.p[at++] != '-'))
			return 0;
		if (hex_run(s, at) != groups[i])
			return 0;
		at += groups[i];
	}
	return ends(s, at) ? at : 0;
}

static size_t
address(struct str s)
{
	size_t n;

	if (!str_starts(s, "0x") && !str_starts(s, "0X"))
		return 0;
	n = hex_run(s, 2);
	return n >= 6 && ends(s, n + 2) ? n + 2 : 0;
}

size_t
volatile_object_hash(struct str s)
{
	size_t n = hex_run(s, 0);
	bool digit = false;

	for (size_t i = 0; i < n; i++)
		digit |= is_digit(s.p[i]);
	return digit && n >= 4 && n <= 16 && ends(s, n) ? n : 0;
}

static int
two(struct str s, size_t at)
{
	return digit_run(str_to(s, at + 2), at) == 2 ? (s.p[at] - '0') * 10 + s.p[at + 1] - '0' :
		-1;
}

static bool
at_is(struct str s, size_t at, const char *set)
{
	return at < s.n && s.p[at] && strchr(set, s.p[at]) != NULL;
}

/* "10:15", "10:15:03.25", then "Z", "+02:00", " UTC", " PM". */
static size_t
clock_time(struct str s)
{
	static const char *const zones[] = { "Z", " UTC", " GMT", " AM", " PM", " am", " pm",
		NULL };
	size_t n = 5, more;

	if (two(s, 0) < 0 || two(s, 0) > 24 || !at_is(s, 2, ":") || two(s, 3) < 0 || two(s, 3) > 59)
		return 0;
	if (at_is(s, n, ":") && two(s, n + 1) >= 0 && two(s, n + 1) <= 60) {
		n += 3;
		more = at_is(s, n, ".,") ? digit_run(s, n + 1) : 0;
		n += more ? more + 1 : 0;
	}
	for (size_t i = 0; zones[i]; i++)
		if (str_starts(str_from(s, n), zones[i]) && ends(s, n + strlen(zones[i])))
			return n + strlen(zones[i]);
	if (at_is(s, n, "+-") && two(s, n + 1) >= 0) {
		more = at_is(s, n + 3, ":") ? 4 : 3;
		if (two(s, n + more) >= 0 && ends(s, n + more + 2))
			return n + more + 2;
	}
	return ends(s, n) && !(at_is(s, n, ":") && digit_run(s, n + 1)) ? n : 0;
}

static size_t
numeric_date(struct str s)
{
	size_t a = digit_run(s, 0), b, c;
	char sep;

	if (a == 0 || a > 4 || !at_is(s, a, "-/."))
		return 0;
	sep = s.p[a];
	b = digit_run(s, a + 1);
	if (b == 0 || b > 2 || a + 1 + b >= s.n || s.p[a + 1 + b] != sep)
		return 0;
	c = digit_run(s, a + b + 2);
	/* Year first or year last; a version like 1.22.2026 is not worth telling apart. */
	if (!(a == 4 && b == 2 && c == 2 && sep != '.') && !(a <= 2 && c == 4 && sep != '-'))
		return 0;
	return a + b + c + 2;
}

static const char *const months[] = {
	"January", "February", "March", "April", "May", "June", "July", "August", "September",
	"October", "November", "December", NULL,
};

/* The length of a month's name at the front, whole or its first three letters. */
static size_t
month(struct str s)
{
	size_t n = 0;

	while (n < s.n && n < 10 && is_alpha(s.p[n]))
		n++;
	for (size_t i = 0; n >= 3 && months[i]; i++)
		if (s.p[0] == months[i][0] && memcmp(s.p, months[i], 3) == 0 &&
		    (n == 3 || str_eqz(str_to(s, n), months[i])))
			return ends(s, n) ? n : 0;
	return 0;
}

static size_t
year_at(struct str s, size_t at)
{
	size_t n = at;

	n += at_is(s, n, ",");
	if (!at_is(s, n, " ") || digit_run(s, n + 1) != 4 || !ends(s, n + 5))
		return at;
	return n + 5;
}

/* "Nov 20", "Nov 20, 2026", "20 Nov 2026". */
static size_t
named_date(struct str s)
{
	size_t n = month(s), d;

	if (n) {
		n += at_is(s, n, " ");
		n += at_is(s, n, " "); /* ctime pads the day */
		d = digit_run(s, n);
		return d && d <= 2 && ends(s, n + d) ? year_at(s, n + d) : 0;
	}
	d = digit_run(s, 0);
	if (d == 0 || d > 2 || !at_is(s, d, " "))
		return 0;
	n = month(str_from(s, d + 1));
	return n ? year_at(s, d + 1 + n) : 0;
}

static size_t
weekday(struct str s)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", NULL };

	for (size_t i = 0; days[i]; i++)
		if (s.p[0] == days[i][0] && str_starts(s, days[i]) && ends(s, 3)) {
			size_t n = at_is(s, 3, ",") ? 4 : 3;

			return at_is(s, n, " ") ? n + 1 : 0;
		}
	return 0;
}

/* A date, then perhaps a time, then perhaps a year. */
static size_t
stamp(struct str s)
{
	size_t lead = weekday(s), n, t, gap;
	struct str day = str_from(s, lead);

	n = numeric_date(day);
	if (n == 0)
		n = named_date(day);
	if (n == 0)
		return lead ? 0 : clock_time(s);
	gap = at_is(day, n, "T_") ? 1 : at_is(day, n, ",") && at_is(day, n + 1, " ") ? 2 :
		at_is(day, n, " ");
	t = gap ? clock_time(str_from(day, n + gap)) : 0;
	if (t)
		return lead + year_at(day, n + gap + t);
	return ends(day, n) ? lead + n : 0;
}

/* The length of a unit of time at the front; `apart`: a blank stood before it. */
static size_t
time_unit(struct str s, bool apart, bool *single)
{
	static const char *const names[] = {
		"ns", "us", "\xc2\xb5s", "\xce\xbcs", "ms", "msec", "millis", "s", "sec", "secs",
		"second", "seconds", "millisecond", "milliseconds", "microseconds", "nanoseconds",
		"min", "mins", "minute", "minutes", "hr", "hrs", "hour", "hours", NULL,
	};
	size_t n = 0;

	while (n < s.n && n < 16 && (is_alpha(s.p[n]) || (unsigned char)s.p[n] >= 0x80))
		n++;
	*single = n == 1 && (s.p[0] == 'm' || s.p[0] == 'h');
	if (*single)
		return apart ? 0 : n;
	for (size_t i = 0; names[i]; i++)
		if (str_eqz(str_to(s, n), names[i]))
			return n;
	return 0;
}

/* "35ms", "1.5 s", "1m30s", "2 minutes"; "5m" alone may be metres and stays. */
static size_t
duration(struct str s)
{
	size_t n = 0, found = 0;
	bool single = false, first = true;

	while (n < s.n && n < 64 && is_digit(s.p[n])) {
		size_t num = volatile_number(str_from(s, n)), unit;
		bool apart = first && at_is(s, n + num, " ");

		unit = time_unit(str_from(s, n + num + apart), apart, &single);
		if (unit == 0)
			break;
		n += num + apart + unit;
		if (ends(s, n) && (!first || !single))
			found = n;
		first = false;
		if (!ends(s, n) && !is_digit(s.p[n]))
			return 0;
	}
	return found && ends(s, found) ? found : 0;
}

size_t
volatile_token(struct str s, char before)
{
	size_t n;

	if (word_char(before) || before == '-')
		return 0;
	if (!is_alnum(s.p[0]))
		return 0;
	n = uuid(s);
	if (n == 0)
		n = address(s);
	if (n || !(is_digit(s.p[0]) || is_upper(s.p[0])))
		return n;
	if (before == ':' || before == '.' || before == '#' || before == '/')
		return 0;
	n = stamp(s);
	return n || !is_digit(s.p[0]) ? n : duration(s);
}

static bool
path_char(char c)
{
	return !is_space(c) && c != '\0' && strchr("'\"`<>|(),;:[]{}", c) == NULL;
}

static size_t
temp_prefix(struct str s)
{
	static const char *const folders[] = {
		"/tmp/", "/var/tmp/", "/private/tmp/", "/var/folders/", "/private/var/folders/",
		"/dev/shm/", NULL,
	};
	struct str head;

	for (size_t i = 0; s.p[0] == '/' && folders[i]; i++)
		if (str_starts(s, folders[i]))
			return strlen(folders[i]);
	if (s.n < 3 || !is_alpha(s.p[0]) || s.p[1] != ':' || (s.p[2] != '\\' && s.p[2] != '/'))
		return 0;
	/* C:\Users\ann\AppData\Local\Temp\... */
	head = str_from(str_to(s, 128), 2);
	for (size_t i = 0; i + 6 <= head.n && path_char(head.p[i]); i++)
		if (str_istarts(str_from(head, i), "\\temp\\") ||
		    str_istarts(str_from(head, i), "/temp/"))
			return i + 8;
	return 0;
}

size_t
volatile_temp_path(struct str s, size_t *name)
{
	size_t n = temp_prefix(s), slash = 0;
	bool extension = false, digits = false;

	*name = 0;
	if (n == 0)
		return 0;
	for (; n < s.n && path_char(s.p[n]); n++) {
		if (s.p[n] == '/' || s.p[n] == '\\') {
			slash = n;
			extension = digits = false;
		}
		extension |= s.p[n] == '.' && n + 1 < s.n && is_alpha(s.p[n + 1]);
		digits |= is_digit(s.p[n]);
	}
	while (s.p[n - 1] == '.')
		n--;
	if (slash && extension && !digits && !str_starts(str_from(s, slash + 1), "tmp"))
		*name = n - slash;
	return n;
}

size_t
volatile_number(struct str s)
{
	size_t n = 0, e;

	while (n < s.n && n < 400 && is_digit(s.p[n])) {
		n += digit_run(s, n);
		if (n + 1 < s.n && (s.p[n] == '.' || s.p[n] == ',') && is_digit(s.p[n + 1]))
			n++;
	}
	e = n && at_is(s, n, "eE") ? n + 1 : 0;
	if (e) {
		e += at_is(s, e, "+-");
		if (digit_run(s, e))
			n = e + digit_run(s, e);
	}
	return n;
}

bool
volatile_is_ipv4(struct str s)
{
	for (int i = 0; i < 4; i++) {
		size_t n = str_skip_digits(&s);

		if (n == 0 || n > 3 || (i < 3 && !str_skip(&s, ".")))
			return false;
	}
	return s.n == 0;
}
