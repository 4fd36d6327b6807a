#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int shared;

static void *count(void *arg)
{
	for (int i = 0; i < 1000; i++)
		shared++;
	return arg;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	char *p = malloc(8);
	pthread_t a, b;
	volatile int big = 2147483647;

	if (strcmp(what, "use-after-free") == 0) {
		free(p);
		return p[0];
	}
	if (strcmp(what, "overflow") == 0)
		p[8] = 'x';
	if (strcmp(what, "leak") == 0)
		p = NULL;
	if (strcmp(what, "undefined") == 0) {
		big += argc;
		printf("%d\n", 1 << (big & 31 | 32));
	}
	if (strcmp(what, "race") == 0) {
		pthread_create(&a, NULL, count, NULL);
		pthread_create(&b, NULL, count, NULL);
		pthread_join(a, NULL);
		pthread_join(b, NULL);
	}
	free(p);
	puts("done");
	return 0;
}
