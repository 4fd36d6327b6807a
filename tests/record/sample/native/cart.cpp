#include <vector>

struct Cart {
	Cart(int n) { items.resize(n); }
	virtual int total() { return 0; }
	std::vector<int> items;
};

template <class T> T twice(T value)
{
	int *p = 0;
	return value * 2 + (p != 0);
}

int sum(Cart &cart)
{
	int s = 0;
	for (int i = 0; i < cart.items.size(); i++)
		s += cart.items[i];
	return twice(s) + twice("x");
}
