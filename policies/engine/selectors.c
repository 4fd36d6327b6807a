/* selectors.c -- the one vocabulary with which rules say what they are about. */
#include "gate/base/glob.h"
#include "policies/engine/judge.h"

static bool
any(const struct str_list *patterns, struct str word)
{
	for (size_t i = 0; word.n && i < patterns->n; i++)
		if (glob_match(patterns->v[i], word))
			return true;
	return false;
}

static const struct judged *
judged_of(const struct item *it)
{
	return it->test ? &it->test->judged : it->issue ? &it->issue->judged : NULL;
}

static const struct finding *
finding_of(const struct item *it)
{
	const struct judged *j = judged_of(it);

	return j ? j->finding : it->finding;
}

static const struct report *
report_of(const struct item *it)
{
	return it->test ? it->test->report : it->issue ? it->issue->report : NULL;
}

static bool
kind_matches(const struct str_list *patterns, const struct item *it)
{
	const struct report *r = report_of(it);

	if (it->test)
		return any(patterns, str_of(report_kind_name(KIND_TESTS)));
	if (r)
		return any(patterns, str_of(report_kind_name(r->kind)));
	for (size_t i = 0; it->producer && i < it->producer->reports.n; i++)
		if (any(patterns, str_of(report_kind_name(it->producer->reports.v[i]->kind))))
			return true;
	return false;
}

static bool
tool_matches(const struct str_list *patterns, const struct item *it)
{
	const struct report *r = report_of(it);

	if (it->issue && it->issue->tool.n)
		return any(patterns, it->issue->tool);
	if (r)
		return any(patterns, r->tool);
	for (size_t i = 0; it->producer && i < it->producer->reports.n; i++)
		if (any(patterns, it->producer->reports.v[i]->tool))
			return true;
	return false;
}

static bool
report_matches(const struct str_list *patterns, const struct item *it)
{
	const struct report *r = report_of(it);
	const struct producer *p = r ? r->producer : it->producer;

	return p && any(patterns, p->spec->name);
}

static bool
leg_matches(const struct str_list *patterns, const struct item *it)
{
	const struct report *r = report_of(it);

	if (r)
		return any(patterns, r->leg);
	for (size_t i = 0; it->producer && i < it->producer->reports.n; i++)
		if (any(patterns, it->producer->reports.v[i]->leg))
			return true;
	return false;
}

static bool
test_matches(const struct str_list *patterns, const struct item *it)
{
	if (it->test)
		return any(patterns, it->test->id) || any(patterns, it->test->base_id);
	return it->kind == ITEM_ABSENT && any(patterns, it->id);
}

/* Properties `tag` and `tags` of a case; several in one value are separated by commas. */
static bool
tag_matches(const struct str_list *patterns, const struct item *it)
{
	for (size_t i = 0; it->test && i < it->test->nprops; i++) {
		const struct prop *prop = &it->test->props[i];
		struct str rest = prop->value, tag;

		if (!str_ieqz(prop->name, "tag") && !str_ieqz(prop->name, "tags"))
			continue;
		while (rest.n) {
			tag = rest;
			str_cut(&tag, ",", &rest);
			if (any(patterns, str_trim(tag)))
				return true;
		}
	}
	return false;
}

bool
finding_selected(const struct str_list *patterns, const struct finding *f)
{
	if (any(patterns, f->qualified) || any(patterns, f->id))
		return true;
	for (size_t i = 0; i < f->aliases.n; i++)
		if (any(patterns, f->aliases.v[i]))
			return true;
	return false;
}

static bool
key_matches(enum selector_key key, const struct str_list *patterns, const struct item *it)
{
	const struct finding *f = finding_of(it);

	switch (key) {
	case SEL_KIND:
		return kind_matches(patterns, it);
	case SEL_TOOL:
		return tool_matches(patterns, it);
	case SEL_RULE:
		return it->issue && any(patterns, it->issue->rule);
	case SEL_REPORT:
		return report_matches(patterns, it);
	case SEL_LEG:
		return leg_matches(patterns, it);
	case SEL_PATH:
		return any(patterns, it->test ? it->test->file :
			it->issue ? it->issue->file : STR_NONE);
	case SEL_SUITE:
		return it->test && any(patterns, it->test->suite);
	case SEL_TEST:
		return test_matches(patterns, it);
	case SEL_TAG:
		return tag_matches(patterns, it);
	case SEL_FINDING:
		return f && finding_selected(patterns, f);
	case SEL_LEVEL:
		return (it->issue || f) &&
		       any(patterns, str_of(level_name(it->issue ? it->issue->level : f->level)));
	case SELECTORS:
		break;
	}
	return false;
}

bool
selectors_match(const struct selectors *s, const struct item *item)
{
	for (int k = 0; k < SELECTORS; k++)
		if (s->pattern[k].n && !key_matches((enum selector_key)k, &s->pattern[k], item))
			return false;
	return true;
}

bool
selectors_empty(const struct selectors *s)
{
	for (int k = 0; k < SELECTORS; k++)
		if (s->pattern[k].n)
			return false;
	return true;
}

void
selectors_release(struct selectors *s)
{
	for (int k = 0; k < SELECTORS; k++)
		vec_release(&s->pattern[k]);
}

void
selectors_describe(const struct selectors *s, struct buf *out)
{
	const char *sep = "";

	for (int k = 0; k < SELECTORS; k++) {
		const struct str_list *l = &s->pattern[k];

		if (l->n == 0)
			continue;
		buf_addf(out, "%s%s ", sep, selector_name((enum selector_key)k));
		for (size_t i = 0; i < l->n; i++) {
			buf_addz(out, i ? " or " : "");
			buf_add(out, l->v[i]);
		}
		sep = ", ";
	}
}
