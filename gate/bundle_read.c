/* bundle_read.c -- a bundle, which a stranger may have made: checked, then played. See bundle.h. */
#include "gate/base/map.h"
#include "gate/base/tape.h"
#include "gate/bundle.h"
#include "gate/decision_digest.h"

#define HEX_DIGITS (SHA256_HEX - 1)

const struct option bundle_options[] = { PIPELINE_OPTIONS, { 0 } };

static int
bad(struct err *err, const struct bundle *b, const char *what)
{
	err_set(err, b->at, "%s", what);
	return err_hint(err, "it is not what `gate bundle` wrote: make it again");
}

static json_t *
load(const struct tarball_member *m)
{
	json_error_t why;

	return m && m->data.n <= MAX_BUNDLE_DOCUMENT ? json_loadb(m->data.p, m->data.n,
		JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &why) : NULL;
}

static bool
is_digest(const json_t *v)
{
	struct str s = str_of(json_string_value(v));

	for (size_t i = 0; i < s.n; i++)
		if (!is_digit(s.p[i]) && !(s.p[i] >= 'a' && s.p[i] <= 'f'))
			return false;
	return s.n == HEX_DIGITS;
}

static int
check_schema(const struct bundle *b, struct err *err)
{
	const char *schema = json_string_value(json_object_get(b->manifest, "schema"));
	struct str s = str_of(schema);

	if (!str_skip(&s, BUNDLE_SCHEMA) || s.n == 0 || !is_digit(s.p[0])) {
		err_set(err, b->at, "this is no bundle (" BUNDLE_SCHEMA "%d)", BUNDLE_VERSION);
		return err_hint(err, "`gate bundle -o FILE` writes one");
	}
	if (str_eqz(s, "1"))
		return 0;
	err_set(err, b->at, "a bundle of a newer version: %.60s, made by gate %.40s", schema,
		b->version);
	return err_hint(err, "replay it with that version; this one reads " BUNDLE_SCHEMA "%d",
		BUNDLE_VERSION);
}

static bool
is_argument(const json_t *v)
{
	size_t n = json_array_size(v);

	return json_is_string(json_array_get(v, 0)) && (n == 1 || (n == 2 &&
		(json_is_string(json_array_get(v, 1)) || json_is_null(json_array_get(v, 1)))));
}

static int
check_manifest(struct bundle *b, struct err *err)
{
	const json_t *decision = json_object_get(b->manifest, "decision"), *v;
	const json_t *args = json_object_get(b->manifest, "arguments");
	size_t i;

	if (!json_is_object(decision) || !is_digest(json_object_get(decision, "digest")) ||
	    !json_is_integer(json_object_get(decision, "exit")) ||
	    !json_is_string(json_object_get(decision, "verdict")) ||
	    !json_is_boolean(json_object_get(b->manifest, "equal")) || !json_is_array(args) ||
	    !json_is_array(json_object_get(b->manifest, "members")) ||
	    !json_is_array(json_object_get(b->manifest, "left_out")))
		return bad(err, b, "manifest.json lacks a member, or one is of another type");
	json_array_foreach(args, i, v)
		if (!is_argument(v))
			return bad(err, b, "manifest.json: an argument is no text");
	b->digest = json_string_value(json_object_get(decision, "digest"));
	b->equal = json_is_true(json_object_get(b->manifest, "equal")) &&
		json_array_size(json_object_get(b->manifest, "left_out")) == 0;
	return 0;
}

/* Every member is listed, as it is; everything that is listed is there. */
static int
check_members(const struct bundle *b, struct err *err)
{
	const json_t *list = json_object_get(b->manifest, "members"), *v;
	struct map listed = { 0 };
	char hex[SHA256_HEX];
	size_t i;
	int rc = 0;

	json_array_foreach(list, i, v) {
		const char *name = json_string_value(json_object_get(v, "path"));
		const struct tarball_member *m;
		void **at;

		if (name == NULL || !is_digest(json_object_get(v, "sha256")))
			rc = bad(err, b, "manifest.json: a member without path or digest");
		else if (*(at = map_at(&listed, str_of(name))) != NULL)
			rc = bad(err, b, "manifest.json lists a member twice");
		else if ((m = tarball_find(&b->tar, str_of(name))) == NULL)
			rc = err_set(err, b->at, "the archive lacks '%.200s', which manifest.json "
				"lists", name);
		else if (json_integer_value(json_object_get(v, "bytes")) != (json_int_t)m->data.n)
			rc = err_set(err, b->at, "'%.200s' is not as long as manifest.json says: "
				"it was changed", name);
		else
			*at = (char *)(uintptr_t)json_string_value(json_object_get(v, "sha256"));
		if (rc < 0)
			break;
	}
	for (i = 1; rc == 0 && i < b->tar.members.n; i++) {
		const struct tarball_member *m = &b->tar.members.v[i];
		const char *said = map_get(&listed, m->name);

		sha256_of(m->data, hex);
		if (said == NULL)
			rc = err_set(err, b->at, "the archive holds '%.*s', which manifest.json "
				"does not list", STR_FMT(m->name));
		else if (strcmp(said, hex) != 0)
			rc = err_set(err, b->at, "'%.*s' is not what manifest.json says: it was "
				"changed", STR_FMT(m->name));
	}
	map_release(&listed);
	return rc;
}

/* Members of the outermost object have lines of their own: no string holds a newline. */
static bool
decision_says(struct str document, const char *lead, struct str value)
{
	size_t at = str_find(document, str_of(lead));
	struct str line = str_from(document, at == STR_NPOS ? document.n : at + strlen(lead));

	line = str_to(line, str_chr(line, '\n'));
	if (str_ends(line, ","))
		line.n--;
	return str_eq(line, value);
}

/* By its text: whoever wants to know what is in it reads it then. */
static int
check_decision(struct bundle *b, struct err *err)
{
	const json_t *said = json_object_get(b->manifest, "decision");
	const struct tarball_member *m = tarball_find(&b->tar, STR("decision.json"));
	struct str status = arena_printf(&b->mem, "%lld",
		(long long)json_integer_value(json_object_get(said, "exit")));
	struct str verdict = arena_printf(&b->mem, "\"%s\"",
		json_string_value(json_object_get(said, "verdict")));

	if (m == NULL)
		return bad(err, b, "it holds no decision.json");
	b->decision = m->data;
	if (!decision_digest_holds(m->data) || !str_eqz(decision_digest(m->data), b->digest))
		return bad(err, b, "a forged digest: its decision is not what its digest says");
	if (!decision_says(m->data, "\n \"exit\": ", status) ||
	    !decision_says(m->data, "\n \"verdict\": ", verdict))
		return bad(err, b, "manifest.json says another verdict than its decision");
	return 0;
}

static int
check_answers(struct bundle *b, struct err *err)
{
	b->answers = load(tarball_find(&b->tar, STR("answers.json")));
	return json_is_array(json_object_get(b->answers, "answers")) ? 0
		: bad(err, b, "answers.json is missing, too large, or no list of answers");
}

int
bundle_open(struct bundle *b, const char *path, struct err *err)
{
	b->at.file = path;
	if (tarball_read(&b->tar, path, err) < 0)
		return -1;
	if (!str_eqz(b->tar.members.v[0].name, "manifest.json")) {
		err_set(err, b->at, "this is no bundle: its first member is not manifest.json");
		return err_hint(err, "`gate bundle -o FILE` writes one");
	}
	b->manifest = load(&b->tar.members.v[0]);
	if (!json_is_object(b->manifest))
		return bad(err, b, "manifest.json is too large, or no JSON object");
	b->version = json_string_value(json_object_get(b->manifest, "version"));
	b->version = b->version ? b->version : "of an unknown version";
	if (check_schema(b, err) < 0 || check_manifest(b, err) < 0 ||
	    check_members(b, err) < 0 || check_decision(b, err) < 0)
		return -1;
	return check_answers(b, err);
}

/* ---- playing ---- */

static bool
kind_of(const json_t *v, enum tape_kind *kind)
{
	const char *name = json_string_value(v);

	for (int k = 0; name && k < TAPE_KINDS; k++) {
		if (strcmp(name, tape_kind_name((enum tape_kind)k)) == 0) {
			*kind = (enum tape_kind)k;
			return true;
		}
	}
	return false;
}

static int
play_row(struct bundle *b, const struct map *members, const json_t *row, struct err *err)
{
	const json_t *text = json_object_get(row, "text"), *name = json_object_get(row, "member");
	const json_t *sha = json_object_get(row, "sha256"), *key = json_object_get(row, "key");
	const json_t *status = json_object_get(row, "status"), *note = json_object_get(row, "note");
	const struct tarball_member *m;
	struct tape_answer a = { 0 };
	enum tape_kind kind;

	if (!kind_of(json_object_get(row, "kind"), &kind) || !json_is_string(key) ||
	    (text && !json_is_string(text)) || (note && !json_is_string(note)) ||
	    (status && !json_is_integer(status)) || (sha && !is_digest(sha)) ||
	    (name && !json_is_string(name)))
		return err_set(err, b->at, "answers.json: an answer that this version can't read");
	a.status = (long)json_integer_value(status);
	a.text = bundle_bytes(&b->mem, text);
	a.note = bundle_bytes(&b->mem, note);
	if (sha)
		memcpy(a.sha256, json_string_value(sha), SHA256_HEX);
	if (name) {
		m = map_get(members, str_of(json_string_value(name)));
		if (m == NULL)
			return err_set(err, b->at, "answers.json names '%.200s', which the bundle "
				"lacks", json_string_value(name));
		a.text = m->data;
	}
	tape_lend(kind, bundle_bytes(&b->mem, key), &a);
	return 0;
}

int
bundle_play(struct bundle *b, struct err *err)
{
	const json_t *row;
	struct map members = { 0 };
	size_t i;
	int rc = 0;

	for (i = 0; i < b->tar.members.n; i++)
		*map_at(&members, b->tar.members.v[i].name) = &b->tar.members.v[i];
	json_array_foreach(json_object_get(b->answers, "answers"), i, row) {
		rc = play_row(b, &members, row, err);
		if (rc < 0)
			break;
	}
	map_release(&members);
	return rc;
}

static const struct option *
find_option(const char *name)
{
	for (const struct option *o = bundle_options; o->name; o++)
		if (strcmp(o->name, name) == 0)
			return o;
	return NULL;
}

int
bundle_args(struct bundle *b, struct args *args, struct err *err)
{
	const json_t *v;
	size_t i;

	json_array_foreach(json_object_get(b->manifest, "arguments"), i, v) {
		const json_t *name = json_array_get(v, 0), *value = json_array_get(v, 1);
		struct arg *a = vec_push(args);

		if (json_array_size(v) == 1) {
			a->value = bundle_bytes(&b->mem, name).p;
			continue;
		}
		a->option = find_option(json_string_value(name));
		if (a->option == NULL)
			return err_set(err, b->at, "it was made with --%.60s, which this version "
				"does not know", json_string_value(name));
		if (a->option->arg)
			a->value = json_is_string(value) ? bundle_bytes(&b->mem, value).p : "";
	}
	return 0;
}

void
bundle_release(struct bundle *b)
{
	json_decref(b->manifest);
	json_decref(b->answers);
	tarball_release(&b->tar);
	arena_release(&b->mem);
}
