/*
 * regex.c -- see regex.h. PCRE2, https://www.pcre.org/current/doc/html/, compiled to machine
 * code where the library can; text need not be valid UTF-8.
 */
#include "gate/base/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "gate/base/glob.h"
#include "gate/base/limits.h"
#include "gate/base/mem.h"
#include "gate/base/regex_literal.h"

#define MAX_PATTERN 10000u

struct regex {
	pcre2_code *code;
	pcre2_match_context *limits; /* read only once made, so threads share it */
	uint32_t groups;
	struct buf needs;            /* see regex_needs */
};

static void *
allocate(size_t n, void *ctx)
{
	(void)ctx;
	return xmalloc(n);
}

static void
give_back(void *p, void *ctx)
{
	(void)ctx;
	free(p);
}

/* Out of memory is neither a bad pattern nor one that gave up. */
static pcre2_code *
compile_in_memory(struct str pattern, uint32_t options, int *number, size_t *offset)
{
	pcre2_general_context *memory = pcre2_general_context_create(allocate, give_back, NULL);
	pcre2_compile_context *context = pcre2_compile_context_create(memory);
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)(pattern.p ? pattern.p : ""), pattern.n,
		options, number, offset, context);

	pcre2_compile_context_free(context);
	pcre2_general_context_free(memory);
	return code;
}

static pcre2_code *
compile(struct str pattern, unsigned flags, struct pos at, struct err *err)
{
	uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
	PCRE2_UCHAR why[160] = { 0 };
	pcre2_code *code;
	size_t offset = 0;
	int number = 0;

	if (pattern.n > MAX_PATTERN) {
		err_set(err, at, "regular expression of %zu bytes; at most %u", pattern.n,
			MAX_PATTERN);
		return NULL;
	}
	if (flags & REGEX_ICASE)
		options |= PCRE2_CASELESS;
	code = compile_in_memory(pattern, options, &number, &offset);
	if (code == NULL) {
		pcre2_get_error_message(number, why, sizeof(why));
		err_set(err, at, "bad regular expression '%.*s': %s at character %zu",
			STR_FMT(pattern),
			(const char *)why, offset + 1);
	}
	return code;
}

struct regex *
regex_new(struct str pattern, unsigned flags, struct pos at, struct err *err)
{
	pcre2_code *code = compile(pattern, flags, at, err);
	struct regex *re;

	if (code == NULL)
		return NULL;
	re = xcalloc(1, sizeof(*re));
	re->code = code;
	re->limits = pcre2_match_context_create(NULL);
	if (re->limits == NULL)
		mem_die("regular expression");
	pcre2_set_match_limit(re->limits, MAX_REGEX_STEPS);
	pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &re->groups);
	regex_literal(&re->needs, pattern, flags & REGEX_ICASE);
	/* Where there is no JIT the interpreter does the same, under the same limit. */
	pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	return re;
}

static void
copy_groups(pcre2_match_data *md, struct str text, struct str groups[], size_t ngroups)
{
	const PCRE2_SIZE *at = pcre2_get_ovector_pointer(md);
	uint32_t have = pcre2_get_ovector_count(md);

	for (size_t i = 0; i < ngroups; i++) {
		groups[i] = STR_NONE;
		if (i >= have || at[2 * i] == PCRE2_UNSET || at[2 * i + 1] < at[2 * i])
			continue;
		groups[i] = str_n(text.p ? text.p + at[2 * i] : NULL, at[2 * i + 1] - at[2 * i]);
	}
}

enum regex_result
regex_find(const struct regex *re, struct str text, struct str groups[], size_t ngroups)
{
	pcre2_match_data *md = pcre2_match_data_create_from_pattern(re->code, NULL);
	int rc;

	if (md == NULL)
		mem_die("regular expression");
	rc = pcre2_match(re->code, (PCRE2_SPTR)(text.p ? text.p : ""), text.n, 0, 0, md,
		re->limits);
	if (rc >= 0)
		copy_groups(md, text, groups, ngroups);
	pcre2_match_data_free(md);
	/* Every other negative value (limits, JIT stack) says that nobody knows. */
	return rc >= 0 ? REGEX_YES : rc == PCRE2_ERROR_NOMATCH ? REGEX_NO : REGEX_GAVE_UP;
}

enum regex_result
regex_find_line(const struct regex *re, struct str text, struct str groups[], size_t ngroups)
{
	enum regex_result worst = REGEX_NO;
	struct str line;

	if (text.n == 0)
		return regex_find(re, text, groups, ngroups);
	while (str_line(&text, &line)) {
		enum regex_result r = regex_find(re, line, groups, ngroups);

		if (r == REGEX_YES)
			return r;
		if (r == REGEX_GAVE_UP)
			worst = r;
	}
	return worst;
}

int
regex_group(const struct regex *re, const char *name)
{
	int n = pcre2_substring_number_from_name(re->code, (PCRE2_SPTR)name);

	return n < 0 ? -1 : n;
}

struct str
regex_group_name(const struct regex *re, size_t nth)
{
	uint32_t count = 0, size = 0;
	PCRE2_SPTR table = NULL;

	pcre2_pattern_info(re->code, PCRE2_INFO_NAMECOUNT, &count);
	if (nth >= count)
		return STR_NONE;
	pcre2_pattern_info(re->code, PCRE2_INFO_NAMETABLE, &table);
	pcre2_pattern_info(re->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
	/* Each entry: two bytes of its number, then the name. */
	return str_of((const char *)table + nth * size + 2);
}

struct str
regex_needs(const struct regex *re)
{
	return buf_str(&re->needs);
}

bool
regex_universal(const struct regex *re)
{
	const char *const *words = everyday_words();

	if (regex_find(re, STR_NONE, NULL, 0) == REGEX_YES)
		return true;
	for (size_t i = 0; words[i]; i++)
		if (regex_find(re, str_of(words[i]), NULL, 0) == REGEX_YES)
			return true;
	return false;
}

void
regex_free(struct regex *re)
{
	if (re == NULL)
		return;
	pcre2_match_context_free(re->limits);
	pcre2_code_free(re->code);
	buf_release(&re->needs);
	free(re);
}
