/* counts.c -- the names of the classes for people, and the one row of counts (view.h). */
#include "gate/report/support/view.h"

static const struct {
	const char *one, *many;
} labels[CLASSES] = {
	[CLASS_PASSED] = { "passed", "passed" },
	[CLASS_NEW_FAILURE] = { "new failure", "new failures" },
	[CLASS_REGRESSION] = { "regression", "regressions" },
	[CLASS_PREEXISTING_FAILURE] = { "preexisting failure", "preexisting failures" },
	[CLASS_KNOWN_FAILURE] = { "known failure", "known failures" },
	[CLASS_WAIVED] = { "waived", "waived" },
	[CLASS_WAIVER_EXPIRED] = { "expired waiver", "expired waivers" },
	[CLASS_FAILED_FIX] = { "failed fix", "failed fixes" },
	[CLASS_FLAKY] = { "flaky", "flaky" },
	[CLASS_KNOWN_FLAKY] = { "known flaky", "known flaky" },
	[CLASS_FIXED] = { "fixed", "fixed" },
	[CLASS_UNEXPECTED_PASS] = { "unexpected pass", "unexpected passes" },
	[CLASS_VERIFIED_FIX] = { "verified fix", "verified fixes" },
	[CLASS_SKIPPED] = { "skipped", "skipped" },
	[CLASS_NEWLY_SKIPPED] = { "newly skipped", "newly skipped" },
	[CLASS_KNOWN_SKIP] = { "known skip", "known skips" },
	[CLASS_UNVERIFIED_FIX] = { "unverified fix", "unverified fixes" },
	[CLASS_MISSING] = { "missing", "missing" },
	[CLASS_REMOVED] = { "removed", "removed" },
	[CLASS_ORPHANED] = { "orphaned", "orphaned" },
	[CLASS_INDETERMINATE] = { "indeterminate", "indeterminate" },
	[CLASS_NEW_ISSUE] = { "new issue", "new issues" },
	[CLASS_EXISTING_ISSUE] = { "existing issue", "existing issues" },
	[CLASS_KNOWN_ISSUE] = { "known issue", "known issues" },
	[CLASS_RESURFACED] = { "resurfaced issue", "resurfaced issues" },
	[CLASS_REJECTED_ISSUE] = { "rejected issue", "rejected issues" },
	[CLASS_RESOLVED] = { "resolved issue", "resolved issues" },
	[CLASS_SUPPRESSED] = { "suppressed", "suppressed" },
};

/* The row of counts: what hurts, what is known, what is good. */
static const enum class counts_order[] = {
	CLASS_NEW_FAILURE, CLASS_REGRESSION, CLASS_FAILED_FIX, CLASS_MISSING, CLASS_INDETERMINATE,
	CLASS_NEW_ISSUE, CLASS_RESURFACED, CLASS_WAIVER_EXPIRED, CLASS_PREEXISTING_FAILURE,
	CLASS_KNOWN_FAILURE, CLASS_WAIVED, CLASS_KNOWN_ISSUE, CLASS_EXISTING_ISSUE,
	CLASS_REJECTED_ISSUE, CLASS_FLAKY, CLASS_KNOWN_FLAKY, CLASS_UNEXPECTED_PASS, CLASS_FIXED,
	CLASS_VERIFIED_FIX, CLASS_RESOLVED, CLASS_UNVERIFIED_FIX, CLASS_ORPHANED, CLASS_REMOVED,
	CLASS_NEWLY_SKIPPED, CLASS_KNOWN_SKIP, CLASS_SKIPPED, CLASS_SUPPRESSED, CLASS_PASSED,
};
_Static_assert(sizeof(counts_order) / sizeof(counts_order[0]) == CLASSES, "a class is not counted");

enum class
class_in_order(size_t i)
{
	return counts_order[i];
}

const char *
class_words(enum class c, long n)
{
	return n == 1 ? labels[c].one : labels[c].many;
}

/* Known ones that nothing excuses: they block though they are known, so they are told apart. */
static long
not_excused(const struct decision *d, enum class c)
{
	long n = 0;

	for (size_t i = 0; c == CLASS_KNOWN_FAILURE && i < d->run->tests.n; i++)
		n += d->run->tests.v[i]->judged.cls == c && !d->run->tests.v[i]->judged.excused;
	for (size_t i = 0; c == CLASS_KNOWN_ISSUE && i < d->run->issues.n; i++)
		n += d->run->issues.v[i]->judged.cls == c && !d->run->issues.v[i]->judged.excused;
	return n;
}

static void
add_count(struct buf *out, size_t start, long n, enum class c, const char *more)
{
	if (n > 0)
		buf_addf(out, "%s%ld %s%s", out->n > start ? ", " : "", n, class_words(c, n), more);
}

void
view_counts(const struct decision *d, struct buf *out)
{
	size_t start = out->n;

	for (size_t i = 0; i < CLASSES; i++) {
		enum class c = counts_order[i];
		long bare = not_excused(d, c);

		add_count(out, start, bare, c, " not excused");
		add_count(out, start, d->counts[c] - bare, c, "");
	}
	if (out->n == start)
		buf_addz(out, "nothing was counted");
}
