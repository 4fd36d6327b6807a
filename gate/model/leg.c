/* leg.c -- see leg.h: what is held of a leg file that was read. */
#include "gate/model/leg.h"

#include "gate/base/mem.h"

static const char *const dialects[] = {
	[DIALECT_NONE] = "none",   [DIALECT_PYTEST] = "pytest", [DIALECT_JAVA] = "java",
	[DIALECT_GO] = "go",       [DIALECT_JS] = "js",         [DIALECT_RUST] = "rust",
	[DIALECT_PHP] = "php",     [DIALECT_GTEST] = "gtest",   [DIALECT_DOTNET] = "dotnet",
	[DIALECT_READY] = "ready",
};

const char *
dialect_name(enum dialect d)
{
	return dialects[d];
}

bool
dialect_parse(struct str name, enum dialect *out)
{
	for (size_t i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++) {
		if (str_eqz(name, dialects[i])) {
			*out = (enum dialect)i;
			return true;
		}
	}
	return false;
}

struct leg_file *
leg_file_new(const struct collect_options *opt)
{
	struct leg_file *f = xcalloc(1, sizeof(*f));

	f->opt = *opt;
	f->opt.leg = NULL;
	f->opt.tee = NULL;
	f->opt.recorder = NULL;
	return f;
}

struct leg_part *
leg_part_add(struct leg_file *f, struct str name, struct str leg)
{
	struct leg_part *p = vec_push(&f->parts);

	p->name = arena_dup(&f->mem, name);
	p->leg = arena_dup(&f->mem, leg);
	return p;
}

void
leg_part_problem(struct leg_file *f, struct leg_part *p, enum problem_code code,
	struct str message)
{
	*vec_push(&p->problems) = (struct problem){ .code = code,
		.message = arena_dup(&f->mem, message) };
}

/* A prefix comes off once: "src/src/a.py" is "src/a.py" after it. */
void
leg_file_ready(struct leg_file *f)
{
	struct str *left = arena_alloc(&f->mem, (f->opt.nstrip + 1) * sizeof(*left));
	size_t n = 0;

	for (size_t i = 0; i < f->opt.nstrip; i++)
		if (!str_list_has(&f->strip, f->opt.strip[i]))
			left[n++] = f->opt.strip[i];
	f->opt.strip = left;
	f->opt.nstrip = n;
	for (size_t i = 0; i < f->parts.n; i++) {
		struct leg_part *p = &f->parts.v[i];

		p->opt = f->opt;
		if (f->opt.leg_root)
			p->opt.root = f->opt.leg_root(f->opt.watch_ctx, p->name);
	}
}

struct report *
leg_report_add(struct leg_file *f, size_t part, struct str path)
{
	struct report *r = arena_new(&f->mem, struct report);

	r->path = arena_dup(&f->mem, path);
	r->leg = f->parts.v[part].leg;
	*vec_push(&f->reports) = (struct leg_report){ .report = r, .part = part };
	return r;
}

void
leg_unpack(const struct leg_file *f, struct report *shell, struct reports *out)
{
	if (f == NULL) {
		*vec_push(out) = shell;
		return;
	}
	for (size_t i = 0; i < f->parts.n; i++)
		for (size_t k = 0; k < f->parts.v[i].problems.n; k++) {
			const struct problem *p = &f->parts.v[i].problems.v[k];

			report_problem(shell, p->code, 0, "%.*s", STR_FMT(p->message));
			shell->complete = shell->complete && !problem_incomplete(p->code);
		}
	for (size_t i = 0; i < f->reports.n; i++) {
		f->reports.v[i].report->open_path = shell->open_path;
		*vec_push(out) = f->reports.v[i].report;
	}
	if (f->reports.n == 0 || !shell->complete)
		*vec_push(out) = shell;
	else
		report_release(shell);
}

void
leg_file_free(struct leg_file *f)
{
	if (f == NULL)
		return;
	for (size_t i = 0; i < f->parts.n; i++)
		vec_release(&f->parts.v[i].problems);
	vec_release(&f->parts);
	vec_release(&f->reports);
	vec_release(&f->strip);
	arena_release(&f->mem);
	free(f);
}
