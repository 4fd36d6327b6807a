/* pytest_texts.c -- the texts of failures under their headings; see pytest_session.h. */
#include "gate/base/limits.h"
#include "parsers/support/pytest_session.h"

#define TEXTS_BYTES (64u << 20) /* texts of failures held at once; past it messages alone */

/* "TestY.test_z [what] (i=1)" of subtests: the case's own name. */
static struct str
without_subtest(struct str title)
{
	size_t blank = str_chr(title, ' ');

	if (blank != STR_NPOS && blank + 1 < title.n && blank < str_chr(title, '[') &&
	    (title.p[blank + 1] == '[' || title.p[blank + 1] == '('))
		return str_to(title, blank);
	return title;
}

void
pytest_open_section(struct pytest_session *s, struct str title, bool error)
{
	static const struct {
		const char *words;
		enum pytest_phase phase;
	} starts[] = {
		{ "ERROR at setup of ", PYTEST_SETUP },
		{ "ERROR at teardown of ", PYTEST_TEARDOWN },
		{ "ERROR collecting ", PYTEST_COLLECT },
	};
	struct pytest_section *sec = arena_new(&s->mem, struct pytest_section);

	pytest_close_section(s);
	for (size_t i = 0; i < 3; i++) {
		if (str_skip(&title, starts[i].words)) {
			sec->phase = starts[i].phase;
			error = true;
			break;
		}
	}
	str_skip(&title, "[doctest] ");
	title = without_subtest(title);
	sec->heading = arena_dup(&s->mem, str_to(title, MAX_NAME_KEPT));
	sec->error = error;
	sec->at = s->l->number;
	s->open = sec;
}

static void
add_loc(struct pytest_session *s, struct str path, long line)
{
	struct pytest_section *sec = s->open;

	if (sec->nlocs == PYTEST_LOCS) /* the last place is worth more than one in the middle */
		sec->nlocs--;
	sec->loc[sec->nlocs++] = (struct pytest_loc){ arena_dup(&s->mem, path), line };
}

/* An exception's name: dotted words and nothing else. */
static bool
is_type(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_alnum(s.p[i]) && s.p[i] != '_' && s.p[i] != '.')
			return false;
	return s.n != 0 && s.n < 200 && (is_alpha(s.p[0]) || s.p[0] == '_');
}

/* "path:12: ValueError", "path:12: in test_x", `File "path", line 12, in test_x` */
static void
look_for_place(struct pytest_session *s, struct str line)
{
	struct str rest = line, path;
	struct place p;

	if (place_take(&rest, &p)) {
		if (!str_has(p.path, ".") || str_has(p.path, " = "))
			return;
		add_loc(s, p.path, p.line);
		if (is_type(rest))
			s->open->type = arena_dup(&s->mem, rest);
		return;
	}
	rest = str_trim(line);
	if (!str_skip(&rest, "File \""))
		return;
	path = rest;
	if (!str_cut(&path, "\", line ", &rest))
		return;
	p.line = 0;
	for (size_t i = 0; i < rest.n && i < 9 && is_digit(rest.p[i]); i++)
		p.line = p.line * 10 + (rest.p[i] - '0');
	add_loc(s, path, p.line);
}

static void
add_message(struct pytest_session *s, struct str line)
{
	size_t blanks = 1;

	while (blanks < line.n && line.p[blanks] == ' ')
		blanks++;
	if (!s->in_message) { /* of a chain of exceptions the last one counts */
		buf_reset(&s->message);
		s->indent = blanks;
	}
	if (s->message.n)
		buf_addc(&s->message, '\n');
	if (s->message.n < MAX_TEXT_KEPT)
		buf_add(&s->message, str_from(line, blanks < s->indent ? blanks : s->indent));
	s->in_message = true;
}

void
pytest_add_line(struct pytest_session *s, struct str line)
{
	if (s->open == NULL)
		return;
	if (line.n && line.p[0] == 'E' && (line.n == 1 || line.p[1] == ' ')) {
		add_message(s, line);
	} else {
		s->in_message = false;
		look_for_place(s, line);
	}
	if (s->body.n + line.n < MAX_TEXT_KEPT && s->mem.total < TEXTS_BYTES) {
		buf_add(&s->body, line);
		buf_addc(&s->body, '\n');
	}
}

/* What stands behind the last indented line: the exception, in styles without marks. */
static struct str
last_words(struct str body)
{
	size_t at = str_rfind(body, STR("\n "));
	struct str rest;

	if (at == STR_NPOS)
		return str_from(body, str_rchr(body, '\n') + 1);
	rest = str_from(body, at + 1);
	at = str_chr(rest, '\n');
	return at == STR_NPOS ? str_trim(rest) : str_trim(str_from(rest, at + 1));
}

/* "ValueError: words" names its type where no place did. */
struct str
pytest_type(struct str message)
{
	struct str rest, name = str_to(message, str_chr(message, '\n'));

	str_cut(&name, ":", &rest);
	if (!is_type(name) || str_eqz(name, "assert"))
		return STR_NONE;
	rest = str_from(name, str_rchr(name, '.') + 1);
	return rest.n && is_upper(rest.p[0]) ? name : STR_NONE;
}

/* Parametrised and inherited cases share headings; their order is that of the IDs. */
static void
queue_section(struct map *m, struct pytest_section *sec)
{
	void **place = map_at(m, sec->heading);
	struct pytest_section *first = *place;

	if (first == NULL) {
		*place = first = sec;
		first->last = sec;
		return;
	}
	first->last->next = sec;
	first->last = sec;
}

void
pytest_close_section(struct pytest_session *s)
{
	struct pytest_section *sec = s->open;
	struct str body;

	if (sec == NULL)
		return;
	s->open = NULL;
	body = str_trim(buf_str(&s->body));
	if (s->message.n == 0)
		buf_add(&s->message, str_to(last_words(body), MAX_TEXT_KEPT));
	sec->message = arena_dup(&s->mem, buf_str(&s->message));
	if (sec->type.n == 0)
		sec->type = pytest_type(sec->message);
	if (str_eq(body, sec->message))
		sec->text = sec->message;
	else
		sec->text =
			arena_printf(&s->mem, "%.*s\n\n%.*s", STR_FMT(sec->message), STR_FMT(body));
	buf_reset(&s->body);
	buf_reset(&s->message);
	s->in_message = false;
	*vec_push(&s->sections) = sec;
	queue_section(sec->error ? &s->errors : &s->failures, sec);
}

struct pytest_section *
pytest_find_section(struct pytest_session *s, struct str id, bool error, bool take)
{
	struct map *m = error ? &s->errors : &s->failures;
	struct buf heading = BUF_INIT;
	struct pytest_section *found;

	pytest_heading(&heading, id);
	found = map_get(m, buf_str(&heading));
	if (found && take) {
		found->used = true;
		if (found->next)
			found->next->last = found->last;
		*map_at(m, found->heading) = found->next;
	}
	buf_release(&heading);
	return found;
}

void
pytest_set_place(const struct pytest_section *sec, struct test_event *ev)
{
	for (size_t i = 0; i < sec->nlocs; i++) {
		struct str path = sec->loc[i].path;

		if (str_eq(path, ev->file) || (ev->file.n && path.n > ev->file.n &&
		    str_eq(str_from(path, path.n - ev->file.n), ev->file) &&
		    path.p[path.n - ev->file.n - 1] == '/')) {
			ev->line = sec->loc[i].line;
			return;
		}
	}
}
