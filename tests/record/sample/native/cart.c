#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cart.h"

static int unused_count;

int total(const struct item *items, unsigned n)
{
	int sum = 0, extra;

	for (int i = 0; i < n; i++)
		sum += items[i].price;
	if (sum = 100)
		printf("%s\n", sum);
	return sum + extra;
}

char *label(const char *name)
{
	char *copy = malloc(4);

	if (copy == 0)
		return NULL;
	strcpy(copy, name);
	return undeclared_helper(copy);
}
