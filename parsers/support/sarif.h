/*
 * sarif.h -- what the parts of the SARIF parser share.
 *
 * A run is read in the order of the file, which is free: results may stand before the tool
 * whose rules say how grave they are. A result without a level of its own is sent with what is
 * known, and set right at the end of its run; one that can't be told at all before (its rule or
 * file is only a number) waits as text.
 */
#ifndef PARSERS_SUPPORT_SARIF_H
#define PARSERS_SUPPORT_SARIF_H

#include "gate/base/arena.h"
#include "gate/base/map.h"
#include "gate/base/mem.h"
#include "parsers/support/json.h"

struct sarif_text {
	struct str id, text;
};

struct sarif_texts {
	struct sarif_text *v;
	size_t n, cap;
};

/* One of originalUriBaseIds: where it is, and which one it stands on itself. */
struct sarif_base {
	struct str id, uri, next;
};

struct sarif_rule {
	struct str id;
	struct str level;    /* of its default configuration */
	struct str override; /* by an invocation's configuration */
	double cvss;         /* security-severity; negative: none */
	struct str taxa;     /* "CWE-89 CWE-564" */
	struct sarif_texts messages;
};

/* One of `taxonomies`, to which references may point by numbers alone. */
struct sarif_taxonomy {
	struct str name;
	struct { struct str *v; size_t n, cap; } ids;
};

/* The driver or an extension of the tool. */
struct sarif_component {
	struct str name, version;
	struct { struct sarif_rule **v; size_t n, cap; } rules;
	struct sarif_texts messages;
};

/* A result that was sent, and may have to be set right. */
struct sarif_sent {
	uint32_t nth;        /* of the issues sent that are findings */
	bool levelled;       /* has a level of its own */
	bool suppressed;
	unsigned char level; /* as it was sent */
	double cvss;         /* of its own; negative: none */
	struct sarif_rule *rule; /* may be NULL */
};

struct sarif {
	const struct sink *out;
	/* Compiled once for all runs. */
	struct json_paths *result, *rule, *component, *invocation, *notice, *location;
	struct json_paths *taxon, *relation; /* made when the first one comes */
	/* One run's. */
	struct arena mem;
	struct map by_id;    /* rules, also those that only results name so far */
	struct { struct sarif_component *v; size_t n, cap; } components; /* [0]: the driver */
	struct str tool;
	bool tool_seen, results_seen, artifacts_seen, failed;
	struct { struct str *v; size_t n, cap; } files; /* of artifacts, by index */
	struct { struct sarif_base *v; size_t n, cap; } bases;
	struct { struct sarif_taxonomy *v; size_t n, cap; } taxonomies;
	struct { struct sarif_rule **v; size_t n, cap; } own_rules; /* that hold vectors */
	struct { struct sarif_sent *v; size_t n, cap; } sent;
	struct buf waiting;  /* results, one a line */
	struct { long *v; size_t n, cap; } waiting_at;
	bool replaying;
	size_t replayed;
	/* All runs'. */
	long runs, runs_without_results;
	long results;
	long nth;
	bool runs_seen, bad_version, any_failed;
	bool several_tools;
	struct str first_tool;
	struct arena names;
	struct buf text[9];  /* scratch, by field */
};

enum { SARIF_RULE, SARIF_MESSAGE, SARIF_FILE, SARIF_PRINT, SARIF_BASE, SARIF_WORK, SARIF_ARG,
	SARIF_LEVEL, SARIF_TAXA };

extern const char *const sarif_result_paths[];
int sarif_on_result(void *ctx, struct json *j, const struct json_value *v);
int sarif_replay(struct sarif *s);

extern const char *const sarif_rule_paths[];
extern const char *const sarif_component_paths[];
extern const char *const sarif_invocation_paths[];
int sarif_on_tool(void *ctx, struct json *j, const struct json_value *v);
int sarif_on_invocation(void *ctx, struct json *j, const struct json_value *v);
int sarif_on_bases(void *ctx, struct json *j, const struct json_value *v);
/* The text of message `id` of a rule or of the whole tool; p is NULL: none. */
struct str sarif_text_of(const struct sarif *s, const struct sarif_rule *rule, struct str id);
struct sarif_rule *sarif_rule_of_id(struct sarif *s, struct str id);
struct sarif_rule *sarif_rule_at(const struct sarif *s, size_t component, long index);
/* The level of a result by its rule alone: override, default, "warning". */
struct str sarif_rule_level(const struct sarif_rule *rule);
enum level sarif_level(struct str word, double own, const struct sarif_rule *rule);

/* sarif_taxa.c: names of a rule or result elsewhere, parted by blanks. */
void sarif_taxa_of_rule(struct sarif *s, struct json *j, struct str relations, struct str tags,
	struct sarif_rule *rule);
struct str sarif_taxa_of_result(struct sarif *s, struct json *j, struct str taxa,
	const struct sarif_rule *rule, struct buf *out);
int sarif_on_taxonomy(void *ctx, struct json *j);
int sarif_on_taxonomy_name(void *ctx, struct json *j, const struct json_value *v);
int sarif_on_taxon(void *ctx, struct json *j, const struct json_value *v);

/* The path of a location: %-escapes taken out, its base put before it where that helps. */
struct str sarif_path(struct sarif *s, struct str uri, struct str base);
/* Arguments (a JSON array) filled in, links by their text. */
struct str sarif_message(struct sarif *s, struct json *j, struct str text, struct str args);

#endif
