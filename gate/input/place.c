/* place.c -- see place.h. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "gate/input/place.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "gate/base/buf.h"
#include "gate/base/tape.h"

struct str
real_path(struct arena *mem, const char *path)
{
	struct tape_answer a = { 0 };
	struct str said = STR_NONE;
	struct buf key = BUF_INIT;
	char *real;

	buf_addf(&key, "real\n%s", path);
	if (tape_get(TAPE_PLACE, buf_str(&key), &a)) {
		said = arena_dup(mem, a.text);
	} else if (!tape_playing()) {
		real = realpath(path, NULL);
		a.text = said = real ? arena_dup(mem, str_of(real)) : STR_NONE;
		tape_put(TAPE_PLACE, buf_str(&key), &a);
		free(real);
	}
	buf_release(&key);
	return said;
}

bool
regular_file(const char *path)
{
	struct tape_answer a = { 0 };
	struct buf key = BUF_INIT;
	struct stat st;

	buf_addf(&key, "regular\n%s", path);
	if (!tape_get(TAPE_THERE, buf_str(&key), &a) && !tape_playing()) {
		a.status = stat(path, &st) == 0 && S_ISREG(st.st_mode);
		tape_put(TAPE_THERE, buf_str(&key), &a);
	}
	buf_release(&key);
	return a.status != 0;
}
