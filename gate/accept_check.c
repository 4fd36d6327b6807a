/* accept_check.c -- see accept.h: when `gate accept` refuses. */
#include "gate/accept.h"

#include "gate/base/date.h"
#include "gate/base/near.h"

#define DAY 86400

struct diag *
accept_refuse(struct accept *a, const char *hint, const char *fmt, ...)
{
	struct buf b = BUF_INIT;
	struct diag *g;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	g = diag_add(&a->d, DIAG_ERROR, (struct pos){ 0 }, "%s", buf_z(&b));
	if (hint)
		diag_hint(&a->d, g, "%s", hint);
	buf_release(&b);
	return g;
}

bool
accept_is_text(struct accept *a, const char *what, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f) {
			accept_refuse(a, NULL, "%s holds a control character", what);
			return false;
		}
	if (str_trim(s).n == 0)
		accept_refuse(a, NULL, "%s is empty", what);
	return str_trim(s).n != 0;
}

void
accept_check_term(struct accept *a, struct str expires)
{
	long days = policy_longest_waiver(&a->policy);
	struct buf last = BUF_INIT;
	int64_t until;

	if (expires.n == 0)
		return;
	date_day(&last, a->now + days * DAY);
	if (!date_parse(expires, &until))
		accept_refuse(a, "write the last day as YYYY-MM-DD, e.g. 2027-03-31",
			"'%.*s' is not a date", STR_FMT(expires));
	else if (until <= a->now)
		accept_refuse(a, "a waiver ends in the future", "%.*s is past", STR_FMT(expires));
	else if (days && until / DAY - a->now / DAY > days)
		diag_hint(&a->d, accept_refuse(a, NULL, "%.*s is more than the %ld days ahead "
			"that the policy allows", STR_FMT(expires), days), "at the latest: %s",
			buf_z(&last));
	buf_release(&last);
}

static void
unknown_finding(struct accept *a, struct str id)
{
	const char **known = xcalloc(2 * a->fs.all.n + 1, sizeof(*known));
	struct diag *g;
	const char *near;
	size_t n = 0;

	for (size_t i = 0; i < a->fs.all.n; i++) {
		const struct finding *f = a->fs.all.v[i];

		if (!finding_listed(f))
			continue;
		known[n++] = f->id.p;
		known[n++] = f->qualified.p;
	}
	near = nearest_word(id, known);
	g = accept_refuse(a, NULL, "no register holds the finding '%.*s'", STR_FMT(id));
	if (near)
		diag_hint(&a->d, g, "did you mean '%s'?", near);
	else
		diag_hint(&a->d, g, "write it down first: `gate findings` lists what the registers "
			"hold");
	free(known);
}

const struct finding *
accept_finding(struct accept *a, struct str id)
{
	struct finding *some[4];
	size_t n = id.n ? findings_named(&a->fs, id, some, 4) : 0;
	struct buf b = BUF_INIT;

	if (id.n == 0)
		return NULL;
	if (n == 0) {
		unknown_finding(a, id);
		return NULL;
	}
	for (size_t i = 0; n > 1 && i < n && i < 4; i++)
		buf_addf(&b, "%s%.*s", i ? ", " : "write one of: ", STR_FMT(some[i]->qualified));
	if (n > 1)
		accept_refuse(a, buf_z(&b), "the finding '%.*s' is ambiguous: %zu findings bear "
			"this name", STR_FMT(id), n);
	else if (some[0]->state == STATE_DONE || some[0]->state == STATE_REJECTED)
		accept_refuse(a, "a failure of a closed finding is no known one: open it again "
			"where it is closed, or name another", "'%.*s' is called %s (%.*s:%ld)",
			STR_FMT(some[0]->qualified), state_name(some[0]->state),
			STR_FMT(some[0]->reg->shown), some[0]->line);
	buf_release(&b);
	return n == 1 ? some[0] : NULL;
}

void
accept_check_double(struct accept *a)
{
	for (size_t i = 0; i < a->fs.all.n; i++) {
		const struct finding *f = a->fs.all.v[i];
		struct buf day = BUF_INIT;

		if (f->entry == NULL || !f->entry->has_waiver ||
		    !str_list_has(&f->entry->match.pattern[SEL_TEST], a->test))
			continue;
		if (f->entry->waiver_expires != DATE_NONE)
			date_day(&day, f->entry->waiver_expires);
		accept_refuse(a, "change the date there", "'%.*s' waives this test already, "
			"until %s (%.*s:%ld)", STR_FMT(f->id),
			day.n ? buf_z(&day) : "further notice", STR_FMT(f->reg->shown), f->line);
		buf_release(&day);
		return;
	}
}

struct str
accept_new_id(struct accept *a, const struct finding *f)
{
	struct finding *some[1];
	struct buf b = BUF_INIT;
	struct str id;

	buf_addz(&b, "W-");
	for (size_t i = 0; i < f->id.n && b.n < 80; i++) {
		char c = f->id.p[i];

		if (is_alnum(c) || c == '.' || c == '_')
			buf_addc(&b, c);
		else if (b.p[b.n - 1] != '-')
			buf_addc(&b, '-');
	}
	id = arena_dup(&a->mem, buf_str(&b));
	for (int k = 2; findings_named(&a->fs, id, some, 1) > 0; k++)
		id = arena_printf(&a->mem, "%s-%d", buf_z(&b), k);
	buf_release(&b);
	return id;
}
