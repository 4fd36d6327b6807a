/* discussions.c -- placeholder */
#include "gate/forge/deliver.h"
enum delivered
deliver_discussions(struct delivery_job *job)
{
	return delivery_say(job, NOTHING_DUE, "none");
}
