/*
 * limits.h -- every ceiling of the program in one place.
 *
 * Inputs are hostile and may be huge. What passes a ceiling is counted and reported,
 * never dropped silently. Sizes are in bytes unless the name says otherwise.
 */
#ifndef GATE_BASE_LIMITS_H
#define GATE_BASE_LIMITS_H

#define SNIFF_BYTES (64u << 10)           /* a sniffer sees at most this much of a report */
#define READ_CHUNK (64u << 10)            /* unit of read(2) and of inflation */
#define MAX_REPORT_BYTES (32ull << 30)    /* one report, inflated */
#define MAX_INFLATE_RATIO 1100u           /* deflate itself can't exceed 1032:1 */
#define MAX_CONFIG_BYTES (16u << 20)      /* a policy, preset, event payload */
#define MAX_REGISTER_BYTES (64u << 20)    /* one register */
#define MAX_SNAPSHOT_BYTES (2ull << 30)   /* one baseline, inflated; it is held in memory */
#define MAX_DECISION_BYTES (512u << 20) /* a decision that serves as a baseline */
#define MAX_DEPTH 200                     /* nesting of elements, maps, lists, suites */
#define MAX_TAG_BYTES (1u << 20)          /* one XML tag with its attributes */
#define MAX_LINE_BYTES (1u << 20)         /* one line of a text report */
#define MAX_NAME_KEPT 4096u               /* a name, a path, a class */
#define MAX_TEXT_KEPT (16u << 10)         /* a failure's text; the rest is elided with a note */
#define MAX_PROPS_KEPT 64                 /* properties kept of one case */
#define MAX_CASES 500000000L              /* test cases of one producer */
#define MAX_KEPT 2000000L                 /* failures and results kept of one report */
#define MAX_FRESH_KEPT 1000              /* new passing tests kept of one report: likely renames */
#define MAX_PROBLEMS 100                  /* problems listed for one report; the rest is counted */
#define MAX_FILES 200000                  /* files one pattern may match */
#define MAX_FINDINGS 200000               /* findings of one register */
#define MAX_LOOK_ENTRIES 50000            /* files and folders that `gate init` looks at */
#define MAX_LOOK_DEPTH 8                  /* folders below the working folder, there */
#define MAX_LOOK_BYTES (4u << 20)         /* of a file it reads as a register */
#define MAX_TAPE_BYTES (1u << 30)          /* all that a bundle keeps of what was read */
#define MAX_FETCH_PACKED (512u << 20)     /* an artifact's archive; it is held in memory */
#define MAX_FETCH_BYTES (2ull << 30)      /* all that one `gate fetch` unpacks */
#define MAX_FETCH_FILES 50000             /* and how many files */
#define MAX_DIAGS 200                     /* messages about one configuration */
#define MAX_REGEX_STEPS 100000u           /* PCRE2 match limit: past it the pattern "gave up" */

#endif
