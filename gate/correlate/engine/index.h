/*
 * index.h -- the findings, arranged so that one result finds what concerns it by look-up.
 *
 * Names, files, classes, rules and tools are hash maps from the last component of a reference
 * to all findings that hold one; what is found is then compared whole. Texts (signatures,
 * messages, identifiers, IDs, the literal parts of patterns) are terms of one automaton.
 * Everything is made once by index_new and only read after that.
 */
#ifndef GATE_CORRELATE_ENGINE_INDEX_H
#define GATE_CORRELATE_ENGINE_INDEX_H

#include "gate/base/arena.h"
#include "gate/base/map.h"
#include "gate/correlate/engine/literals.h"
#include "gate/correlate/evidence.h"

/* One finding that holds something. */
struct ref {
	struct ref *next;
	struct finding *finding;         /* whom it counts for */
	const struct reg *reg;           /* where it says so ... */
	long line;
	struct str text;                 /* as written */
	struct str key;                  /* as compared; by kind of map */
	struct str from;                 /* `renamed:` made `key` of this one */
	const struct location *location; /* places only */
	const struct entry_info *info;   /* entries only */
	size_t n;                        /* cases: its number; words: the finding's */
	size_t of;                       /* words: how many the title has */
};

/* In the order of registers and lines. */
struct refs {
	struct ref *first, *last;
	size_t n;
};

/* A test pattern of an entry. */
struct entry_test {
	struct str pattern;      /* as written */
	struct str key;          /* comparable; empty for globs */
	struct str renamed, renamed_key; /* `renamed:` gives it a new name */
	bool magic;
	size_t n;                /* its number among all */
};

/* An entry with a match, prepared. */
struct entry_info {
	struct finding *finding;
	const struct entry *entry;
	struct entry_test *tests;
	size_t ntests;
	size_t n;                /* its number among all */
};

enum term_kind {
	TERM_ID,         /* an ID or alias, compared folded */
	TERM_TEXT,       /* normal form of a signature or an entry's message */
	TERM_IDENTIFIER, /* one token, as written */
	TERM_GLOB,       /* the literal part of an entry's pattern of tests or paths */
	TERM_REGEX,      /* what every match of an entry's message pattern contains */
	TERM_KINDS
};

struct term {
	enum term_kind kind;
	struct str text;
	size_t n;              /* its number among all terms */
	bool distinctive;      /* IDs: it may stand in running text, not only as [F1] */
	bool one;              /* signatures: one finding, with those that track it, holds it */
	bool watched;          /* a passing test that has it matters */
	struct refs holders;   /* findings with this ID, signature or identifier */
	struct refs entries;   /* entries with this message or pattern */
};

struct index {
	const struct findings *fs;
	struct correlate_options opt;
	struct arena mem;
	struct map terms[TERM_KINDS];          /* text -> struct term */
	size_t nterms;
	struct literals *names, *texts, *watched; /* -> struct term */
	/* maps to struct refs */
	struct map ids;        /* ID, alias, qualified ID -> findings */
	struct map cases;      /* key_token -> case references */
	struct map classes;    /* key_token -> class references */
	struct map files;      /* file name -> file references */
	struct map folders;    /* last part of a folder -> folder references */
	struct map places;     /* file name or last part of a folder -> locations */
	struct map rules;      /* rule, lower case -> tool references with that rule */
	struct map tools;      /* tool, lower case -> tool references */
	struct map words;      /* word of a title -> findings */
	struct map entry_cases; /* key_token -> entries naming that test */
	struct map entry_rules; /* rule -> entries that select it */
	struct refs globs;     /* test references that are globs */
	struct refs loose;     /* entries that nothing can be looked up for */
	struct { struct entry_info **v; size_t n, cap; } entries;
	size_t nentry_tests;
	size_t ncases;         /* case references, numbered from 0 */
	struct map renamed;    /* comparable old name -> struct str, the new one as written */
	struct refs scopes;    /* entries that name no test, but whom a passing one may concern */
	bool watching;         /* false: no passing test matters */
};

/* The references under that key, first to last; NULL when there are none. */
const struct ref *refs_of(const struct map *m, struct str key);
/* Adds a reference with finding, reg, line and text filled in; returns it for the rest. */
struct ref *refs_add(struct index *ix, struct refs *list, struct finding *f, const struct reg *reg,
	long line, struct str text);
struct ref *map_add(struct index *ix, struct map *m, struct str key, struct finding *f,
	const struct reg *reg, long line, struct str text);
/* The finding that f's words count for, or NULL when they count for none. */
struct finding *speaks_for(const struct finding *f);
/* `f` is `other`, or tracks or duplicates it, or speaks of it, over any number of steps. */
bool follows(const struct finding *f, const struct finding *other);

struct term *term_add(struct index *ix, enum term_kind kind, struct str text);
/* terms.c: IDs, signatures, identifiers of one finding; then which signatures are one's own. */
void terms_add(struct index *ix, struct finding *f, struct finding *owner);
void terms_finish(struct index *ix);
/* entries.c: the tests, messages and rules of an entry. */
void entry_add(struct index *ix, struct finding *f);
/*
 * Do the selectors of the entry match the subject, messages and outcome left aside? Marks in
 * the scratch which of its test patterns did; *test is one of them (NULL: it has none).
 */
/* The result comes of the reports and legs that the entry is about, whatever else it matches. */
bool entry_in_scope(const struct entry *e, const struct subject *s);
bool entry_selects(const struct entry_info *info, const struct subject *s,
	const struct entry_test **test);
/* One of the entry's messages occurs. *which may be NULL. */
bool entry_message(const struct entry *e, const struct subject *s,
	const struct message_match **which);
bool entry_has_selectors(const struct entry *e);
/* It names no test, so that without its message it is about nothing. */
bool entry_needs_message(const struct entry_info *info);
/*
 * Letters, a separator and digits, or `#` and three digits or more: rare enough to stand for
 * the finding wherever it occurs.
 */
bool id_distinctive(struct str id);

/* The comparable spelling of a test's ID or of a reference to one, in the arena. */
struct str test_key(struct arena *mem, struct str spelling);
/* The same without the parameters at the end. */
struct str key_whole(struct str key);
/* `tail` is the key or stands at its end, behind a dot. */
bool key_ends(struct str key, struct str tail);
/*
 * The last word of a key or ID, parameters left out: it is the same in every spelling of one
 * name, so references are looked up by it without normalising every passing test.
 */
struct str key_token(struct str key);
struct str lower_copy(struct arena *mem, struct str s);
/*
 * Calls `put` for each word of four letters or more of a title, lower case, each once; the
 * word "test" and its plural say nothing in a test's name and are left out. Returns how many.
 */
size_t title_words(struct str title, void (*put)(void *ctx, struct str word), void *ctx);

#endif
