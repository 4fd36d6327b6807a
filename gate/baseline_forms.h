/*
 * baseline_forms.h -- the other forms of a baseline: reports, a decision made earlier, a plain
 * list of tests that failed. All become the text of a snapshot, so that one thing is compared with.
 */
#ifndef GATE_BASELINE_FORMS_H
#define GATE_BASELINE_FORMS_H

#include "gate/base/redact.h"
#include "gate/input/files.h"
#include "gate/model/baseline.h"
#include "policies/engine/policy.h"

/* Each appends a snapshot to out, or returns -1 with *err set. */
int baseline_of_decision(struct baseline *b, const char *path, struct buf *out, struct err *err);
/* 1: the file is no such list. */
int baseline_of_list(const char *path, const struct redactor *redactor, struct buf *out,
	struct err *err);
/* -1: one of them is incomplete, and b->why says so. */
int baseline_of_reports(struct baseline *b, const struct found *files, const struct policy *policy,
	struct buf *out);

#endif
