/*
 * view_rows.h -- between the files of the view: rows, which of them are one, their order.
 */
#ifndef GATE_REPORT_SUPPORT_VIEW_ROWS_H
#define GATE_REPORT_SUPPORT_VIEW_ROWS_H

#include "gate/base/map.h"
#include "gate/report/support/view.h"

/* What is shown already, and where: row_key to struct place. */
struct shown {
	struct map at;
};

struct place {
	const void *list; /* the rows it stands in */
	size_t i;
	bool blocks;
};

struct view_row row_of_test(const struct test *t);
struct view_row row_of_issue(const struct issue *i);
struct view_row row_of_absent(const struct absent *a);
struct view_row row_of_item(const struct item *it);
/* Equal for what is one row. Lives in `mem`. */
struct str row_key(struct arena *mem, const struct view_row *r);
unsigned class_rank(enum class c); /* 0: what a person cares for first */
unsigned row_class_rank(const struct judged *j); /* NULL: no class, last */
/* False: another list shows it already. `list` tells the lists apart. */
bool rows_add(struct view *v, struct shown *shown, struct view_rows *rows, const void *list,
	const struct view_row *r);
void rows_sort(struct view_rows *rows);

/* view_sections.c, view_inputs.c */
void view_select_sections(struct view *v, struct shown *shown);
void view_select_inputs(struct view *v);

#endif
