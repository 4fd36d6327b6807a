/*
 * revision.c -- see revision.h. No git is started for it: HEAD, a loose or packed reference
 * and the files of a linked worktree are all there is to read.
 * https://git-scm.com/docs/gitrepository-layout
 */
#include "gate/revision.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "gate/base/err.h"
#include "gate/base/limits.h"
#include "gate/base/tape.h"
#include "gate/input/source.h"

#define MAX_LEVELS 64 /* folders upwards */

static bool
read_small(const char *folder, struct str name, struct buf *out)
{
	struct buf path = BUF_INIT;
	struct err err = { 0 };
	bool ok;

	buf_addf(&path, "%s/%.*s", folder, STR_FMT(name));
	buf_reset(out);
	ok = source_slurp(path.p, MAX_CONFIG_BYTES, out, NULL, &err) == 0;
	buf_release(&path);
	return ok;
}

static bool
is_commit(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_hex(s.p[i]))
			return false;
	return s.n == 40 || s.n == 64;
}

/* "COMMIT refs/heads/main" among the packed references. */
static bool
packed(const char *folder, struct str ref, struct buf *out)
{
	struct buf text = BUF_INIT;
	struct str rest, line, name;
	bool found = false;

	if (read_small(folder, STR("packed-refs"), &text)) {
		rest = buf_str(&text);
		while (!found && str_line(&rest, &line)) {
			str_cut(&line, " ", &name);
			found = str_eq(name, ref) && is_commit(line);
		}
		if (found)
			buf_add(out, line);
	}
	buf_release(&text);
	return found;
}

static bool
resolve(const char *folder, const char *common, struct buf *out)
{
	struct buf text = BUF_INIT, loose = BUF_INIT;
	struct str head;
	bool ok = false;

	if (read_small(folder, STR("HEAD"), &text)) {
		head = str_trim(buf_str(&text));
		ok = is_commit(head);
		if (ok) {
			buf_add(out, head);
		} else if (str_skip(&head, "ref: ") && !str_has(head, "..")) {
			if (read_small(common, head, &loose) &&
			    is_commit(str_trim(buf_str(&loose)))) {
				buf_add(out, str_trim(buf_str(&loose)));
				ok = true;
			} else {
				ok = packed(common, head, out);
			}
		}
	}
	buf_release(&text);
	buf_release(&loose);
	return ok;
}

/* A linked worktree: .git is a file that names its folder, which names the common one. */
static bool
linked(const char *up, struct buf *out)
{
	struct buf text = BUF_INIT, folder = BUF_INIT, common = BUF_INIT;
	struct str to;
	bool ok = false;

	if (read_small(up, STR(".git"), &text)) {
		to = str_trim(buf_str(&text));
		if (str_skip(&to, "gitdir: ")) {
			if (to.n && to.p[0] != '/')
				buf_addf(&folder, "%s/", up);
			buf_add(&folder, to);
			buf_add(&common, buf_str(&folder));
			if (read_small(folder.p, STR("commondir"), &text)) {
				to = str_trim(buf_str(&text));
				if (to.n && to.p[0] == '/')
					buf_reset(&common);
				else
					buf_addc(&common, '/');
				buf_add(&common, to);
			}
			ok = resolve(folder.p, common.p, out);
		}
	}
	buf_release(&text);
	buf_release(&folder);
	buf_release(&common);
	return ok;
}

static bool
checkout(struct buf *out)
{
	struct buf up = BUF_INIT, git = BUF_INIT;
	struct stat st;
	bool ok = false;

	buf_addz(&up, ".");
	for (int i = 0; i < MAX_LEVELS; i++) {
		buf_reset(&git);
		buf_addf(&git, "%s/.git", up.p);
		if (stat(git.p, &st) == 0) {
			ok = S_ISDIR(st.st_mode) ? resolve(git.p, git.p, out) : linked(up.p, out);
			break;
		}
		buf_addz(&up, "/..");
	}
	buf_release(&up);
	buf_release(&git);
	return ok;
}

static void
find_revision(struct buf *out)
{
	static const char *const names[] = { "GITHUB_SHA", "CI_COMMIT_SHA" };

	if (checkout(out))
		return;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = getenv(names[i]);

		if (value && is_commit(str_of(value))) {
			buf_addz(out, value);
			return;
		}
	}
}

void
revision_here(struct buf *out)
{
	struct tape_answer a = { 0 };

	if (tape_get(TAPE_PLACE, STR("revision"), &a)) {
		buf_add(out, a.text);
	} else if (!tape_playing()) {
		size_t from = out->n;

		find_revision(out);
		a.text = str_from(buf_str(out), from);
		tape_put(TAPE_PLACE, STR("revision"), &a);
	}
}
