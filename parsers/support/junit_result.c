/*
 * junit_result.c -- <failure>, <error>, <skipped> and the retries' elements: in a case, or
 * directly under a suite. See junit_parts.h.
 */
#include "gate/base/num.h"
#include "parsers/support/junit_parts.h"

/* Whose message a case shows: an error's before a failure's before the others'. */
static int
rank_of(int name)
{
	return name == N_ERROR ? 4 : name == N_FAILURE ? 3 : name == N_SKIPPED ? 1 : 2;
}

bool
junit_is_result(int name)
{
	return name >= N_FAILURE && name <= N_FLAKY_ERROR;
}

void
junit_open_result(struct junit *j, const struct xml *x, int name, const struct xml_attr *a,
	size_t n)
{
	struct junit_case *c = j->open;
	long line;

	j->result = name;
	j->result_depth = xml_depth(x);
	j->muted_depth = 0;
	j->result_line = xml_line(x);
	j->has_message = false;
	buf_reset(&j->message);
	buf_reset(&j->type);
	kept_reset(&j->body);
	for (size_t i = 0; i < n; i++) {
		struct str v = a[i].value;

		if (a[i].name == N_MESSAGE) {
			struct kept k = { 0 };

			kept_add(&k, v);
			buf_add(&j->message, str_trim(kept_str(&k)));
			kept_release(&k);
			j->has_message = true;
		} else if (a[i].name == N_TYPE) {
			buf_add(&j->type, str_to(v, MAX_NAME_KEPT));
		} else if ((a[i].name == N_FILE || a[i].name == N_FILEPATH) && c &&
			   c->file.n == 0) {
			c->file = junit_put(&c->bytes, v);
		} else if ((a[i].name == N_LINE || a[i].name == N_LINENO) && c && c->line == 0 &&
			   num_long(str_trim(v), 1, 1000000000, &line)) {
			c->line = line;
		}
	}
	if (c == NULL)
		return;
	c->failures += name == N_FAILURE;
	c->errors += name == N_ERROR;
	c->retries += name == N_RERUN_FAILURE || name == N_RERUN_ERROR;
	c->flaky += name == N_FLAKY_FAILURE || name == N_FLAKY_ERROR;
	c->skipped = c->skipped || name == N_SKIPPED;
}

/* Message and body in one text, without saying the same thing twice. */
static void
add_text(struct kept *out, struct str message, struct str body)
{
	if (out->head.n)
		kept_add(out, STR("\n\n"));
	if (message.n && !(body.n >= message.n && memcmp(body.p, message.p, message.n) == 0)) {
		kept_add(out, message);
		if (body.n)
			kept_add(out, STR("\n"));
	}
	kept_add(out, body);
}

/* PHPUnit's text starts with the test's own name: what follows it says what is wrong. */
static struct str
without_name(struct str body, struct str name)
{
	struct str rest = str_trim(body), line;

	if (name.n && str_line(&rest, &line) && line.n > name.n &&
	    memcmp(line.p + line.n - name.n, name.p, name.n) == 0 &&
	    line.p[line.n - name.n - 1] == ':' && str_trim(rest).n)
		return rest;
	return body;
}

void
junit_close_result(struct junit *j)
{
	struct str message = buf_str(&j->message), body = kept_str(&j->body);
	struct junit_case *c = j->open;
	struct junit_suite *f = junit_top(j);
	int name = j->result, rank = rank_of(name);

	j->result = XML_UNKNOWN;
	if (c == NULL) {
		struct kept text = { 0 };

		if (f == NULL || (name != N_ERROR && name != N_FAILURE))
			return;
		f->elements++;
		j->failures += name == N_FAILURE;
		j->errors += name == N_ERROR;
		add_text(&text, message, str_trim(body));
		j->out->suite_error(j->out->ctx, junit_part(&j->names, f->name),
			str_trim(kept_str(&text)), j->result_line);
		kept_release(&text);
		return;
	}
	/* A repeated failure says what the first one says. */
	if (rank == 2 ? c->rank == 0 || name >= N_FLAKY_FAILURE : rank > 2 || c->rank < 2)
		add_text(&c->text, message, str_rtrim(body));
	if (rank <= c->rank)
		return;
	c->rank = rank;
	body = without_name(body, junit_part(&c->bytes, c->name));
	if (failure_says_nothing(message) && failure_line(body).n)
		message = failure_line(body);
	else if (str_has(message, "\nE  "))
		message = failure_line(message); /* pytest before 3.7 put the whole text there */
	c->message = junit_put(&c->bytes, message);
	c->type = junit_put(&c->bytes, buf_str(&j->type));
}
