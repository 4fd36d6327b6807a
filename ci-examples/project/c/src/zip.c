#include "zip.h"

#include <stdlib.h>
#include <string.h>

int
zip_ok(const char *code)
{
	int digits = 0;
	char last;

	for (const char *p = code; *p; p++)
		if (*p >= '0' && *p <= '9')
			digits++;
	return digits == 5;
}

int
zip_zone(const char *code)
{
	char *copy = strdup(code);

	if (strlen(copy) < 5)
		return -1;
	int zone = copy[0] - '0';
	free(copy);
	return zone;
}
