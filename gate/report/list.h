/* list.h -- every reporter, alphabetical. Included twice: to declare and to list. */
REPORTER(console)
REPORTER(json)
REPORTER(markdown)
