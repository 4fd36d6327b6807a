/*
 * json_scan.h -- the window of the JSON reader and the scanner over it. Private to json*.c.
 *
 * Scanning functions take the place to read from and return the place behind what they read,
 * or NULL when the text broke (j->code says why). The byte at j->end is NUL, and JSON holds no
 * NUL, so that no bounds are checked on the way; the bytes behind it can be loaded.
 */
#ifndef PARSERS_SUPPORT_JSON_SCAN_H
#define PARSERS_SUPPORT_JSON_SCAN_H

#include "gate/base/limits.h"
#include "parsers/support/json.h"

#define JSON_PAD 64u   /* bytes behind the window that may be loaded */

/* One step of the paths of a set. */
struct json_step {
	struct json_branch {
		struct str key;          /* of a member, without escapes */
		struct json_step *to;
	} *members;
	size_t n, cap;
	size_t hint;                     /* the member that is likely to come next */
	bool leads;                      /* to a want that is not optional */
	struct json_step *any;           /* `*` */
	struct json_step *every;         /* `[]` */
	struct json_item {
		size_t at;
		struct json_step *to;
	} *items;                        /* `[N]` */
	size_t nitems, items_cap;
	struct json_end {
		int slot, rank;
	} *ends;                         /* of the paths that end here */
	size_t nends, ends_cap;
};

struct json_trie {
	struct json_step root;
	struct { struct json_step **v; size_t n, cap; } all;
	struct { char **v; size_t n, cap; } names; /* what the keys are views of */
	struct json_taken {
		size_t at, n;            /* from the pin */
		int rank;                /* of the alternative; -1: nothing yet */
	} taken[JSON_FIELDS];
};

/*
 * Adds a path; -1 when it is wrong. `slot` and `rank` go to its end. `indexes` tells whether
 * `[N]` may stand in it (a take) or `[]` and `*` (a plan).
 */
int js_trie_add(struct json_trie *t, struct str path, int slot, int rank, bool indexes,
	const char **why);
void js_trie_release(struct json_trie *t);

struct json_key {
	uint32_t hash;
	uint32_t at, n; /* from the pin, without quotes */
	bool escaped;
};

struct json {
	struct source *in;
	const struct sink *out;
	const struct json_plan *plan;
	struct json_trie wants;
	char *win;
	size_t cap;
	char *end;            /* of the text in the window; a NUL stands there */
	const char *pin;      /* kept from here on; NULL: nothing is */
	const char *now;      /* where the value of the callback begins */
	bool eof;
	bool stopped;         /* by a callback */
	bool strange;         /* said so */
	/* What broke the text. */
	bool failed;
	enum problem_code code;
	char why[128];
	long bad_line, bad_column;
	unsigned depth;
	char kind[MAX_DEPTH + 2];
	/* Keys of the open objects of a wanted value; watched only while `dups`. */
	bool dups;
	struct { struct json_key *v; size_t n, cap; } keys;
	size_t key_base[MAX_DEPTH + 2];
	uint64_t key_mask[MAX_DEPTH + 2];
	struct buf one, two;  /* keys without escapes */
	struct buf key;       /* of the member that is walked */
	unsigned long lone;   /* escapes that are half a character */
	long lone_line;
	/* Newlines before `counted`, and where the line that it is in begins. */
	const char *counted;
	long newlines;
	uint64_t win_at, line_at;
};

bool js_fill(struct json *j, const char **p);
/* NULL, always. The first one holds. */
const char *js_bad(struct json *j, const char *p, enum problem_code code, const char *why);
/* At a value or the end: skips white space and gives the byte, 0 at the end of the text. */
int js_space(struct json *j, const char **p);
/* Skips what stands before a value's first byte up to its last. */
const char *js_skip(struct json *j, const char *p);
const char *js_string(struct json *j, const char *p, bool *escaped); /* behind the quote */
/* Skips the value and fills t->taken. */
const char *js_scan_take(struct json *j, const char *p, struct json_step *step,
	struct json_trie *t);
const char *js_enter(struct json *j, const char *p); /* at '{' or '[' */
const char *js_leave(struct json *j, const char *p); /* at '}' or ']' */
/* The member for a key between quotes, or NULL. */
struct json_step *js_member(struct json *j, struct json_step *s, struct str key, bool escaped);
/*
 * The key that starts at `at` from the pin and ends at `end` was read, between its quotes. False:
 * it stands in this object already.
 */
bool json_watch_key(struct json *j, size_t at, const char *end, bool escaped);
bool json_check_keys(struct json *j); /* at an object's end; false: one stands twice */
long js_count_to(struct json *j, const char *p);
void js_unescape(struct str raw, struct buf *out);

#endif
