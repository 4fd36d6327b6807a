class Good {
	int answer() {
		return 42;
	}
}
