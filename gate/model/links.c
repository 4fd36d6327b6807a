/* links.c -- citations become `tracks` links; links find their targets, each is kept once. */
#include "gate/base/buf.h"
#include "gate/model/resolve.h"

static bool
is_issue_number(struct str id)
{
	return str_skip(&id, "#") && str_skip_digits(&id) > 0 && id.n == 0;
}

/*
 * An issue number names an entry of a tracker that is usually not loaded, and a mention in
 * passing is a courtesy: neither is a broken reference.
 */
static bool
must_resolve(const struct link *l, bool have_tracker)
{
	return l->kind != LINK_RELATED && (have_tracker || !is_issue_number(l->to));
}

static void
note_dangling(struct resolver *r, const struct finding *f, const struct link *l)
{
	findings_note(r->fs, REGP_DANGLING_LINK, f->reg, l->line ? l->line : f->line,
		"%.*s names %.*s (%s), which no register here holds", STR_FMT(f->id),
		STR_FMT(l->to), link_kind_name(l->kind));
}

static void
note_ambiguous(struct resolver *r, const struct finding *f, const struct link *l,
	const struct bearers *b)
{
	struct buf who = BUF_INIT;

	bearers_describe(b, &who);
	findings_note(r->fs, REGP_AMBIGUOUS_ID, f->reg, l->line ? l->line : f->line,
		"%.*s names %.*s (%s), which may be %s", STR_FMT(f->id), STR_FMT(l->to),
		link_kind_name(l->kind), buf_z(&who));
	buf_release(&who);
}

static void
find_target(struct resolver *r, const struct finding *f, struct link *l, bool have_tracker)
{
	const struct bearers *b = names_any(&r->names, f->reg, l->to);

	if (b && b->n == 1) {
		l->target = finding_meant(b->v[0]);
		l->to = l->target->qualified;
	} else if (b == NULL && must_resolve(l, have_tracker)) {
		note_dangling(r, f, l);
	} else if (b && l->kind != LINK_RELATED) {
		note_ambiguous(r, f, l, b);
	}
}

/* Adds what the citation tells; true when the lines are another register's. */
static bool
add_tracks(struct resolver *r, struct finding *f, const struct citation *c)
{
	struct cited_at at = cites_look(&r->cites, f->reg, c);
	struct finding *target = at.f ? finding_meant(at.f) : NULL;
	const struct finding *self = finding_meant(f);
	struct link *l;

	if (at.past_end)
		findings_note(r->fs, REGP_DANGLING_LINK, f->reg, c->at ? c->at : f->line,
			"%.*s cites line %ld of %.*s, which is shorter", STR_FMT(f->id), c->line,
			STR_FMT(at.reg->shown));
	/* A status page points at the lines of the entry it speaks of, or of its neighbours. */
	if (target == NULL || target == self || (f->about && at.reg == f->about->reg) ||
		target->reg == self->reg || !finding_listed(target))
		return at.reg != NULL;
	l = vec_push(&f->links);
	l->kind = LINK_TRACKS;
	l->target = target;
	l->to = target->qualified;
	l->line = c->at;
	return true;
}

/* A register's lines are where people wrote about the defect, not where it is. */
static void
drop_cited(struct finding *f, const struct map *cited)
{
	size_t n = 0;

	for (size_t i = 0; i < f->locations.n; i++)
		if (f->locations.v[i].line == 0 || map_get(cited, f->locations.v[i].path) == NULL)
			f->locations.v[n++] = f->locations.v[i];
	f->locations.n = n;
}

static void
move_links(struct finding *from, struct finding *to)
{
	for (size_t i = 0; i < from->links.n; i++)
		*vec_push(&to->links) = from->links.v[i];
	from->links.n = 0;
}

/* Sets of link kinds as map values: the set with these bits is the address sets + bits. */
static char sets[1u << (LINK_RELATED + 1)];

static unsigned
kinds_in(const struct map *m, struct str to)
{
	const char *set = map_get(m, to);

	return set ? (unsigned)(set - sets) : 0;
}

static void
add_kind(struct map *m, struct str to, enum link_kind kind)
{
	unsigned bits = kinds_in(m, to);

	*map_at(m, to) = sets + (bits | 1u << kind);
}

/*
 * Drops links to itself, repetitions, a mention beside a real link, and mentions of what
 * nobody knows ("UTF-8" looks like an ID too).
 */
static void
tidy(struct finding *f)
{
	struct map said = { 0 }, kept = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < f->links.n; i++)
		add_kind(&said, f->links.v[i].to, f->links.v[i].kind);
	for (size_t i = 0; i < f->links.n; i++) {
		struct link l = f->links.v[i];
		unsigned bit = 1u << l.kind;

		if (l.target == f || (l.target == NULL && finding_bears(f, l.to)))
			continue;
		if (l.kind == LINK_RELATED && (kinds_in(&said, l.to) != bit ||
			(l.target == NULL && !is_issue_number(l.to))))
			continue;
		if (kinds_in(&kept, l.to) & bit)
			continue;
		add_kind(&kept, l.to, l.kind);
		f->links.v[n++] = l;
	}
	f->links.n = n;
	map_release(&said);
	map_release(&kept);
}

static void
resolve_own(struct resolver *r, struct finding *f, bool have_tracker)
{
	struct map cited = { 0 };

	for (size_t i = 0; i < f->links.n; i++) {
		struct link *l = &f->links.v[i];

		if (l->target == NULL && !finding_bears(finding_meant(f), l->to))
			find_target(r, f, l, have_tracker);
	}
	for (size_t i = 0; i < f->citations.n; i++)
		if (add_tracks(r, f, &f->citations.v[i]))
			*map_at(&cited, f->citations.v[i].path) = f;
	if (cited.n)
		drop_cited(f, &cited);
	map_release(&cited);
}

void
resolve_links(struct resolver *r)
{
	struct findings *fs = r->fs;
	bool have_tracker = false;

	for (size_t i = 0; i < fs->regs.n; i++)
		have_tracker |= fs->regs.v[i]->kind == REGISTER_TRACKER;
	for (size_t i = 0; i < fs->all.n; i++)
		resolve_own(r, fs->all.v[i], have_tracker);
	for (size_t i = 0; i < fs->all.n; i++)
		if (fs->all.v[i]->about)
			move_links(fs->all.v[i], fs->all.v[i]->about);
	for (size_t i = 0; i < fs->all.n; i++)
		if (fs->all.v[i]->links.n > 0)
			tidy(fs->all.v[i]);
}
