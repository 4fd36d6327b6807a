/* list.h -- every rule, alphabetical. Included twice: to declare and to list. */
