/* list.h -- every kind of evidence. Included twice: to declare and to list. */
