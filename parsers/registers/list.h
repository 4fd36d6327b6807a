/* list.h -- every register format, alphabetical. Included twice: to declare and to list. */
REGISTER_PARSER(idlist)
REGISTER_PARSER(markdown)
REGISTER_PARSER(structured)
REGISTER_PARSER(tracker)
