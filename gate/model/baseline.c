/* baseline.c -- see baseline.h. */
#include "gate/model/baseline.h"

#define DAY 86400
#define SHORT_REVISION 10

void
baseline_remark(struct baseline *b, const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&text, fmt, ap);
	va_end(ap);
	*vec_push(&b->remarks) = arena_dup(&b->mem, buf_str(&text));
	buf_release(&text);
}

static bool
is_digest(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_hex(s.p[i]))
			return false;
	return s.n >= 40;
}

static void
describe_age(int64_t saved, int64_t now, struct buf *out)
{
	int64_t days = (now - saved) / DAY;

	if (now < saved)
		buf_addz(out, "saved later than this run");
	else if (days == 0)
		buf_addz(out, "less than a day old");
	else
		buf_addf(out, "%lld day%s old", (long long)days, days == 1 ? "" : "s");
}

void
baseline_describe(const struct baseline *b, int64_t now, struct buf *out)
{
	const struct snapshot *s = &b->snapshot;
	struct str rev = is_digest(s->revision) ? str_to(s->revision, SHORT_REVISION) : s->revision;

	if (rev.n)
		buf_addf(out, "%.*s, ", STR_FMT(rev));
	if (s->saved != DATE_NONE)
		describe_age(s->saved, now, out);
	else
		buf_addz(out, "of unknown age");
}

void
baseline_release(struct baseline *b)
{
	snapshot_release(&b->snapshot);
	vec_release(&b->remarks);
	arena_release(&b->mem);
	*b = (struct baseline){ 0 };
}
