/* document.c -- see document.h. */
#include "gate/report/support/document.h"

#include "gate/base/mem.h"
#include "gate/report/reporter.h"

static void
render(const struct decision *d, struct buf *out)
{
	reporter_find(STR("json"))->render(d, &(struct render_options){ 0 }, out);
}

json_t *
document_of(const struct decision *d)
{
	struct buf text = BUF_INIT;
	json_error_t why;
	json_t *doc;

	render(d, &text);
	doc = json_loadb(buf_z(&text), text.n, JSON_ALLOW_NUL, &why);
	if (doc == NULL)
		mem_die("JSON document");
	buf_release(&text);
	return doc;
}

/* A member of the outermost object: texts hold no raw line feed, so nothing else looks so. */
void
document_digest(const struct decision *d, char hex[SHA256_HEX])
{
	const struct str name = STR("\n \"digest\": \"");
	struct buf text = BUF_INIT;
	size_t at;

	render(d, &text);
	at = str_find(buf_str(&text), name);
	memcpy(hex, text.p + at + name.n, SHA256_HEX - 1);
	hex[SHA256_HEX - 1] = '\0';
	buf_release(&text);
}
