/* search.c -- where the policy is: from the working folder up to the repository's root. */
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/tape.h"
#include "gate/input/files.h"
#include "gate/input/place.h"
#include "policies/engine/policy.h"

#define MAX_UP 64 /* folders between the working folder and the repository's root */

static bool
is_there(const struct buf *up, const char *name, bool any_kind)
{
	struct buf path = BUF_INIT;
	struct stat st;
	bool yes;

	buf_addf(&path, "%s%s", buf_z(up), name);
	yes = any_kind ? stat(buf_z(&path), &st) == 0 : regular_file(buf_z(&path));
	buf_release(&path);
	return yes;
}

static bool
has_file(const struct files *files, const struct buf *up, const char *name)
{
	struct buf path = BUF_INIT;
	bool yes;

	if (files == NULL)
		return is_there(up, name, false);
	buf_addf(&path, "%s%s", buf_z(up), name);
	yes = files_there(files, buf_z(&path));
	buf_release(&path);
	return yes;
}

static bool
same_folder(const char *a, const char *b)
{
	struct stat x, y;

	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* How far up the repository's root is; 0 also where there is no repository. */
static int
count_levels(void)
{
	struct buf up = BUF_INIT, next = BUF_INIT;
	int levels = 0;

	while (!is_there(&up, ".git", true)) {
		buf_reset(&next);
		buf_addf(&next, "%s../", buf_z(&up));
		if (levels == MAX_UP || same_folder(up.n ? buf_z(&up) : ".", buf_z(&next))) {
			levels = 0; /* a stranger's policy further up is none of ours */
			break;
		}
		levels++;
		buf_addz(&up, "../");
	}
	buf_release(&up);
	buf_release(&next);
	return levels;
}

static int
levels_to_root(void)
{
	struct tape_answer a = { 0 };

	if (!tape_get(TAPE_PLACE, STR("levels to the root"), &a) && !tape_playing()) {
		a.status = count_levels();
		tape_put(TAPE_PLACE, STR("levels to the root"), &a);
	}
	return a.status > 0 && a.status <= MAX_UP ? (int)a.status : 0;
}

const char *
policy_search_in(struct arena *mem, const struct files *files)
{
	static const char *const names[] = { "gate.yaml", "gate.yml", "gate.json", ".gate.yaml" };
	int levels = levels_to_root();
	struct buf up = BUF_INIT;
	const char *found = NULL;

	for (int i = 0; i <= levels && found == NULL; i++) {
		for (size_t k = 0; k < sizeof(names) / sizeof(names[0]) && found == NULL; k++)
			if (has_file(files, &up, names[k]))
				found = arena_printf(mem, "%s%s", buf_z(&up), names[k]).p;
		buf_addz(&up, "../");
	}
	buf_release(&up);
	return found;
}

const char *
policy_search(struct arena *mem)
{
	return policy_search_in(mem, NULL);
}
