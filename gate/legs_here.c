/* legs_here.c -- see legs.h: whose a leg file is, and which job this one is. */
#include <stdlib.h>
#include <sys/stat.h>

#include "gate/base/limits.h"
#include "gate/base/num.h"
#include "gate/base/tape.h"
#include "gate/base/utf8.h"
#include "gate/forge/ci_env.h"
#include "gate/input/source.h"
#include "gate/legs.h"
#include "gate/revision.h"
#include "parsers/parser.h"

static void
read_names(struct arena *mem, const char *path, struct str_list *names)
{
	const struct parser *parser = parser_find(STR("gate-leg"));
	struct leg_file *file = NULL;
	struct collect_options collect = { .leg = &file };
	struct report shell = { 0 };
	struct source *in, *head;
	struct sink sink;
	struct str line;
	struct stat st;

	/* A pipe gives its bytes once, and they are the report's. */
	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return;
	in = source_open(path);
	if (parser->sniff(source_head(in)) == 100 && source_line(in, &line)) {
		sink = report_sink(&shell, &collect);
		head = source_of_memory(line);
		parser->parse(head, &sink);
		source_close(head);
		for (size_t i = 0; file && i < file->parts.n; i++)
			*vec_push(names) = arena_dup(mem, file->parts.v[i].name);
		report_finish(&shell);
		report_release(&shell);
		leg_file_free(file);
	}
	source_close(in);
}

/* The tape keeps the names, each ended by a NUL; a file that stands in is looked into here. */
void
legs_names(struct arena *mem, const char *path, bool here, struct str_list *names)
{
	struct buf key = BUF_INIT, all = BUF_INIT;
	struct tape_answer a = { 0 };
	size_t first = names->n, end;

	buf_addf(&key, "legs\n%s", path);
	if (here || (!tape_get(TAPE_PLACE, buf_str(&key), &a) && !tape_playing())) {
		read_names(mem, path, names);
		for (size_t i = first; i < names->n; i++) {
			buf_add(&all, names->v[i]);
			buf_addc(&all, '\0');
		}
		a.text = buf_str(&all);
		tape_put(TAPE_PLACE, buf_str(&key), &a);
	} else {
		for (; (end = str_chr(a.text, '\0')) != STR_NPOS;
			a.text = str_from(a.text, end + 1))
			*vec_push(names) = arena_dup(mem, str_to(a.text, end));
	}
	buf_release(&all);
	buf_release(&key);
}

static long
number_in(const char *name)
{
	const char *value = getenv(name);
	long n = 0;

	return value && num_long(str_of(value), 1, 1000000000000L, &n) ? n : 0;
}

/*
 * GitHub counts attempts of a run, and all jobs of a matrix share a name; a job that GitLab
 * retries has a higher number, as has every later job, and keeps its name.
 */
void
legs_here(struct leg_file *f)
{
	enum forge forge = ci_env_forge((ci_env_get)getenv);
	struct buf revision = BUF_INIT;
	const char *job = NULL;
	long run = 0;

	revision_here(&revision);
	f->revision = arena_dup(&f->mem, buf_str(&revision));
	buf_release(&revision);
	if (forge == FORGE_GITHUB) {
		run = number_in("GITHUB_RUN_ID");
		f->attempt = number_in("GITHUB_RUN_ATTEMPT");
		job = getenv("GITHUB_JOB");
	} else if (forge == FORGE_GITLAB) {
		run = number_in("CI_PIPELINE_ID");
		f->attempt = number_in("CI_JOB_ID");
		job = getenv("CI_JOB_NAME");
	}
	if (utf8_valid(str_of(job)))
		f->job = arena_dup(&f->mem, utf8_head(str_of(job), MAX_NAME_KEPT));
	if (run)
		f->run = arena_printf(&f->mem, "%ld", run);
}
