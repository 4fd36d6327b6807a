/* ways.c -- see ways.h. */
#include "gate/report/support/ways.h"

#include "gate/base/date.h"
#include "gate/base/utf8.h"
#include "gate/report/support/json_out.h"

#define WAIVER_DAYS 30 /* where the policy allows them */
#define NAME_BYTES 500u

/*
 * %F: the finding and where its state stands; %R: the register that describes it; what follows
 * ';' is for what must wait.
 */
#define WAIVER "; if it must wait, a waiver"
#define WAIVERS "; if they must wait, a waiver"
#define REGISTER ", or `excuses: true` for %R"
#define AT_ONCE " pass at the first attempt"

static const struct {
	enum class class;
	const char *one, *many;
} sentences[] = {
	{ CLASS_NEW_FAILURE, "make it pass" WAIVER, "make them pass" WAIVERS },
	{ CLASS_REGRESSION, "make it pass again" WAIVER, "make them pass again" WAIVERS },
	{ CLASS_PREEXISTING_FAILURE, "make it pass" WAIVER, "make them pass" WAIVERS },
	{ CLASS_KNOWN_FAILURE, "make it pass" WAIVER REGISTER, "make them pass" WAIVERS REGISTER },
	{ CLASS_NEW_ISSUE, "mend it" WAIVER, "mend them" WAIVERS },
	{ CLASS_EXISTING_ISSUE, "mend it" WAIVER, "mend them" WAIVERS },
	{ CLASS_KNOWN_ISSUE, "mend it" WAIVER REGISTER, "mend them" WAIVERS REGISTER },
	{ CLASS_FAILED_FIX, "make it pass; or reopen %F", "make them pass; or reopen %F" },
	{ CLASS_RESURFACED, "mend it; or reopen %F", "mend them; or reopen %F" },
	{ CLASS_WAIVER_EXPIRED, "make it pass; or its owner renews the waiver of %F",
		"make them pass; or its owner renews the waiver of %F" },
	{ CLASS_UNEXPECTED_PASS, "close %F: it passes", "close %F: they pass" },
	{ CLASS_ORPHANED, "let it run again; or take it out of %F",
		"let them run again; or take them out of %F" },
	{ CLASS_UNVERIFIED_FIX, "let a test that shows the fix of %F run",
		"let tests that show the fix of %F run" },
	{ CLASS_MISSING, "let it run again; or list it under `removed:` or `renamed:`",
		"let them run again; or list them under `removed:` or `renamed:`" },
	{ CLASS_REMOVED, "bring it back", "bring them back" },
	{ CLASS_FLAKY, "make it" AT_ONCE, "make them" AT_ONCE },
	{ CLASS_KNOWN_FLAKY, "make it" AT_ONCE, "make them" AT_ONCE },
	{ CLASS_NEWLY_SKIPPED, "let it run again", "let them run again" },
	{ CLASS_SKIPPED, "let it run", "let them run" },
	{ CLASS_INDETERMINATE, "deliver a report that tells its outcome",
		"deliver a report that tells their outcome" },
};

static void
add_finding(const struct way_facts *f, struct buf *out)
{
	if (f->finding.n == 0) {
		buf_addz(out, "its finding");
		return;
	}
	buf_add(out, f->finding);
	if (f->stated.n)
		buf_addf(out, " (%.*s)", STR_FMT(f->stated));
}

void
ways_sentence(const struct way_facts *f, struct buf *out)
{
	for (size_t i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++) {
		const char *p = f->n > 1 ? sentences[i].many : sentences[i].one, *at;

		if (sentences[i].class != f->class)
			continue;
		if (f->excused && ways_waivable(f->class, false) && !ways_waivable(f->class, true))
			p = "make it pass: the policy tolerates fewer of them, or not these";
		at = strchr(p, '%');
		buf_add(out, str_n(p, at ? (size_t)(at - p) : strlen(p)));
		if (at && at[1] == 'R')
			buf_add(out, f->reg.n ? f->reg : STR("its register"));
		else if (at)
			add_finding(f, out);
		buf_addz(out, at ? at + 2 : "");
		return;
	}
}

bool
ways_waivable(enum class c, bool excused)
{
	return c == CLASS_NEW_FAILURE || c == CLASS_REGRESSION || c == CLASS_PREEXISTING_FAILURE ||
		c == CLASS_NEW_ISSUE || c == CLASS_EXISTING_ISSUE ||
		((c == CLASS_KNOWN_FAILURE || c == CLASS_KNOWN_ISSUE) && !excused);
}

/* What a person sees must be what is pasted. */
static bool
shows_as_is(struct str s)
{
	return s.n <= NAME_BYTES && utf8_is_plain(s);
}

static struct paste *
new_paste(struct pastes *p)
{
	if (p->n == PASTE_ENTRIES) {
		p->left++;
		return NULL;
	}
	return &p->v[p->n++];
}

void
pastes_add_test(struct pastes *p, struct str id)
{
	struct paste *e = NULL;

	if (id.n == 0 || !shows_as_is(id)) {
		p->left++;
		return;
	}
	for (size_t i = 0; i < p->n; i++) {
		for (size_t k = 0; k < p->v[i].ntests; k++)
			if (str_eq(p->v[i].tests[k], id))
				return;
		if (p->v[i].ntests)
			e = &p->v[i];
	}
	if (e && e->ntests == PASTE_TESTS) {
		p->left++;
		return;
	}
	e = e ? e : new_paste(p);
	if (e)
		e->tests[e->ntests++] = id;
}

void
pastes_add_issue(struct pastes *p, struct str tool, struct str rule, struct str path)
{
	struct paste *e;

	if (tool.n == 0 || !shows_as_is(tool) || !shows_as_is(rule) || !shows_as_is(path)) {
		p->left++;
		return;
	}
	for (size_t i = 0; i < p->n; i++)
		if (str_eq(p->v[i].tool, tool) && str_eq(p->v[i].rule, rule) &&
		    str_eq(p->v[i].path, path))
			return;
	e = new_paste(p);
	if (e) {
		e->tool = tool;
		e->rule = rule;
		e->path = path;
	}
}

/* JSON's quotes, which YAML reads too. */
static void
add_quoted(struct buf *out, struct str s)
{
	struct buf q = BUF_INIT;

	json_write(&q, json_text(s), 0);
	buf_add(out, str_trim(buf_str(&q)));
	buf_release(&q);
}

static void
add_match(struct buf *out, const char *key, struct str s, bool first)
{
	if (s.n == 0)
		return;
	buf_addf(out, "%s%s: ", first ? "" : ", ", key);
	add_quoted(out, s);
}

void
paste_lines(const struct pastes *p, size_t nth, int64_t now, long longest, struct buf *out)
{
	const struct paste *e = &p->v[nth];
	long days = longest > 0 && longest < WAIVER_DAYS ? longest : WAIVER_DAYS;

	buf_addf(out, "  - id: KF-NEW-%zu\n    title: what is wrong, in a few words\n", nth + 1);
	if (e->ntests) {
		buf_addz(out, "    match:\n      test:\n");
		for (size_t i = 0; i < e->ntests; i++) {
			buf_addz(out, "        - ");
			add_quoted(out, e->tests[i]);
			buf_addc(out, '\n');
		}
	} else {
		buf_addz(out, "    match: {");
		add_match(out, "tool", e->tool, true);
		add_match(out, "rule", e->rule, false);
		add_match(out, "path", e->path, false);
		buf_addz(out, "}\n");
	}
	buf_addz(out, "    waiver: {owner: WHO, reason: WHY, expires: ");
	date_day(out, now + (int64_t)days * 86400);
	buf_addz(out, "}\n");
}
