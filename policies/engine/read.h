/*
 * read.h -- inside the engine: from the tree of a policy to struct policy, strictly.
 *
 * Every wrong value is reported where it stands and skipped, so that a maintainer sees all
 * problems at once. Readers never stop; the caller looks at diags.errors.
 */
#ifndef POLICIES_ENGINE_READ_H
#define POLICIES_ENGINE_READ_H

#include "gate/input/tree.h"
#include "policies/engine/policy.h"

struct reader {
	struct policy *p;
	struct diags *d;
	bool partial; /* one file of several: what it lacks may stand in another */
};

/* A key of a map and who reads its value. */
struct key {
	const char *name;
	void (*read)(struct reader *r, const struct node *n, void *into);
};

/* value.c: one value of one kind. False: reported, and *out is unchanged. */
struct diag *complain(struct reader *r, struct pos at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* "unknown key `lvel` in `rules`", with the nearest of `known` (NULL-terminated) as a hint. */
void complain_unknown(struct reader *r, struct pos at, const char *what, struct str word,
	const char *where, const char *const known[]);
bool want_kind(struct reader *r, const struct node *n, enum node_kind kind);
bool want_text(struct reader *r, const struct node *n, struct str *out); /* never empty */
bool want_long(struct reader *r, const struct node *n, long min, long max, long *out);
bool want_bool(struct reader *r, const struct node *n, bool *out);
bool want_date(struct reader *r, const struct node *n, int64_t *out);
bool want_first_day(struct reader *r, const struct node *n, int64_t *out); /* its first second */
/* The index of the word in `words` (NULL-terminated), or -1. */
int want_word(struct reader *r, const struct node *n, const char *const words[]);
/* A list, or a single item; each goes to `each`. Empty lists are reported. */
void each_item(struct reader *r, const struct node *n,
	void (*each)(struct reader *r, const struct node *n, void *into), void *into);
/* The same where none is an answer: an empty list replaces what another file lists. */
void each_item_or_none(struct reader *r, const struct node *n,
	void (*each)(struct reader *r, const struct node *n, void *into), void *into);
/* each_item's `each`, into a struct str_list: any text; an anchored glob; a path of files. */
void read_text_item(struct reader *r, const struct node *n, void *into);
void read_glob_item(struct reader *r, const struct node *n, void *into);
void read_test_item(struct reader *r, const struct node *n, void *into);
void read_path_item(struct reader *r, const struct node *n, void *into);
/* The map's keys, each by its reader; unknown ones are reported. */
void read_map(struct reader *r, const struct node *map, const struct key keys[], void *into);
/*
 * Paths are relative to the file they stand in; the policy keeps them relative to itself.
 */
bool want_path(struct reader *r, const struct node *n, struct str *out);
/* `to` as seen from the folder `from`, both tidy; false when names alone can't tell. */
bool path_from(struct arena *mem, struct str from, struct str to, struct str *out);
struct str folder_of(struct arena *mem, struct str path); /* "" for the working folder */

/* The sections, each in the file of its name; `into` is the policy. */
/* False: it requires a newer gate (said), so that nothing else in it can be told. */
bool check_requires(struct reader *r, const struct node *n);
void read_policy(struct reader *r, const struct node *root);
void read_registers(struct reader *r, const struct node *n, void *into);
void read_match(struct reader *r, const struct node *n, void *into);
void read_redact(struct reader *r, const struct node *n, void *into);
void read_reports(struct reader *r, const struct node *n, void *into);
void read_formats(struct reader *r, const struct node *n, void *into);
void read_required(struct reader *r, const struct node *n, void *into);
void read_exempt(struct reader *r, const struct node *n, void *into);
void read_rules(struct reader *r, const struct node *n, void *into);
bool read_selector(struct reader *r, const struct node *n, struct selectors *into);
/* Words a team adds, as a map from word to one of `names`. */
void read_word_map(struct reader *r, const struct node *n, struct words *into,
	const char *const names[], const int values[]);
void read_words_of_levels(struct reader *r, const struct node *n, void *into);
void read_words_of_states(struct reader *r, const struct node *n, void *into);
/* Adds the instances of rules that judge whether they are named or not. */
void complete_rules(struct policy *p);

/* `reports` as a map and `baseline` as a map, whatever way they were written. */
void normalise(struct reader *r, struct node *root);
/* `over` on `base`: maps by key, everything else and each rule replaced. */
struct node *merge_policies(struct arena *mem, const struct node *base, const struct node *over);

#endif
