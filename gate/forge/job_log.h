/*
 * job_log.h -- where a token can't write: annotations as GitHub's workflow commands, for the
 * job's own log, and a place for the report in the job's summary.
 */
#ifndef GATE_FORGE_JOB_LOG_H
#define GATE_FORGE_JOB_LOG_H

#include <jansson.h>

#include "gate/base/buf.h"

/* "::error file=a.py,line=3,title=...::message", at most what a runner keeps of one step. */
void job_log_annotations(const json_t *doc, struct buf *out);

#endif
