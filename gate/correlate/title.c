/*
 * title.c -- the test is named like the finding: at least two words of four letters or more,
 * and half of the title's, stand in the test's name. It says more than a word of the message.
 */
#include "gate/correlate/engine/subject.h"

#define MAX_PIECES 48

struct pieces {
	struct str name;          /* lower case */
	size_t start[MAX_PIECES], end[MAX_PIECES];
	size_t n;
};

/* snake_case, camelCase and titles fall into the same pieces. */
static void
cut(struct pieces *p, struct str name)
{
	for (size_t i = 0; i < name.n && p->n < MAX_PIECES;) {
		size_t start = i;

		if (!is_alpha(name.p[i])) {
			i++;
			continue;
		}
		while (i < name.n && is_upper(name.p[i]))
			i++;
		if (i - start > 1 && i < name.n && is_lower(name.p[i]))
			i--; /* HTTPServer: HTTP, Server */
		while (i < name.n && is_lower(name.p[i]))
			i++;
		p->start[p->n] = start;
		p->end[p->n++] = i;
	}
}

static void
count_word(const struct index *ix, struct scratch *sc, struct str word)
{
	for (const struct ref *r = refs_of(&ix->words, word); r; r = r->next) {
		if (sc->counted[r->n] != sc->now) {
			sc->counted[r->n] = sc->now;
			sc->counts[r->n] = 0;
		}
		sc->counts[r->n]++;
	}
}

/* The words of pieces that touch: "openapi" stands in testOpenApiSnapshot too. */
static size_t
collect(const struct pieces *p, struct str words[], size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		for (size_t j = i; j < p->n && j < i + 4; j++) {
			struct str word = str_n(p->name.p + p->start[i], p->end[j] - p->start[i]);
			size_t seen = 0;

			if (j > i && p->end[j - 1] != p->start[j])
				break;
			while (seen < n && !str_eq(words[seen], word))
				seen++;
			if (word.n >= 4 && seen == n && n < max)
				words[n++] = word;
		}
	return n;
}

static void
find(const struct index *ix, const struct subject *s, struct offers *out)
{
	struct scratch *sc = s->scratch;
	struct str words[4 * MAX_PIECES];
	struct pieces p = { .n = 0 };
	size_t n;

	if (s->test == NULL || ix->words.n == 0)
		return;
	cut(&p, s->name);
	p.name = lower_copy(&sc->keys, s->name);
	n = collect(&p, words, sizeof(words) / sizeof(*words));
	for (size_t i = 0; i < n; i++)
		count_word(ix, sc, words[i]);
	for (size_t i = 0; i < n; i++)
		for (const struct ref *r = refs_of(&ix->words, words[i]); r; r = r->next) {
			if (sc->counts[r->n] < 2 || (size_t)sc->counts[r->n] * 2 < r->of)
				continue;
			sc->counts[r->n] = 0; /* offered once */
			offer(out, EV_TITLE, STRENGTH_POSSIBLE, NAMES_CLASS, r, r->text);
		}
}

const struct evidence_rule evidence_title = {
	.kind = EV_TITLE,
	.help = "two words and half of its title stand in the test's name",
	.find = find,
};
