/*
 * facts_definitions.c -- which definitions of tests a change deletes: the sources it edits are
 * read whole, as they were and as they are, from one diff that shows every line.
 *
 * What is read is source code; what the tape keeps is the list of definitions alone, a line
 * each: "gone" or "added", file, line, scope, name, crate; or "file" and a path, deleted.
 */
#include "gate/base/map.h"
#include "gate/base/num.h"
#include "gate/base/tape.h"
#include "gate/facts_here.h"
#include "gate/input/source.h"
#include "gate/model/snapshot_text.h"

#define MAX_DIFF_BYTES (256u << 20)
#define MAX_MOD_BYTES (1u << 20)
#define FIELDS 6

/* The edited files one after the other, both sides of each. */
struct reading {
	struct arena mem;
	const struct git *g;
	struct buf *out;
	struct definition_scan then, now;
	bool open;
	long left_then, left_now; /* lines of the hunk that are still to come */
	struct str go_folder, go_package; /* of the file before */
};

static struct str
folder_of(struct str path)
{
	size_t at = str_rchr(path, '/');

	return at == STR_NPOS ? STR_NONE : str_to(path, at);
}

/* "module example.com/x" of the go.mod in that folder. */
static bool
go_module(struct reading *r, struct str folder, struct str *module)
{
	struct str path = arena_printf(&r->mem, "%s/%.*s%sgo.mod", r->g->top, STR_FMT(folder),
		folder.n ? "/" : ""), rest, line;
	struct buf text = BUF_INIT;
	struct err err = { 0 };
	bool there = source_slurp(path.p, MAX_MOD_BYTES, &text, NULL, &err) == 0;

	for (rest = buf_str(&text); there && str_line(&rest, &line);)
		if (str_skip(&line, "module "))
			*module = arena_dup(&r->mem, str_trim(line));
	buf_release(&text);
	return there;
}

/* The import path of the package of a file: its module's, and the folders below. */
static struct str
go_package(struct reading *r, struct str file)
{
	struct str folder = folder_of(file), up = folder, module = STR_NONE, below;

	if (r->go_package.n && str_eq(folder, r->go_folder))
		return r->go_package;
	while (!go_module(r, up, &module) && up.n)
		up = folder_of(up);
	below = str_from(folder, up.n ? up.n + 1 : 0);
	r->go_folder = folder;
	r->go_package = module.n == 0 ? STR_NONE : arena_printf(&r->mem, "%.*s%s%.*s",
		STR_FMT(module), below.n ? "/" : "", STR_FMT(below));
	return r->go_package;
}

/* The name of the package of the Cargo.toml beside "src/". */
static struct str
rust_crate(struct reading *r, struct str file)
{
	size_t src = str_rfind(file, STR("src/"));
	struct str path, rest, line, value, crate = STR_NONE;
	struct buf text = BUF_INIT;
	struct err err = { 0 };
	bool in_package = false;

	if (src == STR_NPOS || (src > 0 && file.p[src - 1] != '/'))
		return STR_NONE;
	path = arena_printf(&r->mem, "%s/%.*sCargo.toml", r->g->top, STR_FMT(str_to(file, src)));
	if (source_slurp(path.p, MAX_MOD_BYTES, &text, NULL, &err) == 0)
		for (rest = buf_str(&text); str_line(&rest, &line);) {
			line = str_trim(line);
			if (str_starts(line, "["))
				in_package = str_starts(line, "[package]");
			if (!in_package || !str_cut(&line, "=", &value) ||
			    !str_eqz(str_trim(line), "name"))
				continue;
			value = str_trim(value);
			if (value.n > 2 && value.p[0] == '"')
				crate = str_to(str_from(value, 1),
					str_chr(str_from(value, 1), '"'));
		}
	crate = arena_dup(&r->mem, crate);
	buf_release(&text);
	return crate;
}

static void
start_side(struct reading *r, struct definition_scan *s, struct str file)
{
	*s = (struct definition_scan){ .mem = &r->mem, .file = file,
		.lang = language_of_path(file) };
	if (s->lang == LANG_RUST)
		s->crate = rust_crate(r, file);
	if (s->lang == LANG_GO)
		s->package = go_package(r, file);
}

static void
write_field(struct buf *out, struct str s)
{
	buf_addc(out, '\t');
	snapshot_escape(out, s);
}

static void
write_definitions(struct reading *r, const char *word, const struct definition_scan *has,
	const struct definition_scan *lacks)
{
	struct map there = { 0 };
	struct buf name = BUF_INIT;

	for (int pass = 0; pass < 2; pass++) {
		const struct definition_scan *s = pass ? has : lacks;

		for (size_t i = 0; i < s->found.n; i++) {
			const struct definition *d = &s->found.v[i];

			buf_reset(&name);
			buf_addf(&name, "%.*s\n%.*s", STR_FMT(d->scope), STR_FMT(d->name));
			if (pass == 0) {
				*map_at(&there, arena_dup(&r->mem, buf_str(&name))) = r;
			} else if (map_get(&there, buf_str(&name)) == NULL) {
				buf_addz(r->out, word);
				write_field(r->out, d->file);
				buf_addf(r->out, "\t%ld", d->line);
				write_field(r->out, d->scope);
				write_field(r->out, d->name);
				write_field(r->out, d->crate);
				buf_addc(r->out, '\n');
			}
		}
	}
	map_release(&there);
	buf_release(&name);
}

static void
end_file(struct reading *r)
{
	if (r->open) {
		write_definitions(r, "gone", &r->then, &r->now);
		write_definitions(r, "added", &r->now, &r->then);
	}
	definition_scan_release(&r->then);
	definition_scan_release(&r->now);
	r->open = false;
}

/* The diff, parsed a file at a time: its names by change_parse, its lines here. */
static void
start_file(struct reading *r, struct str head)
{
	struct change c = { 0 };

	change_parse(&c, head);
	if (c.files.n == 1) {
		start_side(r, &r->then, arena_dup(&r->mem, c.files.v[0].old_path));
		start_side(r, &r->now, arena_dup(&r->mem, c.files.v[0].path));
		r->open = true;
	}
	r->left_then = r->left_now = 0;
	change_release(&c);
}

/* "@@ -1,12 +1,14 @@" */
static long
count_behind(struct str line, const char *sign)
{
	size_t at = str_find(line, str_of(sign));
	struct str range = str_from(line, at == STR_NPOS ? line.n : at + strlen(sign)), n;
	long count = 1;

	range = str_to(range, str_chr(range, ' '));
	if (str_cut(&range, ",", &n) && !num_long(n, 0, 1000000000, &count))
		count = 0;
	return count;
}

static void
text_line(struct reading *r, struct str line)
{
	char sign = line.n ? line.p[0] : ' ';
	struct str text = str_from(line, 1);

	if (sign == '\\') /* no newline at end of file */
		return;
	if (sign != '+' && r->left_then-- > 0)
		definition_line(&r->then, text);
	if (sign != '-' && r->left_now-- > 0)
		definition_line(&r->now, text);
}

static void
read_diff(struct reading *r, struct str diff)
{
	struct str rest = diff, line, head = STR_NONE;

	while (str_line(&rest, &line)) {
		if (r->left_then > 0 || r->left_now > 0) {
			text_line(r, line);
		} else if (str_starts(line, "diff --git ")) {
			end_file(r);
			head = line;
		} else if (str_starts(line, "@@ -") && head.p) {
			if (!r->open)
				start_file(r, str_n(head.p, (size_t)(line.p - head.p)));
			r->left_then = count_behind(line, "@@ -");
			r->left_now = count_behind(line, " +");
		}
	}
	end_file(r);
}

/* Deleted files of whatever sort: an ID may start with one. */
static void
read_deleted(struct reading *r, const char *from, const char *to)
{
	const char *const args[] = { "diff-tree", "-r", "-M", "-l3000", "--diff-filter=D",
		"--name-only", "-z", "--ignore-submodules=all", from, to, NULL };
	struct buf out = BUF_INIT;
	struct err err = { 0 };
	struct str rest, path;

	if (git_run(r->g, NULL, args, MAX_DIFF_BYTES, &out, NULL, &err) == 0)
		for (rest = buf_str(&out); rest.n; rest = str_from(rest, path.n + 1)) {
			path = str_to(rest, str_chr(rest, '\0'));
			buf_addz(r->out, "file");
			write_field(r->out, path);
			buf_addc(r->out, '\n');
		}
	buf_release(&out);
}

static void
ask_git(const struct git *g, const char *from, const char *to, struct buf *list)
{
	const char *const args[] = { "diff-tree", "-r", "-p", "-U1000000", "-M", "-l3000",
		"--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all",
		"--src-prefix=a/", "--dst-prefix=b/", from, to, "--", "*.py", "*.go", "*.js",
		"*.jsx", "*.ts", "*.tsx", "*.[mc]js", "*.[mc]ts", "*.java", "*.kt", "*.cs",
		"*.php", "*.rs", "*.c", "*.cc", NULL };
	const char *const more[] = { "diff-tree", "-r", "-p", "-U1000000", "-M", "-l3000",
		"--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all",
		"--src-prefix=a/", "--dst-prefix=b/", from, to, "--", "*.cpp", "*.cxx", "*.h",
		"*.hpp", NULL };
	struct reading r = { .g = g, .out = list };
	struct buf diff = BUF_INIT;
	struct err err = { 0 };

	if (git_run(g, NULL, args, MAX_DIFF_BYTES, &diff, NULL, &err) == 0 &&
	    git_run(g, NULL, more, MAX_DIFF_BYTES, &diff, NULL, &err) == 0) {
		read_diff(&r, buf_str(&diff));
		read_deleted(&r, from, to);
	}
	buf_release(&diff);
	arena_release(&r.mem);
}

/* ---- the list ---- */

static struct str
kept(struct facts *f, struct str field)
{
	struct buf plain = BUF_INIT;
	struct str s;

	snapshot_unescape(&plain, field);
	s = arena_dup(&f->mem, buf_str(&plain));
	buf_release(&plain);
	return s;
}

static void
take_line(struct facts *f, const struct git *g, struct str line)
{
	struct str field[FIELDS] = { { 0 } }, rest = line, path;
	struct definition d = { 0 };

	for (size_t i = 0; i < FIELDS && rest.p; i++) {
		field[i] = rest;
		str_cut(&field[i], "\t", &rest);
	}
	d.file = kept(f, field[1]);
	if (str_eqz(field[0], "file")) {
		*vec_push(&f->gone_files) = d.file;
		path = facts_from_here(g, d.file);
		if (path.n)
			*vec_push(&f->gone_files) = path;
		return;
	}
	d.scope = kept(f, field[3]);
	d.name = kept(f, field[4]);
	d.crate = kept(f, field[5]);
	if (!num_long(field[2], 1, 1000000000, &d.line))
		return;
	if (str_eqz(field[0], "gone"))
		*vec_push(&f->gone) = d;
	else
		*vec_push(&f->added) = d;
}

static void
between(struct facts *f, const struct git *g, const char *from, const char *to)
{
	struct buf key = BUF_INIT, list = BUF_INIT;
	struct tape_answer a = { 0 };
	struct str rest, line;

	buf_addf(&key, "definitions\n%s\n%s", from, to);
	if (!tape_get(TAPE_GIT, buf_str(&key), &a) && !tape_playing()) {
		tape_pause();
		ask_git(g, from, to, &list);
		tape_resume();
		a.text = buf_str(&list);
		tape_put(TAPE_GIT, buf_str(&key), &a);
	}
	for (rest = a.text; str_line(&rest, &line);)
		take_line(f, g, line);
	buf_release(&key);
	buf_release(&list);
}

static bool
in_history(const struct git *g, const char *revision, const char *of)
{
	const char *const args[] = { "merge-base", "--is-ancestor", revision, of, NULL };
	struct buf out = BUF_INIT;
	struct err err = { 0 };
	bool yes = git_run(g, NULL, args, 4096, &out, NULL, &err) == 0;

	buf_release(&out);
	return yes;
}

void
facts_definitions(struct facts *f, const struct trusted *t, const struct baseline *b)
{
	struct git own = { 0 };
	const struct git *g = &t->git;
	char head[GIT_HEX], revision[GIT_HEX];
	struct err err = { 0 };

	if (g->top == NULL) {
		g = &own;
		if (git_open(&own, &err) != 0 || own.top == NULL)
			goto out;
	}
	if (!git_commit(g, "HEAD", head))
		goto out;
	if (t->has_change)
		between(f, g, t->from, t->head);
	if (facts_revision(g, b, revision) && strcmp(revision, head) != 0 &&
	    in_history(g, revision, head))
		between(f, g, revision, head);
	facts_sort(f);
out:
	git_release(&own);
}
