/* list.h -- every register format, alphabetical. Included twice: to declare and to list. */
