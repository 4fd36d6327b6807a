/* preview_out.h -- what each finding would take if it failed, for people and as JSON. */
#ifndef GATE_REPORT_SUPPORT_PREVIEW_OUT_H
#define GATE_REPORT_SUPPORT_PREVIEW_OUT_H

#include <jansson.h>

#include "gate/base/buf.h"
#include "gate/model/preview.h"

/* The member `against` of findings@1; the caller's: json_decref. */
json_t *preview_json(const struct preview *p, const struct run *run);
void preview_text(const struct preview *p, const struct run *run, int width, bool color,
	struct buf *out);
/* "demo/KF-1 would take 73 tests (...)" */
void preview_warning(const struct preview_finding *f, struct buf *out);

#endif
