/* own_format.c -- see own_format.h. */
#include "gate/model/own_format.h"

const struct own_format *
own_format_find(const struct own_formats *all, struct str name)
{
	for (size_t i = 0; all && i < all->n; i++)
		if (str_eq(all->v[i]->name, name))
			return all->v[i];
	return NULL;
}

const struct own_field *
own_field_find(const struct own_record *r, const char *name)
{
	for (size_t i = 0; i < r->fields.n; i++)
		if (strcmp(r->fields.v[i].name, name) == 0)
			return &r->fields.v[i];
	return NULL;
}

void
own_formats_release(struct own_formats *all)
{
	for (size_t i = 0; i < all->n; i++) {
		struct own_format *f = all->v[i];

		for (size_t k = 0; k < f->records.n; k++) {
			vec_release(&f->records.v[k].fields);
			vec_release(&f->records.v[k].levels);
			vec_release(&f->records.v[k].outcomes);
		}
		vec_release(&f->records);
		free(f);
	}
	vec_release(all);
}
