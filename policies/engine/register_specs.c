/* register_specs.c -- `registers`: the documents and lists in which people keep findings. */
#include "policies/engine/read.h"

static void
register_path(struct reader *r, const struct node *n, void *into)
{
	want_path(r, n, &((struct register_spec *)into)->path);
}

static void
register_excuses(struct reader *r, const struct node *n, void *into)
{
	struct register_spec *s = into;

	s->excuses_set = want_bool(r, n, &s->excuses);
}

static void
register_owner(struct reader *r, const struct node *n, void *into)
{
	want_text(r, n, &((struct register_spec *)into)->owner);
}

static void
register_severity(struct reader *r, const struct node *n, void *into)
{
	want_text(r, n, &((struct register_spec *)into)->severity);
}

static void
register_finding(struct reader *r, const struct node *n, void *into)
{
	want_text(r, n, &((struct register_spec *)into)->finding);
}

static void
register_expires(struct reader *r, const struct node *n, void *into)
{
	want_date(r, n, &((struct register_spec *)into)->expires);
}

static void
register_severities(struct reader *r, const struct node *n, void *into)
{
	read_words_of_levels(r, n, &((struct register_spec *)into)->severities);
}

static void
register_statuses(struct reader *r, const struct node *n, void *into)
{
	read_words_of_states(r, n, &((struct register_spec *)into)->statuses);
}

static const struct key register_keys[] = {
	{ "path", register_path },
	{ "excuses", register_excuses },
	{ "owner", register_owner },
	{ "severity", register_severity },
	{ "finding", register_finding },
	{ "expires", register_expires },
	{ "severities", register_severities },
	{ "statuses", register_statuses },
	{ NULL, NULL },
};

/* A word that fills entries must mean a level: a typo would make all of them unknown. */
static void
check_severity(struct reader *r, const struct node *n, const struct register_spec *s)
{
	if (s->severity.n == 0 || words_level(&s->severities, s->severity) != LEVEL_UNKNOWN ||
	    words_level(&r->p->severities, s->severity) != LEVEL_UNKNOWN ||
	    str_eqz(s->severity, "unknown") || r->partial)
		return;
	diag_hint(r->d, complain(r, node_get(n, "severity")->at, "'%.*s' is no known severity",
		STR_FMT(s->severity)),
		"critical, high, medium, low, info, P0 to P3, or a word of `severities`");
}

static void
read_register(struct reader *r, const struct node *n, void *into)
{
	struct policy *p = into;
	struct register_spec *s = vec_push(&p->registers);

	s->at = n->at;
	s->expires = DATE_NONE;
	if (n->kind != NODE_MAP) {
		register_path(r, n, s);
		return;
	}
	read_map(r, n, register_keys, s);
	if (node_get(n, "path") == NULL)
		diag_hint(r->d, complain(r, n->at, "a register needs a `path`"),
			"{path: docs/audit.md, excuses: true}");
	check_severity(r, n, s);
}

void
read_registers(struct reader *r, const struct node *n, void *into)
{
	each_item_or_none(r, n, read_register, into);
}
