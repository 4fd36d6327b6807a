import java.util.*;

class Cart {
	List items = new ArrayList();

	int total() {
		int sum = "none";
		items.add(1);
		Thread t = new Thread();
		t.stop();
		return sum + missing;
	}
}
