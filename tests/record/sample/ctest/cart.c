#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (strcmp(what, "fail") == 0) {
		for (int i = 0; i < 40; i++)
			puts("item by item");
		puts("cart.c:12: expected 3 <items>, got 2");
		return 1;
	}
	if (strcmp(what, "abort") == 0)
		abort();
	if (strcmp(what, "crash") == 0)
		*(volatile int *)0 = 1;
	while (strcmp(what, "hang") == 0)
		;
	return strcmp(what, "skip") == 0 ? 77 : 0;
}
