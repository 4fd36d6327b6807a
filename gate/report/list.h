/* list.h -- every reporter, alphabetical. Included twice: to declare and to list. */
REPORTER(codequality)
REPORTER(console)
REPORTER(dotenv)
REPORTER(json)
REPORTER(markdown)
REPORTER(metrics)
REPORTER(sarif)
