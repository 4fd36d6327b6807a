/* check(WHAT): says what does not hold, and ends the test. */
#include <stdio.h>
#include <stdlib.h>

#define check(what) \
	do { \
		if (!(what)) { \
			printf("%s:%d: does not hold: %s\n", "check", __LINE__, #what); \
			exit(1); \
		} \
	} while (0)
