#include "nofile.h"

int broken(void)
{
	return 1
}
